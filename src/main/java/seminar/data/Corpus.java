package seminar.data;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import seminar.file.Sha256;

/**
 * A catalogue, the queries, and the histories that are made of both, with a manifest of where they
 * come from.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class Corpus {
  private final Manifest manifest;
  private final Catalog catalog;
  private final Queries queries;
  private final Histories histories;
  private final Optional<Exposures> exposures;
  private final Optional<Negatives> negatives;
  private final FeatureFiles features;
  private final Map<String, MemorySegment> columns = new TreeMap<>();
  private String hash = "";

  /**
   * Puts the parts together.
   *
   * @param exposures what users were shown, where the log says so
   * @param negatives test negatives that came with the corpus, where they did
   * @throws IllegalArgumentException if an event or exposure names an item or a query that does not
   *     exist
   */
  public Corpus(
      Manifest manifest,
      Catalog catalog,
      Queries queries,
      Histories histories,
      Optional<Exposures> exposures,
      Optional<Negatives> negatives,
      FeatureFiles features) {
    this(manifest, catalog, queries, histories, exposures, negatives, features, true);
  }

  /** As the other constructor; columns that were checked before need not be checked again. */
  Corpus(
      Manifest manifest,
      Catalog catalog,
      Queries queries,
      Histories histories,
      Optional<Exposures> exposures,
      Optional<Negatives> negatives,
      FeatureFiles features,
      boolean check) {
    this.manifest = manifest;
    this.catalog = catalog;
    this.queries = queries;
    this.histories = histories;
    this.exposures = exposures;
    this.negatives = negatives;
    this.features = features;
    if (check) {
      catalog.check();
      queries.check();
      histories.check(catalog.size(), queries.size());
      negatives.ifPresent(given -> given.check(histories.users(), catalog.size()));
      exposures.ifPresent(shown -> shown.check(histories, catalog.size(), queries.size()));
    }
    catalog.write(columns::put);
    queries.write(columns::put);
    histories.write(columns::put);
    exposures.ifPresent(shown -> shown.write(columns::put));
  }

  /** A corpus of histories alone, without exposures. */
  public Corpus(
      Manifest manifest,
      Catalog catalog,
      Queries queries,
      Histories histories,
      FeatureFiles features) {
    this(manifest, catalog, queries, histories, Optional.empty(), Optional.empty(), features);
  }

  /** Where the corpus comes from. */
  public Manifest manifest() {
    return manifest;
  }

  /** The items. */
  public Catalog catalog() {
    return catalog;
  }

  /** The queries. */
  public Queries queries() {
    return queries;
  }

  /** The histories. */
  public Histories histories() {
    return histories;
  }

  /** What users were shown and whether they took it; empty where the log does not say. */
  public Optional<Exposures> exposures() {
    return exposures;
  }

  /** Negatives of the test targets that came with the corpus; empty where none did. */
  public Optional<Negatives> negatives() {
    return negatives;
  }

  /** The ready-made features that came with the corpus. */
  public FeatureFiles features() {
    return features;
  }

  /**
   * The same corpus with other features of its items.
   *
   * @param same the same items with other rows ({@link Catalog#withRows})
   */
  public Corpus withCatalog(Catalog same) {
    return new Corpus(manifest, same, queries, histories, exposures, negatives, features);
  }

  /** The same corpus with other ready-made features. */
  public Corpus withFeatures(FeatureFiles files) {
    return new Corpus(manifest, catalog, queries, histories, exposures, negatives, files);
  }

  /** All items that are not in the user's history, by number. */
  public int[] unmet(int user) {
    BitSet met = new BitSet(catalog.size() + 1);
    for (long event = histories.start(user); event < histories.start(user + 1); event++) {
      met.set(histories.item(event));
    }
    return IntStream.rangeClosed(1, catalog.size()).filter(item -> !met.get(item)).toArray();
  }

  /**
   * The number of the user who has this id in the log.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int user(String id) {
    return IntStream.range(0, histories.users())
        .filter(user -> histories.userId(user).equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(none("user", id)));
  }

  /**
   * The number of the item that has this id in the log.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int item(String id) {
    return IntStream.rangeClosed(1, catalog.size())
        .filter(item -> catalog.originalId(item).equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(none("item", id)));
  }

  private String none(String what, String id) {
    return "corpus %s has no %s %s: give an id of its log".formatted(manifest.name(), what, id);
  }

  /** Every column by the name of its file, in alphabetical order. */
  Map<String, MemorySegment> columns() {
    return columns;
  }

  /**
   * The first 16 digits of the SHA-256 over every column: two corpora with the same items, queries
   * and histories have the same hash, whatever their manifests say. Feature matrices are not part
   * of it.
   */
  public synchronized String hash() {
    if (hash.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      columns.forEach((name, column) -> lines.append(Sha256.of(column)).append(name).append('\n'));
      hash = Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
    return hash;
  }

  /** The hash is already known, from checksums that were compared. */
  void hashIs(String known) {
    hash = known;
  }

  /** Sizes and shares as in the paper's Table 1. */
  public CorpusStatistics statistics() {
    return CorpusStatistics.of(this);
  }

  @Override
  public String toString() {
    return "%s (%s): %s".formatted(manifest.name(), hash(), statistics());
  }
}
