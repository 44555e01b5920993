package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;
import seminar.data.Catalog;
import seminar.feature.Encoder;
import seminar.feature.HashedText;
import seminar.feature.LatentSemantics;
import seminar.feature.onnx.OnnxText;

/** How texts become vectors. */
final class TextOptions {
  @Option(
      names = "--text",
      paramLabel = "HOW",
      description = "Features of texts: hashed, lsa (latent semantics) or onnx.")
  private Kind kind;

  @Option(
      names = "--dims",
      paramLabel = "N",
      description = "How many numbers hashed and lsa give; default: 64.")
  private Integer dims;

  @Option(
      names = "--text-model",
      paramLabel = "FILE",
      description = "The .onnx file for --text onnx.")
  private Path model;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "The tokenizer.json for --text onnx.")
  private Path tokenizer;

  private enum Kind {
    HASHED,
    LSA,
    ONNX
  }

  /** Whether texts are to be encoded. */
  boolean asked() {
    return kind != null;
  }

  /** The name of the kind asked for. */
  String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Refuses options that contradict each other. */
  void check(SeminarCommand command) {
    boolean onnx = kind == Kind.ONNX;
    if (onnx != (model != null) || onnx != (tokenizer != null)) {
      throw command.wrong("--text onnx, --text-model FILE and --tokenizer FILE belong together");
    }
    if (dims != null && (onnx || kind == null)) {
      throw command.wrong("--dims belongs to --text hashed or --text lsa");
    }
    if (dims != null && dims < 1) {
      throw command.wrong("--dims is %d: give at least 1".formatted(dims));
    }
  }

  /** The encoder, fitted to the catalogue's texts where it learns. */
  Encoder<String> encoder(Catalog catalog, long seed) throws IOException {
    if (kind == Kind.ONNX) {
      return OnnxText.open(model, tokenizer);
    }
    List<String> texts =
        IntStream.rangeClosed(1, catalog.size())
            .mapToObj(catalog::text)
            .filter(text -> !text.isBlank())
            .toList();
    int numbers = dims == null ? HashedText.DIMS : dims;
    return kind == Kind.HASHED
        ? HashedText.fit(texts, numbers)
        : LatentSemantics.fit(texts, LatentSemantics.Options.of(numbers, seed));
  }
}
