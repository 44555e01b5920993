package seminar.cli;

import java.util.List;
import picocli.CommandLine.Option;
import seminar.bench.RetrieveShape;

/** What {@code bench retrieve} measures; defaults are those of {@link RetrieveShape#usual}. */
final class RetrieveBenchOptions {
  private static final RetrieveShape USUAL = RetrieveShape.usual();

  @Option(
      names = "--lengths",
      paramLabel = "L",
      split = ",",
      description = "Events of a history, at least 512 (default: 10000,100000).")
  private List<Integer> lengths = USUAL.lengths();

  @Option(
      names = "--graph-length",
      paramLabel = "L",
      description =
          "Longest history for which graphs and the paper's table are made"
              + " (default: ${DEFAULT-VALUE}).")
  private int graphLength = USUAL.graphLength();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds in which all take turns (default: ${DEFAULT-VALUE}).")
  private int rounds = USUAL.rounds();

  /**
   * The options as one record.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  RetrieveShape shape() {
    return new RetrieveShape(lengths, graphLength, rounds);
  }
}
