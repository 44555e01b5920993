package seminar.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import seminar.data.TestMode;
import seminar.experiment.Fidelity;
import seminar.experiment.Protocol;
import seminar.experiment.Setup;
import seminar.experiment.Switch;
import seminar.loss.LossTerms;
import seminar.model.AttentionOptions;
import seminar.model.ChannelOptions;
import seminar.model.ModelOptions;
import seminar.model.ParameterGroup;
import seminar.rank.RankingForm;
import seminar.search.Method;
import seminar.search.Restored;
import seminar.train.Adam;
import seminar.train.CandidateOptions;
import seminar.train.SideFeatures;
import seminar.train.TrainOptions;

/** The options that decide how SEMINAR is made, pretrained and trained. */
final class SetupOptions {
  /** Where all options stand before any is given. */
  enum Profile {
    /** What converges in minutes on two cores. */
    LAPTOP,
    /** The paper's model and training. */
    PAPER
  }

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Where the options below stand: laptop, which converges in minutes, or paper. Default:"
              + " laptop, or what a given search unit was made with.")
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
      names = "--method",
      paramLabel = "NAME",
      description = "How the interest is found: ${COMPLETION-CANDIDATES}; default: seminar.")
  private Method.Kind method;

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "The query beside each candidate: recommendation (none), search (that of the held-out"
              + " event) or pair (each its own); default: recommendation.")
  private TestMode mode;

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description =
          "The other candidates: uniform or popular (99 drawn), given (those of the corpus) or all;"
              + " default: uniform.")
  private RankingForm.Against against;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over all users.")
  private Integer epochs;

  @Option(names = "--dims", paramLabel = "D", description = "Width of every vector, d.")
  private Integer dims;

  @Option(names = "--heads", paramLabel = "H", description = "Attention heads.")
  private Integer heads;

  @Option(names = "--top-k", paramLabel = "K", description = "Events that a head keeps.")
  private Integer topK;

  @Option(
      names = "--length",
      paramLabel = "L",
      description = "The latest events of a life that a target sees.")
  private Integer length;

  @Option(
      names = "--recency",
      paramLabel = "BUCKETS",
      description = "A learned bias for each head and log2 distance, in both stages; 0 for none.")
  private Integer recency;

  @Option(
      names = "--query-weight",
      paramLabel = "LAMBDA",
      description = "The weight of the query in a pair, 0 to 1.")
  private Double queryWeight;

  @Option(
      names = "--gate",
      paramLabel = "NAME",
      description = "Weights of the modalities: static, per_item or fixed (equal).")
  private ChannelOptions.Gate gate;

  @Option(names = "--unit", description = "Brings every channel to length one before fusion.")
  private boolean unit;

  @Option(
      names = "--own-search",
      description = "The first stage has projections of its own, those of the search unit.")
  private boolean ownSearch;

  @Option(
      names = "--side-features",
      description =
          "The click head also reads counts and times of user, item, both together, and context.")
  private boolean sideFeatures;

  @Option(
      names = "--losses",
      split = ",",
      paramLabel = "W",
      description =
          "Weights of next pair, alignment and relevance in pretraining, such as 1,0.1,1; 0 leaves"
              + " one out.")
  private double[] losses;

  @Option(
      names = "--restore",
      paramLabel = "WHAT",
      description = "What is taken over from a search unit: embeddings or all.")
  private Restored restored;

  @Option(
      names = "--freeze",
      split = ",",
      paramLabel = "GROUP",
      description =
          "Parameters that do not learn in training: ${COMPLETION-CANDIDATES}; separated by"
              + " commas.")
  private List<ParameterGroup> frozen = new ArrayList<>();

  @Option(names = "--users", paramLabel = "N", description = "Histories in a batch.")
  private Integer users;

  @Option(
      names = "--targets",
      paramLabel = "N",
      description = "Moments of each life in an epoch; 0 for all.")
  private Integer targets;

  @Option(names = "--negatives", paramLabel = "N", description = "Negatives of each positive.")
  private Integer negatives;

  @Option(names = "--learning-rate", paramLabel = "LR", description = "Learning rate of Adam.")
  private Double learningRate;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "The longest gradient that is not scaled down; 0 for no limit.")
  private Double clip;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stops after so many epochs without a better validation; 0 for never.")
  private Integer patience;

  /**
   * The setup that the options ask for.
   *
   * @param seed of everything, unless a base brings its own
   * @param base where the options stand if no profile is given
   * @throws IllegalArgumentException if a number is out of range; the message names it
   */
  Setup setup(long seed, Optional<Setup> base) {
    Setup setup =
        switch (profile) {
          case LAPTOP -> Setup.laptop(seed);
          case PAPER -> Setup.paper(seed);
          case null -> base.orElseGet(() -> Setup.laptop(seed));
        };
    setup = setup.with(model(setup.model()));
    if (losses != null) {
      if (losses.length != 3) {
        throw new IllegalArgumentException(
            "--losses has %d weights: three are needed, such as 1,0.1,1".formatted(losses.length));
      }
      setup = setup.with(setup.psu().with(new LossTerms.Weights(losses[0], losses[1], losses[2])));
    }
    setup = setup.with(restored == null ? setup.restored() : restored);
    if (!frozen.isEmpty()) {
      setup = setup.withFrozen(EnumSet.copyOf(frozen));
    }
    setup = method == null ? setup : setup.with(Method.of(method));
    setup = setup.with(protocol(setup.protocol()));
    for (Switch each : switches) {
      setup = each.thrown(setup);
    }
    return fidelity == null ? setup : fidelity.of(setup);
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
    if (restored != null && !fromUnit) {
      throw new IllegalArgumentException(
          "--restore says what is taken from a search unit: give one with --psu FILE");
    }
  }

  /** The protocol that the options ask for. */
  Protocol protocol(Protocol from) {
    RankingForm form = from.form();
    return from.with(form.with(given(mode, form.mode())).with(given(against, form.against())));
  }

  /** The training that the options ask for. */
  TrainOptions training(TrainOptions from, long seed) {
    int all = TrainOptions.ALL_TARGETS;
    Integer moments = targets != null && targets == 0 ? Integer.valueOf(all) : targets;
    TrainOptions options =
        from.withSeed(seed)
            .withBatches(
                given(users, from.usersPerBatch()),
                given(moments, from.targetsPerUser()),
                given(negatives, from.negatives()))
            .withEpochs(given(epochs, from.epochs()))
            .withClip(given(clip, from.clip()))
            .withPatience(given(patience, from.patience()));
    if (mode == TestMode.SEARCH) {
      options = options.with(options.candidates().with(CandidateOptions.Queries.POSITIVE));
    }
    return learningRate == null ? options : options.withAdam(Adam.Options.withRate(learningRate));
  }

  private ModelOptions model(ModelOptions from) {
    AttentionOptions attention =
        from.attention()
            .withHeads(given(heads, from.attention().heads()))
            .withTopK(given(topK, from.attention().topK()))
            .withRecency(given(recency, from.attention().recencyBuckets()));
    if (ownSearch) {
      attention = attention.withStages(AttentionOptions.Stages.OWN);
    }
    ChannelOptions channels =
        from.channels()
            .withQueryWeight(given(queryWeight, from.channels().queryWeight()))
            .withGate(given(gate, from.channels().gate()));
    return from.withDims(given(dims, from.dims()))
        .withLengths(attention.topK(), given(length, from.sequenceLength()))
        .with(attention)
        .with(sideFeatures ? from.head().withSideFeatures(SideFeatures.COUNT) : from.head())
        .with(unit ? channels.withUnit(true) : channels);
  }

  private static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
