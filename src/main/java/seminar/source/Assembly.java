package seminar.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Manifest;
import seminar.data.Negatives;
import seminar.options.OptionPaths;

/**
 * Puts together what a reader found.
 *
 * @param name what the corpus is called
 * @param reader the reader and its version, such as {@code kuaisar/1}
 * @param options what it was read with
 * @param files what was read
 */
public record Assembly(String name, String reader, Record options, SourceFiles files) {
  /** A corpus without ready-made features and negatives. */
  public Corpus of(ReadLog found, Catalog catalog, Map<String, Long> more) {
    return of(found, catalog, more, FeatureFiles.none(), Optional.empty());
  }

  /**
   * A corpus whose manifest says where everything comes from.
   *
   * @param more counts of the reader, beside those of lines and histories
   */
  public Corpus of(
      ReadLog found,
      Catalog catalog,
      Map<String, Long> more,
      FeatureFiles features,
      Optional<Negatives> negatives) {
    LineTally tally = files.tally();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("lines", tally.lines());
    counts.put("malformed lines", tally.malformed());
    counts.putAll(found.counts());
    counts.putAll(more);
    counts.values().removeIf(count -> count == 0);
    counts.putIfAbsent("malformed lines", tally.malformed());
    Manifest manifest =
        new Manifest(
            name, reader, OptionPaths.describe(options), counts, files.hashes(), tally.first());
    return new Corpus(
        manifest.withSizes(catalog, found.queries(), found.histories()),
        catalog,
        found.queries(),
        found.histories(),
        found.exposures(),
        negatives,
        features);
  }
}
