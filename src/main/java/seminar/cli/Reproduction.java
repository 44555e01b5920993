package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.experiment.ExplainedLife;
import seminar.experiment.Grid;
import seminar.experiment.NormRecall;
import seminar.experiment.Provenance;
import seminar.experiment.RankingExperiment;
import seminar.experiment.RankingExperiment.Pretrained;
import seminar.experiment.RankingExperiment.Trained;
import seminar.experiment.ResultTable;
import seminar.experiment.Run;
import seminar.experiment.Setup;
import seminar.experiment.Table4;
import seminar.feature.Features;
import seminar.figure.Fig2NormRecall;
import seminar.figure.LearningCurves;
import seminar.figure.LifeStrip;
import seminar.figure.TableFile;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.report.ReproductionReport;
import seminar.search.PairVectors;
import seminar.source.Sources;
import seminar.train.TrainListener;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/**
 * The main job: a corpus, models trained on it, retrieval measured, figures and the report drawn.
 */
final class Reproduction {
  private static final String ORDERLESS = "target attention";
  private static final String SEMINAR = "SEMINAR";
  private static final String RECENCY = "SEMINAR with recency";
  private static final int RECENCY_BUCKETS = 8;
  private static final int TABLE4_LENGTH = 2000;
  private static final double LIVES_PER_SECOND = 600;
  private static final ModelOptions LAPTOP = ModelOptions.laptop();

  private final Plan plan;
  private final Console console;
  private final Workers workers = Workers.common();
  private World world;
  private Corpus corpus;
  private Features features;
  private RankingExperiment experiment;
  private Grid grid;
  private GridJob grids;
  private final Map<String, Map<String, Double>> rankings = new LinkedHashMap<>();
  private final List<Trained> trained = new ArrayList<>();
  private List<NormRecall.Result> recall;

  /**
   * What is to be run.
   *
   * @param corpus name of the corpus; {@code world} for the built-in one
   * @param data folder of its logs; none for the built-in world
   * @param settings options of its reader
   * @param size how large
   * @param seed of everything
   * @param seeds how many seeds a comparison of models has, from {@code seed} on
   * @param parts what is made
   * @param out folder of the figures
   */
  record Plan(
      String corpus,
      Path data,
      Map<String, String> settings,
      Scale.Size size,
      long seed,
      int seeds,
      Set<Part> parts,
      Path out) {
    boolean has(Part part) {
      return parts.contains(part);
    }
  }

  /** What can be made alone; in the order in which all are made. */
  enum Part {
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
    /** The paper against its released code, switch by switch. */
    SWITCHES,
    /** All models on exposures (paper Table 2, the column of the Alipay log). */
    CLICKS,
    /** Learning curves and a life, of the models that the report shows. */
    LEARNING,
    /** Recall of retrieval on the embeddings of a trained SEMINAR (paper Table 4). */
    TABLE4,
    /** Which pair of channels decides the order of events. */
    SHARES,
    /** Time to rank a user against the length of the life. */
    COST,
    /** Recall of retrieval (paper Figure 2), its first panel at both settings. */
    FIG2,
    /** Every panel of Figure 2 at both settings, with graphs and hashes. */
    FIG2_ALL,
    /** Recall of retrieval against bytes and against time. */
    FRONTIER
  }

  Reproduction(Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Makes all parts.
   *
   * @return what there is to be shown
   */
  List<Table> run() throws IOException {
    prepare();
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    for (Part part : plan.parts()) {
      seconds.put(part, seconds(part));
    }
    double all = seconds.values().stream().mapToDouble(value -> value).sum();
    List<Table> tables = new ArrayList<>();
    for (Part part : plan.parts()) {
      console.part(seconds.get(part) / all);
      tables.addAll(make(part));
    }
    draw();
    return tables;
  }

  /** About how long a part takes on two cores, to share out the progress. */
  private double seconds(Part part) throws IOException {
    double lives = grids.missingWork(part);
    int sequences = plan.size().sequences().getFirst();
    return 1
        + switch (part) {
          case TABLE2, TABLE3, FIG3, FIG4, COLD, SWITCHES -> lives / LIVES_PER_SECOND;
          case LEARNING, CLICKS -> 5.0 * epochs() * corpus.histories().users() / LIVES_PER_SECOND;
          case TABLE4 -> 8.0 * sequences;
          case FIG2 -> 4.0 * sequences;
          case FIG2_ALL -> 150.0 * sequences;
          case FRONTIER -> 120;
          case SHARES -> sequences;
          case COST -> 40;
        };
  }

  private List<Table> make(Part part) throws IOException {
    return switch (part) {
      case TABLE2 -> List.of(new ComparisonJob(plan, console).run(grid, setup(LAPTOP)));
      case TABLE3 -> grids.table3();
      case FIG3 -> List.of(grids.figure3());
      case FIG4 -> grids.figure4();
      case COLD -> grids.cold();
      case SWITCHES -> List.of(grids.switches());
      case CLICKS -> List.of(new ClicksJob(plan, console).run(corpus, features));
      case LEARNING -> {
        learn();
        yield List.of(table());
      }
      case TABLE4 -> List.of(retrieveLearned());
      case FIG2 -> {
        retrieve();
        yield List.of();
      }
      case FIG2_ALL -> {
        new RecallGridJob(plan, console).run();
        yield List.of();
      }
      case SHARES -> {
        new CostJob(plan, console).shares();
        yield List.of();
      }
      case COST -> {
        new CostJob(plan, console).cost();
        yield List.of();
      }
      case FRONTIER -> List.of(new FrontierJob(plan, console).run());
    };
  }

  private void learn() throws IOException {
    ModelOptions model = LAPTOP;
    train(ORDERLESS, model.with(ModelOptions.Restoring.NONE), 0.2);
    pretrainAndTrain(SEMINAR, model, 0.35);
    pretrainAndTrain(RECENCY, model.withRecency(RECENCY_BUCKETS), 0.35);
  }

  private void prepare() throws IOException {
    console.step("corpus", 0);
    if (plan.corpus().equals(ReproduceCommand.WORLD)) {
      world = World.of(plan.size().world().withSeed(plan.seed()));
      corpus = world.corpus();
      features = Features.of(world);
    } else {
      corpus = Sources.byName(plan.corpus(), plan.settings()).read(plan.data(), Progress.silent());
      features = Features.of(corpus);
    }
    experiment = new RankingExperiment(corpus, features, workers, plan.seed());
    grid = new Grid(corpus, features, workers, plan.seed(), GridJob.runs(plan));
    Optional<WorldOptions> planted =
        world == null ? Optional.empty() : Optional.of(plan.size().world().withSeed(plan.seed()));
    grids = new GridJob(plan, console, grid, setup(LAPTOP), planted);
    rankings.put("popularity", experiment.popularity().summary());
  }

  private void train(String name, ModelOptions options, double share) throws IOException {
    Setup setup = setup(options);
    train(name, setup, Optional.empty(), share);
  }

  private void pretrainAndTrain(String name, ModelOptions options, double share)
      throws IOException {
    Setup setup = setup(options);
    console.step("pretraining " + name, 0.4 * share);
    Pretrained unit = experiment.pretrain(setup, listener(setup.pretraining().epochs()));
    train(name, setup, Optional.of(unit), 0.6 * share);
  }

  private Setup setup(ModelOptions options) {
    Setup laptop = Setup.laptop(plan.seed()).with(options);
    int epochs = epochs();
    int pretraining = Math.min(epochs, plan.size().pretrainingEpochs());
    return laptop
        .withTraining(laptop.training().withEpochs(epochs))
        .withPretraining(laptop.pretraining().withEpochs(pretraining));
  }

  private int epochs() {
    return world != null ? plan.size().worldEpochs() : plan.size().logEpochs();
  }

  private void train(String name, Setup setup, Optional<Pretrained> unit, double share)
      throws IOException {
    console.step("training " + name, share);
    TrainListener listener = listener(setup.training().epochs());
    Trained result = experiment.train(name, setup, unit, listener, Progress.silent());
    trained.add(result);
    rankings.put(name, result.report().summary());
    String file = name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-seed" + plan.seed() + ".json";
    result.run().write(plan.out().resolve("runs").resolve(file));
  }

  private TrainListener listener(int epochs) {
    return new TrainListener() {
      @Override
      public void step(Step step) {
        console.at((step.epoch() - 1 + (double) step.batch() / step.batches()) / epochs);
      }

      @Override
      public void epoch(Epoch result) {
        console.at((double) result.epoch() / epochs);
      }
    };
  }

  /** Paper Table 4, on the vectors of SEMINAR as it was trained for the other parts, or now. */
  private Table retrieveLearned() throws IOException {
    if (trained.stream().noneMatch(model -> model.run().name().equals(SEMINAR))) {
      pretrainAndTrain(SEMINAR, LAPTOP, 0.5);
    }
    Trained model =
        trained.stream()
            .filter(each -> each.run().name().equals(SEMINAR))
            .findFirst()
            .orElseThrow();
    console.step("retrieval of learned vectors", 0.4);
    PairVectors vectors = model.model().vectors();
    NormRecall.Options options =
        Table4.options(vectors, TABLE4_LENGTH, plan.size().sequences().getFirst(), plan.seed());
    NormRecall.Result result =
        Table4.run(
            vectors,
            corpus,
            options,
            workers,
            (what, at, total) -> console.at((double) at / Math.max(1, total)));
    Table table = Table4.table(corpus.manifest().name(), result);
    TableFile.write(table, Map.of("result", result, "run", model.run()), plan.out(), "table4");
    return table;
  }

  private void retrieve() {
    console.step("retrieval", 0.05);
    recall = new ArrayList<>();
    List<NormRecall.Options> panels =
        List.of(NormRecall.Options.script(), NormRecall.Options.printed());
    for (NormRecall.Options panel : panels) {
      NormRecall.Options sized = panel.repeated(plan.size().sequences().getFirst(), plan.seed());
      double done = recall.size() / (double) panels.size();
      Progress part =
          (what, at, total) -> console.at(done + (double) at / Math.max(1, total) / panels.size());
      recall.add(NormRecall.run(sized, workers, part));
    }
  }

  private void draw() throws IOException {
    console.step("figures", 0.02);
    List<Run> runs = trained.stream().map(Trained::run).toList();
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.seed());
    made.put("made", Provenance.here(workers.threads()));
    if (plan.has(Part.LEARNING)) {
      LearningCurves.draw(runs, experiment.popularityOnValidation(), file("learning.png"));
    }
    if (plan.has(Part.LEARNING) && world != null) {
      drawLife(new LinkedHashMap<>(made));
    }
    if (plan.has(Part.FIG2)) {
      Fig2NormRecall.draw(recall, 2, file("fig2_norm_recall.png"), made);
    }
    ReproductionReport.write(plan.out());
  }

  private void drawLife(Map<String, Object> provenance) throws IOException {
    Trained first = trained.getFirst();
    provenance.put("corpus", first.run().corpus());
    provenance.put("setup", first.run().setup());
    ExplainedLife life = ExplainedLife.telling(first.model(), corpus, experiment.test(), 64);
    LifeStrip.draw(
        life, 16, 4, world::pictureOf, corpus.catalog()::text, provenance, file("life.png"));
  }

  private Table table() {
    String title =
        "One held-out item among 99 uniform negatives, %,d users"
            .formatted(experiment.test().users());
    return ResultTable.rankings(title, rankings);
  }

  private Path file(String name) {
    return plan.out().resolve(name);
  }

  /** Text of every cell of a table, as it prints. */
  static List<List<String>> cells(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < table.columnCount(); column++) {
        cells.add(table.getString(row, column));
      }
      rows.add(cells);
    }
    return rows;
  }
}
