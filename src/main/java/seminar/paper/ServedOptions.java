package seminar.paper;

import java.util.List;
import seminar.math.Checks;
import seminar.serve.SearchKind;

/**
 * Retrieval inside ranking at one scale. World, epochs and all that models share are those of
 * {@link LengthOptions}.
 *
 * @param lengths L of the models on the planted world, rising
 * @param ofLog L of the models on a real log, rising
 * @param topK K
 * @param requests how many test requests are ranked at most
 * @param searches what stands in for the exact choice
 */
public record ServedOptions(
    List<Integer> lengths, List<Integer> ofLog, int topK, int requests, List<SearchKind> searches) {
  /** Copies the lists. */
  public ServedOptions {
    lengths = List.copyOf(lengths);
    ofLog = List.copyOf(ofLog);
    searches = List.copyOf(searches);
    Checks.atLeast(1, "lengths", lengths.size());
    Checks.atLeast(1, "lengths of a log", ofLog.size());
    Checks.atLeast(1, "topK K", topK);
    Checks.atLeast(2, "requests", requests);
    Checks.atLeast(1, "searches", searches.size());
  }

  /** About two minutes of two cores. */
  static ServedOptions quick() {
    return new ServedOptions(List.of(1000), List.of(1000), 50, 200, List.of(SearchKind.values()));
  }

  /** Two trainings of about a quarter of an hour of two cores, and twelve minutes of searches. */
  static ServedOptions full() {
    return new ServedOptions(
        List.of(2000, 10_000), List.of(2000), 200, 300, List.of(SearchKind.values()));
  }
}
