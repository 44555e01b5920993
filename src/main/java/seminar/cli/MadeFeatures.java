package seminar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.feature.FeatureSet;
import seminar.feature.OwnVectors;
import seminar.file.Precision;
import seminar.file.Progress;

/**
 * Features of one kind that a command has made.
 *
 * @param set the features
 * @param from what made them, for the manifest
 * @param notes what else a person should know
 */
record MadeFeatures(FeatureSet set, String from, List<String> notes) {
  static MadeFeatures of(FeatureSet set, String from) {
    return new MadeFeatures(set, from, List.of());
  }

  /**
   * A person's own vectors.
   *
   * @param path the matrix, or a folder of several
   * @param file where those of the catalogue's items go
   */
  static MadeFeatures own(
      Catalog catalog,
      Path path,
      Optional<Path> ids,
      Precision precision,
      Path file,
      Progress progress)
      throws IOException {
    OwnVectors vectors = OwnVectors.open(catalog, path, ids);
    String note =
        "ids of no item %,d; ids that were there before %,d, of which the first row counts"
            .formatted(vectors.unknown(), vectors.repeated());
    return new MadeFeatures(
        FeatureSet.own(catalog, vectors, precision, file, progress),
        "own vectors %s, SHA-256 %s".formatted(path.getFileName(), vectors.fingerprint()),
        vectors.unknown() + vectors.repeated() == 0 ? List.of() : List.of(note));
  }

  /** How they were made, as the manifest has it. */
  String how(Precision precision) {
    return "%s, %d numbers, %s precision"
        .formatted(from, set.dims(), precision.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Says how many items have features and why others do not.
   *
   * @param kind such as {@code picture}
   */
  void show(String kind, PrintWriter print) {
    print.printf(
        Locale.ROOT,
        "%s features: %,d of %,d items (%.1f %%); without a %s %,d, nothing known in it %,d,"
            + " unreadable %,d%n",
        kind,
        set.encoded().encoded(),
        set.items(),
        100 * set.coverage(),
        kind,
        set.without(),
        set.encoded().zero(),
        set.encoded().unreadable());
    set.encoded().reasons().forEach(reason -> print.println("  unreadable: " + reason));
    notes.forEach(note -> print.println("  " + note));
  }
}
