package seminar.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** What {@code bench train} measures; defaults stand here and nowhere else. */
final class TrainBenchOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private BenchModel.Kind model = BenchModel.Kind.SEMINAR;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Histories in a step of training (default: ${DEFAULT-VALUE}).")
  private int users = 64;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events that every target sees (default: ${DEFAULT-VALUE}).")
  private int events = 256;

  @Option(
      names = "--targets",
      paramLabel = "N",
      split = ",",
      description =
          "Targets of each history in a step; several numbers are measured one by one"
              + " (default: 1,16).")
  private List<Integer> targets = List.of(1, 16);

  @Option(
      names = "--negatives",
      paramLabel = "N",
      description = "Negatives beside each positive (default: ${DEFAULT-VALUE}).")
  private int negatives = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Events that a head keeps (default: ${DEFAULT-VALUE}).")
  private int topK = 64;

  @Option(
      names = "--dims",
      paramLabel = "D",
      description = "Width of every vector (default: ${DEFAULT-VALUE}).")
  private int dims = 64;

  @Option(
      names = "--heads",
      paramLabel = "H",
      description = "Attention heads (default: ${DEFAULT-VALUE}).")
  private int heads = 4;

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "Items, drawn uniformly (default: ${DEFAULT-VALUE}).")
  private int items = 20_000;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "Queries, drawn uniformly (default: ${DEFAULT-VALUE}).")
  private int queries = 20_000;

  @Option(
      names = "--keywords",
      paramLabel = "N",
      description = "Keywords of a query, from a vocabulary of 20,000 (default: ${DEFAULT-VALUE}).")
  private int keywords = 5;

  @Option(
      names = "--features",
      paramLabel = "N",
      description = "Numbers of a text's and of a picture's features (default: ${DEFAULT-VALUE}).")
  private int features = 512;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      description = "Candidates of a user in evaluation (default: ${DEFAULT-VALUE}).")
  private int candidates = 100;

  @Option(
      names = "--seconds",
      paramLabel = "X",
      description =
          "How long each thing is measured, after a warm-up of a third of it"
              + " (default: ${DEFAULT-VALUE}).")
  private double seconds = 10;

  @Option(
      names = "--sweep",
      paramLabel = "WHAT",
      description =
          "events: also measures training with 1/4, 1/2, 1, 2, 4 and 8 times the events, to see"
              + " how time and memory grow.")
  private Sweep sweep;

  /** The model that is measured. */
  BenchModel.Kind model() {
    return model;
  }

  /** What can be varied. */
  enum Sweep {
    /** The length of histories. */
    EVENTS
  }

  /**
   * The options as one record.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  TrainShape shape() {
    return new TrainShape(
        users,
        events,
        targets,
        negatives,
        topK,
        dims,
        heads,
        items,
        queries,
        keywords,
        features,
        candidates,
        seconds,
        sweep == Sweep.EVENTS);
  }
}
