package seminar.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import seminar.data.TestMode;
import seminar.experiment.Fidelity;
import seminar.experiment.Setup;
import seminar.experiment.Switch;
import seminar.model.ParameterGroup;
import seminar.options.OptionPaths;
import seminar.search.Method;
import seminar.train.CandidateOptions;
import seminar.train.SideFeatures;
import seminar.train.TrainOptions;

/** The options that decide how SEMINAR is made, pretrained and trained. */
final class SetupOptions {
  /** Where all options stand before any is given. */
  enum Profile {
    /** What converges in minutes on two cores. */
    LAPTOP,
    /** What learns from thousands of events. */
    LIFELONG,
    /** The paper's model and training. */
    PAPER,
    /** SEMINAR with what is known to work beside its paper. */
    EXTENDED,
    /** Self-attention over the history, as SASRec's paper has it. */
    SASREC,
    /** The same with many negatives and calibrated scores. */
    GSASREC
  }

  /** What a command trains, as the first name of the paths of its options. */
  enum Stage {
    /** The search unit. */
    PRETRAINING,
    /** GSU and ESU. */
    TRAINING;

    /** The options of the model, and those of its training by their full paths. */
    private List<PathOption> options() {
      String prefix = name().toLowerCase(Locale.ROOT) + ".";
      return Stream.concat(MODEL.stream(), TRAINED.stream().map(o -> o.in(prefix))).toList();
    }

    private TrainOptions of(Setup setup) {
      return this == TRAINING ? setup.training() : setup.pretraining();
    }

    private Setup with(Setup setup, TrainOptions options) {
      return this == TRAINING ? setup.withTraining(options) : setup.withPretraining(options);
    }
  }

  /** Options of the model and of how it is judged. */
  private static final List<PathOption> MODEL =
      PathOption.table(
          """
          --method | NAME | method | How the interest is found: %s; default: seminar.
          --mode | NAME | protocol.form.mode | The query beside each candidate: recommendation \
          (none), search (that of the held-out event) or pair (each its own); default: \
          recommendation.
          --against | NAME | protocol.form.against | The other candidates: uniform or popular (99 \
          drawn), given (those of the corpus) or all; default: uniform.
          --dims | D | model.dims | Width of every vector, d.
          --heads | H | model.attention.heads | Attention heads.
          --top-k | K | model.attention.topK | Events that a head keeps.
          --latest | N | model.attention.latest | How many of these are the newest events, whatever \
          their score; 0 for none.
          --length | L | model.sequenceLength | The latest events of a history that a request sees.
          --short-term | S | model.shortTerm | A second attention to the latest S events, beside the \
          long-term interest; 0 for none.
          --recency | BUCKETS | model.attention.recencyBuckets | A learned bias for each head and \
          log2 distance, in both stages; 0 for none.
          --recency-start | SLOPE | model.attention.recencyStart | How steeply that bias falls at \
          first for each doubling of the distance, most in the first head and not in the last; 0 \
          for a start at 0.
          --query-weight | LAMBDA | model.channels.queryWeight | The weight of the query in a pair, \
          0 to 1.
          --gate | NAME | model.channels.gate | Weights of the modalities: static, per_item or \
          fixed (equal).
          --unit | =true | model.channels.unit | Brings every channel to length one before fusion.
          --own-search | =own | model.attention.stages | The first stage has projections of its \
          own, those of the search unit.
          --side-features | =%d | model.head.sideFeatures | The click head also reads counts and \
          times of user, item, both together, and context.
          --restore | WHAT | restored | What is taken over from a search unit: embeddings or all.
          """
              .formatted(names(Method.Kind.values()), SideFeatures.COUNT));

  /** Options of the training, whose paths begin with its stage. */
  private static final List<PathOption> TRAINED =
      PathOption.table(
          """
          --epochs | N | epochs | Passes over all users.
          --users | N | usersPerBatch | Histories in a batch.
          --targets | N | targetsPerUser | Requests of each history in an epoch; 0 for all.
          --negatives | N | negatives | Negatives of each positive.
          --learning-rate | LR | adam.learningRate | Learning rate of Adam.
          --clip | X | clip | The longest gradient that is not scaled down; 0 for no limit.
          --warm-epochs | N | warmEpochs | Passes at first in which requests see short histories.
          --warm-length | L | warmLength | The latest events that a request sees in these; give both \
          or neither.
          --patience | N | patience | Stops after so many epochs without a better validation; 0 \
          for never.
          """);

  private CommandSpec command;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Where the options below stand: laptop, which converges in minutes, lifelong, which"
              + " learns from thousands of events, paper, extended, which has a self-attention over"
              + " the history too, or another model as its own paper trains it: sasrec or gsasrec."
              + " Default: laptop, or what a given search unit was made with.")
  private Profile profile;

  @Option(
      names = "--fidelity",
      paramLabel = "NAME",
      description = "paper, or as_released: every switch thrown as in the authors' code.")
  private Fidelity fidelity;

  @Option(
      names = "--switch",
      paramLabel = "NAME",
      description =
          "Does one thing as the authors' code does: ${COMPLETION-CANDIDATES}; may be given several"
              + " times.")
  private List<Switch> switches = new ArrayList<>();

  @Option(
      names = "--losses",
      split = ",",
      paramLabel = "W",
      description =
          "Weights of next pair, alignment and relevance in pretraining, such as 1,0.1,1; 0 leaves"
              + " one out.")
  private double[] losses;

  @Option(
      names = "--freeze",
      split = ",",
      paramLabel = "GROUP",
      description =
          "Parameters that do not learn in training: ${COMPLETION-CANDIDATES}; separated by"
              + " commas.")
  private List<ParameterGroup> frozen = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Sets any option of the setup by its path, such as method.hashBits=64 or"
              + " training.adam.beta2=0.99, after all others; may be given several times. A wrong"
              + " path is answered with those that are near.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec mixee) {
    command = mixee;
    Stage.TRAINING.options().forEach(option -> mixee.addOption(option.spec()));
  }

  /**
   * The setup that the options ask for.
   *
   * @param stage what is trained
   * @param seed of everything, unless a base brings its own
   * @param base where the options stand if no profile is given
   * @throws IllegalArgumentException if a number is out of range; the message names it
   */
  Setup setup(Stage stage, long seed, Optional<Setup> base) {
    Setup setup =
        switch (profile) {
          case LAPTOP -> Setup.laptop(seed);
          case LIFELONG -> Setup.lifelong(seed);
          case PAPER -> Setup.paper(seed);
          case EXTENDED -> Setup.laptop(seed).extended();
          case SASREC -> Setup.sasRec(seed);
          case GSASREC -> Setup.gSasRec(seed);
          case null -> base.orElseGet(() -> Setup.laptop(seed));
        };
    Map<String, Object> given = given(stage);
    setup = OptionPaths.set(setup, given);
    for (Switch each : switches) {
      setup = each.thrown(setup);
    }
    setup = fidelity == null ? setup : fidelity.of(setup);
    TrainOptions training = stage.of(setup).withSeed(seed);
    boolean searching = setup.protocol().form().mode() == TestMode.SEARCH;
    if (searching && given.containsKey("protocol.form.mode")) {
      training =
          training.withCandidates(
              training.candidates().withQueries(CandidateOptions.Queries.POSITIVE));
    }
    return OptionPaths.set(stage.with(setup, training), settings);
  }

  private Map<String, Object> given(Stage stage) {
    Map<String, Object> given = PathOption.given(stage.options(), command, settings);
    given.replaceAll(
        (path, value) ->
            path.endsWith(".targetsPerUser") && value.equals("0")
                ? TrainOptions.ALL_TARGETS
                : value);
    if (losses != null) {
      if (losses.length != 3) {
        throw new IllegalArgumentException(
            "--losses has %d weights: three are needed, such as 1,0.1,1".formatted(losses.length));
      }
      given.put("psu.weights.nextPair", losses[0]);
      given.put("psu.weights.alignment", losses[1]);
      given.put("psu.weights.relevance", losses[2]);
    }
    if (!frozen.isEmpty()) {
      given.put("frozen", frozen);
    }
    return given;
  }

  /**
   * Refuses what training of a model would pass over.
   *
   * @param fromUnit whether it begins with a search unit
   */
  void checkForModel(boolean fromUnit) {
    if (losses != null) {
      throw new IllegalArgumentException(
          "--losses weighs the losses of pretraining: give it to 'pretrain'");
    }
    for (String path : settings.keySet()) {
      if (path.startsWith("psu.") || path.startsWith("pretraining.")) {
        throw new IllegalArgumentException(
            "%s is an option of pretraining: give it to 'pretrain'".formatted(path));
      }
    }
    boolean restored =
        settings.containsKey("restored") || given(Stage.TRAINING).containsKey("restored");
    if (restored && !fromUnit) {
      throw new IllegalArgumentException(
          "--restore says what is taken from a search unit: give one with --psu FILE");
    }
  }

  private static String names(Enum<?>[] all) {
    return Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", "));
  }
}
