package seminar.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import seminar.bench.BenchModel;
import seminar.bench.RetrieveShape;
import seminar.bench.ServeShape;
import seminar.bench.TrainShape;
import seminar.options.OptionPaths;

/**
 * What {@code bench prepare}, {@code train}, {@code retrieve}, {@code serve} and others measure.
 */
final class BenchOptions {
  private static final String MODEL = "--model";
  private static final PathOption SWEEP =
      new PathOption(
          "--sweep",
          "WHAT",
          "sweepEvents",
          "events: also measures training with 500, 1,000, 2,000, 5,000 and 10,000 events, or with"
              + " those of --sweep-events, and each number of targets, to see how time and memory"
              + " grow.");
  private static final PathOption SWEEP_EVENTS =
      new PathOption(
          "--sweep-events",
          "L,",
          "sweepEvents",
          "Events that every request of the sweep sees; several numbers are measured one by one.");
  private static final List<PathOption> TRAIN =
      PathOption.table(
          """
          --users | N | users | Histories in a step of training
          --events | N | events | Events that every request sees
          --targets | N, | targets | Requests of each history in a step; several numbers are \
          measured one by one
          --negatives | N | negatives | Negatives beside each positive
          --top-k | K | topK | Events that a head keeps
          --dims | D | dims | Width of every vector
          --heads | H | heads | Attention heads
          --recency | BUCKETS | recency | Buckets of the recency bias
          --recency-start | SLOPE | recencyStart | How steeply that bias falls at first
          --latest | N | latest | How many of the K are the newest events
          --short-term | S | shortTerm | Latest events of a second attention
          --items | N | items | Items, drawn uniformly
          --queries | N | queries | Queries, drawn uniformly
          --keywords | N | keywords | Keywords of a query, from a vocabulary of 20,000
          --features | N | features | Numbers of a text's and of a picture's features
          --candidates | N | candidates | Candidates of a user in evaluation
          --seconds | X | seconds | How long each thing is measured, after a warm-up of a third of \
          it
          """,
          "default",
          TrainShape.usual());
  private static final List<PathOption> RETRIEVE =
      PathOption.table(
          """
          --lengths | L, | lengths | Events of a history, at least 512
          --graph-length | L | graphLength | Longest history for which graphs and the paper's \
          table are made
          --rounds | N | rounds | Rounds in which all take turns
          """,
          "default",
          RetrieveShape.usual());

  private static final List<PathOption> SERVE =
      PathOption.table(
          """
          --serve-lengths | L, | lengths | Events of a history
          --serve-candidates | N, | candidates | Candidates of a request
          --serve-threads | N, | threads | Threads that ask at the same time
          --serve-top-k | K | topK | Events that a head keeps
          --serve-users | N | users | Histories of each length
          --serve-opened | N | opened | Histories of 50 events in a folder that is opened, 14 KB \
          of disk each; 0 for none
          --serve-items | N | items | Items of the catalogue
          --serve-seconds | X | seconds | How long each thing is measured
          """,
          "default",
          ServeShape.usual());

  @Option(
      names = "--share",
      paramLabel = "X",
      split = ",",
      defaultValue = "0.125,0.25,0.5,1",
      description =
          "For prepare: which shares of KuaiSAR's 25,877 users and 6,890,707 items are measured"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Double> shares;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description = "For codes: a matrix in NumPy's format with a row for each vector (.npy).")
  private Path vectors;

  @Option(
      names = "--best",
      paramLabel = "K",
      defaultValue = "10",
      description =
          "For codes: of how many best vectors recall is told (default: ${DEFAULT-VALUE}).")
  private int best;

  private CommandSpec command;

  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec mixee) {
    command = mixee;
    OptionSpec model =
        OptionSpec.builder(MODEL)
            .type(BenchModel.Kind.class)
            .paramLabel("MODEL")
            .description("${COMPLETION-CANDIDATES} (default: SEMINAR).")
            .build();
    mixee.addArgGroup(
        PathOption.group("For train", 0, TRAIN)
            .addArg(model)
            .addArg(SWEEP.spec())
            .addArg(SWEEP_EVENTS.spec())
            .build());
    mixee.addArgGroup(PathOption.group("For retrieve", 1, RETRIEVE).build());
    mixee.addArgGroup(PathOption.group("For serve", 2, SERVE).build());
  }

  /**
   * The shares of KuaiSAR that are prepared.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  Path vectors() {
    return vectors;
  }

  int topK() {
    return best;
  }

  List<Double> shares() {
    for (double share : shares) {
      if (!(share >= 0.002 && share <= 4)) {
        throw new IllegalArgumentException("--share %s: must be in 0.002..4".formatted(share));
      }
    }
    return shares;
  }

  /** The model that is trained. */
  BenchModel.Kind model() {
    return command
        .commandLine()
        .getParseResult()
        .matchedOptionValue(MODEL, BenchModel.Kind.SEMINAR);
  }

  /**
   * The sizes of training.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  TrainShape train() {
    Map<String, Object> given = PathOption.given(TRAIN, command, Map.of());
    for (Object what : PathOption.given(List.of(SWEEP), command, Map.of()).values()) {
      if (!what.toString().equalsIgnoreCase("events")) {
        throw new IllegalArgumentException(
            "--sweep is '%s': only events can be varied".formatted(what));
      }
      given.put(SWEEP.path(), TrainShape.SWEEP);
    }
    given.putAll(PathOption.given(List.of(SWEEP_EVENTS), command, Map.of()));
    return OptionPaths.set(TrainShape.usual(), given);
  }

  /**
   * The sizes of searches.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  RetrieveShape retrieve() {
    return OptionPaths.set(RetrieveShape.usual(), PathOption.given(RETRIEVE, command, Map.of()));
  }

  /**
   * The requests of a service.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  ServeShape serve() {
    return OptionPaths.set(ServeShape.usual(), PathOption.given(SERVE, command, Map.of()));
  }
}
