package seminar.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A difference with its 95 % interval, as the files of tables hold it.
 *
 * @param name what is compared
 * @param seeds how many trainings of a model it is of
 */
record Difference(String name, double value, double low, double high, int seeds) {
  /** Fewer trainings say nothing of the next one: no verdict rests on them. */
  static final int ENOUGH_SEEDS = 3;

  /** A difference that no training decides, of searches over given vectors. */
  Difference(String name, double value, double low, double high) {
    this(name, value, low, high, Integer.MAX_VALUE);
  }

  /** Where a row has its difference: the first that is there. */
  private static final List<String> PLACES =
      List.of("lessReferenceOverSeeds", "lessReference", "lessSeminar");

  /**
   * The difference of a row to the line that its table names; none where the row was not run. Where
   * several seeds were trained, its interval is that over users and seeds: one over users alone
   * would not say what another training gives.
   */
  static Optional<Difference> of(String name, JsonNode row) {
    JsonNode found =
        PLACES.stream().map(row::path).filter(JsonNode::isObject).findFirst().orElse(row);
    return found.has("difference")
        ? Optional.of(
            new Difference(
                name,
                found.path("difference").asDouble(),
                found.path("low").asDouble(),
                found.path("high").asDouble(),
                row.has("seeds") ? row.path("seeds").asInt() : row.path("ndcg10OfEachSeed").size()))
        : Optional.empty();
  }

  /** The same under another name. */
  Difference named(String other) {
    return new Difference(other, value, low, high, seeds);
  }

  /** The same the other way round. */
  Difference turned() {
    return new Difference(name, -value, -high, -low, seeds);
  }

  /** Whether all of these come from trainings enough to be judged. */
  static boolean judged(List<Difference> differences) {
    return fewestSeeds(differences) >= ENOUGH_SEEDS;
  }

  private static int fewestSeeds(List<Difference> differences) {
    return differences.stream().mapToInt(Difference::seeds).min().orElse(0);
  }

  /** All of them side by side, and whether too few seeds stand behind them. */
  static String words(List<Difference> differences) {
    if (differences.isEmpty()) {
      return "no such runs";
    }
    int seeds = fewestSeeds(differences);
    return differences.stream().map(Difference::words).collect(Collectors.joining("; "))
        + (judged(differences)
            ? ""
            : seeds <= 1 ? "; one seed: not judged" : "; %d seeds: not judged".formatted(seeds));
  }

  /** As it stands in the report. */
  String words() {
    return String.format(Locale.ROOT, "%s %+.4f [%+.4f, %+.4f]", name, value, low, high);
  }
}
