package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.experiment.ExplainedLife;
import seminar.experiment.NormRecall;
import seminar.experiment.Provenance;
import seminar.experiment.RankingExperiment;
import seminar.experiment.RankingExperiment.Pretrained;
import seminar.experiment.RankingExperiment.Trained;
import seminar.experiment.ResultTable;
import seminar.experiment.Run;
import seminar.experiment.Setup;
import seminar.experiment.Table4;
import seminar.figure.LearningCurves;
import seminar.figure.LifeStrip;
import seminar.figure.TableFile;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.search.PairVectors;
import seminar.train.TrainListener;
import seminar.world.World;
import tech.tablesaw.api.Table;

/** What needs trained models, not their ranks alone: learning curves, a life, paper Table 4. */
final class LearningJob {
  private static final String ORDERLESS = "target attention";
  private static final String SEMINAR = "SEMINAR";
  private static final String RECENCY = "SEMINAR with recency";
  private static final int RECENCY_BUCKETS = 8;
  private static final int TABLE4_LENGTH = 2000;

  private final Reproduction.Plan plan;
  private final Console console;
  private final RankingExperiment experiment;
  private final Corpus corpus;
  private final Function<ModelOptions, Setup> setups;
  private final Optional<World> world;
  private final Map<String, Map<String, Double>> rankings = new LinkedHashMap<>();
  private final List<Trained> trained = new ArrayList<>();

  /**
   * A job on one corpus.
   *
   * @param setups how a model of these options is trained
   * @param world what the corpus was planted by; none for a log
   */
  LearningJob(
      Reproduction.Plan plan,
      Console console,
      RankingExperiment experiment,
      Corpus corpus,
      Function<ModelOptions, Setup> setups,
      Optional<World> world) {
    this.plan = plan;
    this.console = console;
    this.experiment = experiment;
    this.corpus = corpus;
    this.setups = setups;
    this.world = world;
    rankings.put("popularity", experiment.popularity().summary());
  }

  /**
   * Trains three models and draws how they learn, and a life where the world has pictures.
   *
   * @return how they rank, beside popularity
   */
  Table learn() throws IOException {
    ModelOptions model = ModelOptions.laptop();
    train(ORDERLESS, model.with(ModelOptions.Restoring.NONE), 0.2);
    pretrainAndTrain(SEMINAR, model, 0.35);
    pretrainAndTrain(RECENCY, model.withRecency(RECENCY_BUCKETS), 0.35);
    List<Run> runs = trained.stream().map(Trained::run).toList();
    LearningCurves.draw(runs, experiment.popularityOnValidation(), file("learning.png"));
    if (world.isPresent()) {
      drawLife(world.get());
    }
    String title =
        "One held-out item among 99 uniform negatives, %,d users"
            .formatted(experiment.test().users());
    return ResultTable.rankings(title, rankings);
  }

  private void train(String name, ModelOptions options, double share) throws IOException {
    Setup setup = setups.apply(options);
    train(name, setup, Optional.empty(), share);
  }

  private void pretrainAndTrain(String name, ModelOptions options, double share)
      throws IOException {
    Setup setup = setups.apply(options);
    console.step("pretraining " + name, 0.4 * share);
    Pretrained unit = experiment.pretrain(setup, listener(setup.pretraining().epochs()));
    train(name, setup, Optional.of(unit), 0.6 * share);
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
  Table retrieve() throws IOException {
    if (trained.stream().noneMatch(model -> model.run().name().equals(SEMINAR))) {
      pretrainAndTrain(SEMINAR, ModelOptions.laptop(), 0.5);
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
            Workers.common(),
            (what, at, total) -> console.at((double) at / Math.max(1, total)));
    Table table = Table4.table(corpus.manifest().name(), result);
    TableFile.write(table, Map.of("result", result, "run", model.run()), plan.out(), "table4");
    return table;
  }

  private void drawLife(World pictures) throws IOException {
    Trained first = trained.getFirst();
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("seed", plan.seed());
    provenance.put("made", Provenance.here(Workers.common().threads()));
    provenance.put("corpus", first.run().corpus());
    provenance.put("setup", first.run().setup());
    ExplainedLife life = ExplainedLife.telling(first.model(), corpus, experiment.test(), 64);
    LifeStrip.draw(
        life, 16, 4, pictures::pictureOf, corpus.catalog()::text, provenance, file("life.png"));
  }

  private Path file(String name) {
    return plan.out().resolve(name);
  }
}
