package seminar.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.compute.BackendKind;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.figure.TableFile;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.options.OptionPaths;
import seminar.profile.Table1;
import seminar.recall.Table4;
import seminar.source.Sources;
import seminar.terminal.Console;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/**
 * The main job: a corpus, models trained on it, retrieval measured, figures and the report drawn.
 */
public final class Reproduction {
  /** The name of the built-in corpus. */
  public static final String WORLD = "world";

  private final Plan plan;
  private final Console console;
  private final Map<Part, RuntimeException> failed = new EnumMap<>(Part.class);
  private World world;
  private Corpus corpus;
  private Features features;
  private ComparisonJob comparison;
  private PretrainingJob pretraining;
  private SequenceJob sequence;
  private QueryWeightJob queryWeight;
  private TextJob text;
  private JointJob joint;
  private LearningJob learning;
  private World remembering;
  private LengthJob length;
  private ServedJob served;

  /**
   * What is to be run.
   *
   * @param corpus name of a reader, folder of a prepared corpus, or {@link #WORLD} for the built-in
   *     one
   * @param data the logs of a reader; {@code null} for all others, which have none
   * @param settings options of its reader, or dials of the built-in world; and options of the
   *     setup, such as {@code training.epochs} ({@link Setup.Settings})
   * @param size how large
   * @param seed of everything
   * @param seeds how many seeds a comparison of models has, from {@code seed} on
   * @param parts what is made, in this order
   * @param out folder of the figures
   * @param backend what trains the models
   * @param comparing how they are compared
   */
  public record Plan(
      String corpus,
      Path data,
      Map<String, String> settings,
      Scale.Size size,
      long seed,
      int seeds,
      Set<Part> parts,
      Path out,
      BackendKind backend,
      Comparing comparing) {
    /** With models compared as usual. */
    public Plan(
        String corpus,
        Path data,
        Map<String, String> settings,
        Scale.Size size,
        long seed,
        int seeds,
        Set<Part> parts,
        Path out,
        BackendKind backend) {
      this(corpus, data, settings, size, seed, seeds, parts, out, backend, Comparing.usual());
    }

    /**
     * Copies what can be copied.
     *
     * @throws IllegalArgumentException if there is no seed
     */
    public Plan {
      Checks.atLeast(1, "seeds", seeds);
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
      parts = Collections.unmodifiableSet(new LinkedHashSet<>(parts));
    }

    boolean has(Part part) {
      return parts.contains(part);
    }

    /** The planted world that most parts share; one part alone may have its own. */
    WorldOptions planted() {
      boolean own = !parts.isEmpty() && Part.OF_LONG_HISTORIES.containsAll(parts);
      return set(own ? size.length().world() : size.world());
    }

    /** The dials of a world under the seed, with what is set of them. */
    WorldOptions set(WorldOptions world) {
      return OptionPaths.set(world.withSeed(seed), Setup.Settings.of(settings).corpus());
    }

    /** A setup with what is set of it. */
    Setup set(Setup setup) {
      return OptionPaths.set(setup, Setup.Settings.of(settings).setup());
    }
  }

  /** What can be made alone; in the order in which all are made. */
  public enum Part {
    /** The corpus beside those of the paper (paper Table 1). */
    TABLE1,
    /** All models compared (paper Table 2). */
    TABLE2,
    /** The pretraining losses (paper Table 3). */
    TABLE3,
    /** Epochs of pretraining (paper Figure 3). */
    FIG3,
    /** Weight of the query, by how often users search (paper Figure 4). */
    FIG4,
    /** How well items are found that were seldom or never a target of training. */
    COLD,
    /** What texts give, by how they become vectors: hashed words, latent semantics, sentences. */
    TEXT,
    /** The paper against its released code, switch by switch. */
    SWITCHES,
    /** Sequence models, and SEMINAR with what they know. */
    SEQUENCE,
    /** Recommendation and search from the same histories, learned together and apart. */
    JOINT,
    /** All models on exposures (paper Table 2, the column of the Alipay log). */
    CLICKS,
    /** Learning curves and a history, of the models that the report shows. */
    LEARNING,
    /** Recall of retrieval on the embeddings of a trained SEMINAR (paper Table 4). */
    TABLE4,
    /** Which pair of channels decides the order of events. */
    SHARES,
    /** Quality against the length of the history, on a world with a long memory. */
    LENGTH,
    /** What searches in place of the exact choice cost in ranking, on the same world. */
    SERVED,
    /** Time to rank a user against the length of the history. */
    COST,
    /** Recall of retrieval (paper Figure 2), its first panel at both settings. */
    FIG2,
    /** Every panel of Figure 2 at both settings, with graphs and hashes. */
    FIG2_ALL,
    /** Recall of retrieval against bytes and against time. */
    FRONTIER;

    /** As the command line names it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Those that are the same for every corpus. */
    public static final Set<Part> OF_DRAWN_VECTORS =
        Collections.unmodifiableSet(EnumSet.of(SHARES, COST, FIG2, FIG2_ALL, FRONTIER));

    /** Those that have a world of their own. */
    private static final Set<Part> OF_LONG_HISTORIES =
        Collections.unmodifiableSet(EnumSet.of(LENGTH, SERVED));
  }

  /** A reproduction that has not run. */
  public Reproduction(Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Makes all parts and the report of what the folder holds. Among several parts one that fails is
   * in {@link #failed} and does not stop the others.
   *
   * @return what there is to be shown
   * @throws IOException if a log, a finished run or a figure cannot be read or written
   * @throws IllegalArgumentException if the corpus has no reader or, for one part alone, it cannot
   *     be made of the corpus
   */
  public List<Table> run() throws IOException {
    prepare();
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    for (Part part : plan.parts()) {
      seconds.put(part, seconds(part));
    }
    double all = seconds.values().stream().mapToDouble(value -> value).sum();
    console.expect(all);
    List<Table> tables = new ArrayList<>();
    for (Part part : plan.parts()) {
      console.part(seconds.get(part) / all);
      if (plan.parts().size() == 1) {
        tables.addAll(make(part));
      } else {
        tables.addAll(makeAmongOthers(part));
      }
    }
    ReproductionReport.write(plan.out());
    return tables;
  }

  /** Parts that could not be made beside others, and why. */
  public Map<Part, RuntimeException> failed() {
    return Collections.unmodifiableMap(failed);
  }

  /** What a corpus cannot have is left out, and a part that fails does not stop the others. */
  private List<Table> makeAmongOthers(Part part) throws IOException {
    Optional<String> lacking = lacking(part);
    if (lacking.isPresent()) {
      console.remark("%s is left out: this corpus has %s".formatted(part.label(), lacking.get()));
      return List.of();
    }
    try {
      return make(part);
    } catch (RuntimeException e) {
      failed.put(part, e);
      console.remark("%s could not be made: %s".formatted(part.label(), e.getMessage()));
      return List.of();
    }
  }

  /** About how long a part takes on two cores, to share out the progress. */
  private double seconds(Part part) throws IOException {
    int sequences = plan.size().sequences().getFirst();
    double history = Comparison.secondsPerHistory(corpus);
    return 1
        + switch (part) {
          case TABLE2, SWITCHES -> comparison.newWork(part) * history;
          case TABLE3, FIG3, COLD -> pretraining.newWork(part) * history;
          case FIG4 -> queryWeight.newWork() * history;
          case TEXT -> text.work() * history;
          case SEQUENCE -> sequence.newWork() * history;
          case LEARNING -> learning.newWork() * history;
          case JOINT -> joint.work() * history;
          case CLICKS -> 10.0 * plan.seeds() * epochs() * corpus.histories().users() * history;
          case TABLE4 -> 7.0 * sequences;
          case FIG2 -> 1.0 * sequences;
          case FIG2_ALL -> recall().seconds();
          case FRONTIER -> 120;
          case TABLE1 -> 0;
          case SHARES -> 0.3 * sequences;
          case COST -> 10;
          case LENGTH -> length().seconds();
          case SERVED -> served().seconds();
        };
  }

  private List<Table> make(Part part) throws IOException {
    return switch (part) {
      case TABLE1 -> List.of(table1());
      case TABLE2 -> comparison.table2();
      case TABLE3 -> pretraining.table3();
      case FIG3 -> pretraining.figure3();
      case FIG4 -> queryWeight.run();
      case COLD -> pretraining.cold();
      case TEXT -> text.run();
      case SWITCHES -> comparison.switches();
      case SEQUENCE -> sequence.run();
      case JOINT -> joint.run();
      case CLICKS -> List.of(new ClicksJob(plan, console).run(corpus, features));
      case LEARNING -> List.of(learning.learn());
      case TABLE4 -> List.of(learning.retrieve());
      case FIG2 -> recall().first();
      case FIG2_ALL -> recall().all();
      case SHARES -> new CostJob(plan, console).shares();
      case COST -> new CostJob(plan, console).cost();
      case LENGTH -> length().run();
      case SERVED -> served().run();
      case FRONTIER -> new CostJob(plan, console).frontier();
    };
  }

  /** What the corpus has too little of for a part. */
  private Optional<String> lacking(Part part) {
    if (part == Part.CLICKS && corpus.exposures().isEmpty()) {
      return Optional.of("no exposures");
    }
    if (part == Part.JOINT && corpus.statistics().queryShare() == 0) {
      return Optional.of("no query that somebody typed");
    }
    if (part == Part.TABLE4 && Table4.length(corpus).isEmpty()) {
      return Optional.of("too few events");
    }
    return Optional.empty();
  }

  /** On a planted world of its own, or on the log. */
  private LengthJob length() throws IOException {
    if (length == null) {
      length =
          world == null
              ? LengthJob.on(corpus, features, plan, console)
              : LengthJob.on(remembering(), plan, console);
    }
    return length;
  }

  /** On the same. */
  private ServedJob served() throws IOException {
    if (served == null) {
      boolean log = world == null;
      served =
          new ServedJob(
              log ? corpus : remembering().corpus(),
              log ? features : Features.of(remembering()),
              log,
              plan,
              console);
    }
    return served;
  }

  /** The world with long histories. */
  private World remembering() {
    WorldOptions own = plan.set(plan.size().length().world());
    if (remembering == null) {
      remembering = world.options().equals(own) ? world : World.of(own);
    }
    return remembering;
  }

  private NormRecallJob recall() {
    return new NormRecallJob(plan, console, NormRecallJob.LENGTHS);
  }

  private Table table1() throws IOException {
    Table table = Table1.of(corpus.manifest().name(), corpus.statistics());
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("corpus", comparison.experiment().corpusOf());
    TableFile.write(table, more, plan.out(), "table1");
    return table;
  }

  private void prepare() throws IOException {
    console.step("corpus", 0);
    Setup.Settings settings = Setup.Settings.of(plan.settings());
    if (plan.corpus().equals(WORLD)) {
      world = World.of(plan.planted());
      corpus = world.corpus();
      features = Features.of(world);
    } else {
      corpus = Sources.read(plan.corpus(), plan.data(), settings.corpus(), Progress.silent());
      features = Features.of(corpus);
    }
    SeededGrid grid = new SeededGrid(plan, console, corpus, features);
    Setup setup = setup();
    Optional<WorldOptions> planted = Optional.ofNullable(world).map(World::options);
    comparison = new ComparisonJob(plan, grid, setup);
    pretraining = new PretrainingJob(plan, grid, setup);
    sequence = new SequenceJob(plan, grid, setup);
    queryWeight = new QueryWeightJob(plan, grid, setup, planted);
    text = new TextJob(plan, console, grid, features, setup);
    joint = new JointJob(plan, grid, setup);
    learning = new LearningJob(plan, console, grid, setup, Optional.ofNullable(world));
  }

  private Setup setup() {
    Setup laptop = Setup.laptop(plan.seed()).withBackend(plan.backend());
    int epochs = epochs();
    int pretraining = Math.min(epochs, plan.size().pretrainingEpochs());
    return plan.set(
        laptop
            .withTraining(laptop.training().withEpochs(epochs))
            .withPretraining(laptop.pretraining().withEpochs(pretraining)));
  }

  private int epochs() {
    return world != null ? plan.size().worldEpochs() : plan.size().logEpochs();
  }
}
