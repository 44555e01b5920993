package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.ClickSplit;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.PairedBootstrap;
import seminar.search.Method;
import seminar.train.ClickBatches;
import seminar.train.ExposureFeatures;
import seminar.train.LabelledBatch;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/** Clicks on the exposures of a small planted world. */
class ClickExperimentTest {
  private static final World WORLD = World.of(WorldOptions.quick());
  private static final Corpus CORPUS = WORLD.corpus();
  private static final Exposures EXPOSURES = CORPUS.exposures().orElseThrow();
  private static final ClickSplit SPLIT = ClickExperiment.latest(CORPUS, 0.1, 0.2);

  private static Setup setup(int epochs) {
    Setup laptop = Setup.laptop(3);
    return ClickComparison.setup(laptop.withTraining(laptop.training().withEpochs(epochs)), CORPUS);
  }

  @Test
  void theLatestExposuresAreTestedAndNothingIsInTwoStages() {
    long all = 0;
    for (ClickSplit.Stage stage : ClickSplit.Stage.values()) {
      all += SPLIT.exposures(stage);
    }
    assertEquals(EXPOSURES.size(), all);
    double share = (double) SPLIT.exposures(ClickSplit.Stage.TEST) / all;
    assertEquals(0.2, share, 0.01);
  }

  @Test
  void noFeatureOfAnExposureSeesItsOwnAnswerOrALaterOne() {
    ExposureFeatures features = features(EXPOSURES);
    // the same log with the answers of the latest half turned round
    long[] times = new long[(int) EXPOSURES.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = EXPOSURES.time(i);
    }
    java.util.Arrays.sort(times);
    long middle = times[times.length / 2];
    Exposures.Builder turned = new Exposures.Builder(true);
    for (int user = 0; user < EXPOSURES.users(); user++) {
      turned.user();
      for (long e = EXPOSURES.start(user); e < EXPOSURES.start(user + 1); e++) {
        boolean late = EXPOSURES.time(e) >= middle;
        turned.add(
            EXPOSURES.item(e),
            EXPOSURES.query(e),
            late != EXPOSURES.clicked(e),
            EXPOSURES.position(e),
            EXPOSURES.time(e));
      }
    }
    ExposureFeatures others = features(turned.build());
    float[] one = new float[ExposureFeatures.COUNT];
    float[] other = new float[ExposureFeatures.COUNT];
    int differing = 0;
    for (long e = 0; e < EXPOSURES.size(); e++) {
      features.copy(e, one, 0);
      others.copy(e, other, 0);
      if (EXPOSURES.time(e) <= middle) {
        assertArrayEquals(one, other, "exposure " + e);
      } else {
        differing += java.util.Arrays.equals(one, other) ? 0 : 1;
      }
    }
    assertTrue(differing > 0, "later ones know the answers before them");
  }

  private static ExposureFeatures features(Exposures exposures) {
    return new ExposureFeatures(CORPUS.histories(), exposures, SPLIT, CORPUS.catalog().size(), 200);
  }

  @Test
  void aBatchHoldsTrainingExposuresWithTheirAnswers() {
    TrainOptions options = TrainOptions.laptop(5).withBatches(16, 4, 1);
    ClickBatches batches = new ClickBatches(CORPUS, SPLIT, features(EXPOSURES), true, 200, options);
    LabelledBatch batch = batches.batch(1, 0, batches.order(1));
    int[] items = batch.batch().candidateItems();
    assertTrue(items.length > 16 && items.length <= 64, "" + items.length);
    assertEquals(items.length * ExposureFeatures.COUNT, batch.batch().side().length);
    LabelledBatch again = batches.batch(1, 0, batches.order(1));
    assertArrayEquals(items, again.batch().candidateItems());
    double clicks = 0;
    for (float label : batch.labels()) {
      clicks += label;
    }
    assertTrue(clicks > 0 && clicks < items.length);
    ClickBatches warm =
        new ClickBatches(
            CORPUS, SPLIT, features(EXPOSURES), true, 200, options.withWarmStart(1, 3));
    assertTrue(batch.batch().groups().mostEvents() > 3);
    assertEquals(3, warm.batch(1, 0, warm.order(1)).batch().groups().mostEvents());
    assertArrayEquals(
        batches.batch(2, 0, batches.order(2)).batch().items(),
        warm.batch(2, 0, warm.order(2)).batch().items());
  }

  @Test
  void aTrainedModelPredictsFarBetterThanClickRates() throws Exception {
    ClickExperiment experiment =
        new ClickExperiment(CORPUS, Features.of(WORLD), Workers.common(), SPLIT);
    ClickReport rates = experiment.rates();
    ClickExperiment.Trained trained =
        experiment.train(setup(10).withMethod(new Method.Twin()), TrainListener.silent());
    assertTrue(
        trained.report().auc() > rates.auc() + 0.02,
        trained.report().auc() + " against " + rates.auc());
    assertTrue(
        trained.report().logLoss() < rates.logLoss() + 0.01,
        trained.report().logLoss() + " against " + rates.logLoss());
    assertEquals(1, trained.report().calibration().ratio(), 0.15);
  }

  @Test
  void everyMethodIsARowAndWhatWasTrainedIsNotTrainedAgain(@TempDir Path folder) throws Exception {
    World small = World.of(WorldOptions.quick().withUsers(40));
    Features features = Features.of(small);
    ClickComparison comparison =
        new ClickComparison(small.corpus(), features, Workers.common(), folder);
    Comparison.Listener silent = Comparison.Listener.silent();
    Setup one = setup(1);
    Setup setup = one.withPretraining(one.pretraining().withEpochs(1));
    List<Long> seeds = List.of(3L, 4L);
    List<ClickComparison.ClickRun> runs = comparison.run(setup, seeds, silent);
    Map<String, String> missing = Map.of("a peer", "not applicable, because nobody searched");
    Map<String, PairedBootstrap> differences = comparison.differences(runs);
    ClickTable made = new ClickTable("world", runs, differences, missing);
    Table table = made.table();
    assertEquals((runs.size() - 1) / 2 + 2, table.rowCount(), "click rates have no seed");
    Map<String, Double> areas = new java.util.HashMap<>();
    for (ClickComparison.ClickRun run : runs) {
      boolean pretrained = run.name().startsWith("SEMINAR") && !run.name().contains("no pre");
      assertEquals(pretrained ? 1 : 0, run.pretraining().size(), run.name());
      double share = run.name().equals("click rates") ? 1 : 0.5;
      areas.merge(run.name(), share * run.test().get("AUC"), Double::sum);
    }
    assertTrue(areas.containsKey("SEMINAR") && areas.containsKey("TWIN, as many steps"));
    assertEquals(areas.size() - 1, differences.size());
    differences.forEach(
        (name, less) ->
            assertEquals(areas.get(name) - areas.get("SEMINAR"), less.difference(), 1e-9, name));
    assertTrue(made.made().get("differences").toString().contains("seeds=2"), "" + made.made());
    assertTrue(table.printAll().contains("nobody searched"), table.printAll());
    assertTrue(runs.stream().anyMatch(run -> run.name().equals("SDIM")));
    Path twin;
    try (var files = Files.newDirectoryStream(folder, "twin-seed3-*.json")) {
      twin = files.iterator().next();
    }
    byte[] file = Files.readAllBytes(twin);
    List<ClickComparison.ClickRun> again = comparison.run(setup, seeds, silent);
    assertArrayEquals(file, Files.readAllBytes(twin));
    assertEquals(runs.getLast().test(), again.getLast().test());
  }

  @Test
  void pretrainingKnowsNothingThatWasTakenAfterTheTrainingDays() throws Exception {
    World world = World.of(WorldOptions.quick().withUsers(40));
    Corpus small = world.corpus();
    Features features = Features.of(world); // of the same items in both
    ClickSplit split = ClickExperiment.latest(small, 0.1, 0.2);
    Histories histories = small.histories();
    Histories.Builder other = new Histories.Builder(true, false);
    for (int user = 0; user < histories.users(); user++) {
      other.user(histories.userId(user));
      for (long e = histories.start(user); e < histories.start(user + 1); e++) {
        boolean late = histories.time(e) >= split.validationFrom();
        int item = late ? 1 + histories.item(e) % small.catalog().size() : histories.item(e);
        other.add(item, late ? 0 : histories.query(e), histories.time(e), (byte) 0);
      }
    }
    Corpus changed =
        new Corpus(
            small.manifest(),
            small.catalog(),
            small.queries(),
            other.build(),
            small.exposures(),
            Optional.empty(),
            small.features());
    Setup setup = setup(1);
    setup = setup.withPretraining(setup.pretraining().withEpochs(1));
    ClickPretraining one = pretrained(small, features, split, setup);
    ClickPretraining two = pretrained(changed, features, split, setup);
    assertEquals(one.weights().keySet(), two.weights().keySet());
    one.weights().forEach((name, w) -> assertArrayEquals(w, two.weights().get(name), name));
    assertTrue(one.weights().keySet().stream().noneMatch(name -> name.startsWith("head/")));
  }

  private static ClickPretraining pretrained(
      Corpus corpus, Features features, ClickSplit split, Setup setup) {
    return new ClickExperiment(corpus, features, Workers.common(), split)
        .pretrain(setup, TrainListener.silent());
  }

  @Test
  void answersOfOneKindHaveNoArea() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ClickReport.of(new int[3], new float[3], new boolean[3]))
            .getMessage();
    assertTrue(message.contains("0 of 3 exposures were clicked"), message);
  }
}
