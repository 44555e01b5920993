package seminar.bench;

import java.util.List;
import seminar.math.Checks;

/**
 * What searches are measured.
 *
 * @param lengths L of each history, at least 512
 * @param graphLength the longest L with graphs and the paper's table
 * @param rounds in which all take turns
 */
public record RetrieveShape(List<Integer> lengths, int graphLength, int rounds) {
  /**
   * Checks every number.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public RetrieveShape {
    lengths = List.copyOf(lengths);
    Checks.atLeast(1, "number of --lengths", lengths.size());
    lengths.forEach(length -> Checks.atLeast(RetrieveBench.CENTROIDS, "--lengths", length));
    Checks.atLeast(0, "--graph-length", graphLength);
    Checks.atLeast(1, "--rounds", rounds);
  }

  /** What is measured where nothing else is asked for. */
  public static RetrieveShape usual() {
    return new RetrieveShape(List.of(10_000, 100_000), 10_000, 15);
  }
}
