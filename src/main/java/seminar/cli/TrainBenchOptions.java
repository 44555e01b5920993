package seminar.cli;

import java.util.List;
import picocli.CommandLine.Option;
import seminar.bench.BenchModel;
import seminar.bench.TrainShape;

/** What {@code bench train} measures; its sizes are at first {@link TrainShape#usual}. */
final class TrainBenchOptions {
  private static final TrainShape USUAL = TrainShape.usual();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private BenchModel.Kind model = BenchModel.Kind.SEMINAR;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Histories in a step of training (default: ${DEFAULT-VALUE}).")
  private int users = USUAL.users();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events that every target sees (default: ${DEFAULT-VALUE}).")
  private int events = USUAL.events();

  @Option(
      names = "--targets",
      paramLabel = "N",
      split = ",",
      description =
          "Targets of each history in a step; several numbers are measured one by one"
              + " (default: 1,16).")
  private List<Integer> targets = USUAL.targets();

  @Option(
      names = "--negatives",
      paramLabel = "N",
      description = "Negatives beside each positive (default: ${DEFAULT-VALUE}).")
  private int negatives = USUAL.negatives();

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Events that a head keeps (default: ${DEFAULT-VALUE}).")
  private int topK = USUAL.topK();

  @Option(
      names = "--dims",
      paramLabel = "D",
      description = "Width of every vector (default: ${DEFAULT-VALUE}).")
  private int dims = USUAL.dims();

  @Option(
      names = "--heads",
      paramLabel = "H",
      description = "Attention heads (default: ${DEFAULT-VALUE}).")
  private int heads = USUAL.heads();

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "Items, drawn uniformly (default: ${DEFAULT-VALUE}).")
  private int items = USUAL.items();

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "Queries, drawn uniformly (default: ${DEFAULT-VALUE}).")
  private int queries = USUAL.queries();

  @Option(
      names = "--keywords",
      paramLabel = "N",
      description = "Keywords of a query, from a vocabulary of 20,000 (default: ${DEFAULT-VALUE}).")
  private int keywords = USUAL.keywords();

  @Option(
      names = "--features",
      paramLabel = "N",
      description = "Numbers of a text's and of a picture's features (default: ${DEFAULT-VALUE}).")
  private int features = USUAL.features();

  @Option(
      names = "--candidates",
      paramLabel = "N",
      description = "Candidates of a user in evaluation (default: ${DEFAULT-VALUE}).")
  private int candidates = USUAL.candidates();

  @Option(
      names = "--seconds",
      paramLabel = "X",
      description =
          "How long each thing is measured, after a warm-up of a third of it"
              + " (default: ${DEFAULT-VALUE}).")
  private double seconds = USUAL.seconds();

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
