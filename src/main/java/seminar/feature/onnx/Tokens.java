package seminar.feature.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import seminar.file.Json;
import seminar.file.Sha256;

/**
 * Texts to token ids, by a {@code tokenizer.json} of Hugging Face's format.
 *
 * <p>A text of too many tokens is cut before its end token, which stays: CLIP reads a text's vector
 * where the end token stands.
 */
final class Tokens implements AutoCloseable {
  /** Without these the library reports its use over the network, and may fetch native code. */
  private static final Map<String, String> OFFLINE =
      Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true");

  private final HuggingFaceTokenizer tokenizer;
  private final String fingerprint;
  private final long padding;

  private Tokens(Path file, HuggingFaceTokenizer tokenizer, JsonNode json) throws IOException {
    this.tokenizer = tokenizer;
    this.fingerprint = Sha256.of(file);
    JsonNode given = json.path("padding").path("pad_id");
    long[] empty = tokenizer.encode("").getIds();
    padding = given.isInt() ? given.asLong() : empty.length > 0 ? empty[empty.length - 1] : 0;
  }

  static Tokens open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing: give the tokenizer.json of the model");
    }
    try {
      return new Tokens(file, offline(file), Json.tree(file, "it is no JSON"));
    } catch (RuntimeException | LinkageError | IOException e) {
      throw new IOException(
          "%s is no tokenizer: give the tokenizer.json of the model (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static synchronized HuggingFaceTokenizer offline(Path file) throws IOException {
    Map<String, Optional<String>> before =
        Map.of(
            "ai.djl.offline", property("ai.djl.offline"),
            "OPT_OUT_TRACKING", property("OPT_OUT_TRACKING"));
    OFFLINE.forEach(System::setProperty);
    try (InputStream in = Files.newInputStream(file)) {
      return HuggingFaceTokenizer.newInstance(
          in, Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true"));
    } finally {
      before.forEach(
          (name, value) ->
              value.ifPresentOrElse(
                  old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    }
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name));
  }

  /** The ids of a text, and how many of them are no padding. */
  record Ids(long[] ids, int used) {}

  /** Exactly {@code length} ids. */
  Ids encode(String text, int length) {
    long[] cut = cut(text, length);
    long[] ids = Arrays.copyOf(cut, length);
    Arrays.fill(ids, cut.length, length, padding);
    return new Ids(ids, cut.length);
  }

  /** As many ids as a text has, at most {@code most}. */
  long[] cut(String text, int most) {
    Encoding encoding = tokenizer.encode(text);
    long[] all = encoding.getIds();
    if (all.length <= most) {
      return all;
    }
    long[] ids = Arrays.copyOf(all, most);
    if (encoding.getSpecialTokenMask()[all.length - 1] == 1) {
      ids[most - 1] = all[all.length - 1];
    }
    return ids;
  }

  /** Whether a text has a token besides those that every text gets. */
  boolean saysSomething(String text) {
    return Arrays.stream(tokenizer.encode(text).getSpecialTokenMask()).anyMatch(each -> each == 0);
  }

  String fingerprint() {
    return fingerprint;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
