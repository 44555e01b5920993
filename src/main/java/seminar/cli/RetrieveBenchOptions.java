package seminar.cli;

import java.util.List;
import picocli.CommandLine.Option;
import seminar.math.Checks;

/** What {@code bench retrieve} measures; defaults stand here and nowhere else. */
final class RetrieveBenchOptions {
  @Option(
      names = "--lengths",
      paramLabel = "L",
      split = ",",
      description = "Events of a history, at least 512 (default: 10000,100000).")
  private List<Integer> lengths = List.of(10_000, 100_000);

  @Option(
      names = "--graph-length",
      paramLabel = "L",
      description =
          "Longest history for which graphs and the paper's table are made"
              + " (default: ${DEFAULT-VALUE}).")
  private int graphLength = 10_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds in which all take turns (default: ${DEFAULT-VALUE}).")
  private int rounds = 15;

  /**
   * What was asked for.
   *
   * @param lengths L of each history
   * @param graphLength the longest L with graphs
   * @param rounds in which all take turns
   */
  record Shape(List<Integer> lengths, int graphLength, int rounds) {
    Shape {
      lengths = List.copyOf(lengths);
      Checks.atLeast(1, "number of --lengths", lengths.size());
      lengths.forEach(length -> Checks.atLeast(RetrieveBench.CENTROIDS, "--lengths", length));
      Checks.atLeast(0, "--graph-length", graphLength);
      Checks.atLeast(1, "--rounds", rounds);
    }
  }

  /** All of it, checked. */
  Shape shape() {
    return new Shape(lengths, graphLength, rounds);
  }
}
