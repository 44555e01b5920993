package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Backend;
import seminar.compute.CpuBackend;
import seminar.compute.Nd4jBackend;
import seminar.compute.Targets;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.HeadOptions;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.train.Adam;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The assembled model on a small planted world. */
class SeminarModelTest {
  private static final World WORLD =
      World.of(WorldOptions.quick().withUsers(24).withItems(1200, 6));
  private static final Corpus CORPUS = WORLD.corpus();
  private static final Features FEATURES = features();

  private static Features features() {
    try {
      return Features.of(WORLD);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ModelOptions options(int recencyBuckets) {
    return ModelOptions.laptop()
        .withDims(40)
        .withLengths(12, 60)
        .with(ModelOptions.laptop().channels().withQueryWeight(0.4))
        .with(AttentionOptions.paper(12).withHeads(2).withRecency(recencyBuckets))
        .with(new HeadOptions(8, true, true, 0));
  }

  private static SeminarModel model(Backend backend, int recencyBuckets) {
    return new SeminarModel(backend, CORPUS, FEATURES, options(recencyBuckets), 5);
  }

  /** Two histories; three moments, one of them at the very start of a life. */
  private static LabelledBatch batch() {
    int[] items = {3, 7, 7, 11, 2, 9, 40, 41};
    int[] queries = {1, 0, 0, 2, 3, 0, 1, 0};
    Targets targets =
        new Targets(
            new int[] {0, 0, 5}, new int[] {0, 5, 8}, new int[] {0, 2, 4, 7}, new int[] {0, 2, 3});
    Batch batch =
        new Batch(
            items,
            queries,
            targets,
            new int[] {3, 8, 9, 10, 42, 3, 5},
            new int[] {0, 0, 2, 2, 0, 0, 0});
    return new LabelledBatch(batch, new float[] {1, 0, 1, 0, 1, 0, 0}, 1);
  }

  /**
   * The derivative along a random direction of each parameter. Float arithmetic allows no better
   * than about one per cent, which is enough to see a missing or doubled term; each operation is
   * checked to 1e-4 by the contract test. The step is small, so that hardly any ReLU changes sides
   * within it.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void everyGradientAgreesWithItsDirectionalDerivative(int recencyBuckets) {
    SeminarModel model = model(CpuBackend.of(Workers.of(2)), recencyBuckets);
    LabelledBatch batch = batch();
    Parameters parameters = model.parameters();
    for (Parameter parameter : parameters.all()) {
      float[] start = parameter.value().toArray();
      if (start.length == 0) {
        continue;
      }
      model.gradients(batch);
      float[] direction = new float[start.length];
      double analytic = direction(parameter, direction);
      double step = 1e-3;
      parameter.set(moved(start, direction, step));
      double above = model.gradients(batch).total();
      parameter.set(moved(start, direction, -step));
      double below = model.gradients(batch).total();
      parameter.set(start);
      double numeric = (above - below) / (2 * step);
      double scale = Math.max(0.02, Math.abs(numeric));
      assertEquals(numeric, analytic, 0.02 * scale, parameter.name());
    }
  }

  /** Unit direction with a part along the gradient, so that the derivative is not near zero. */
  private static double direction(Parameter parameter, float[] direction) {
    Rng.gaussian(Rng.stream("test/" + parameter.name(), 3), direction, 0.3);
    float[] gradient = parameter.gradient().toArray();
    int cols = parameter.value().cols();
    double norm = 0;
    for (float g : gradient) {
      norm += (double) g * g;
    }
    float boost = (float) (1 / Math.max(1e-12, Math.sqrt(norm)));
    for (int i = 0; i < parameter.rows().length; i++) {
      for (int c = 0; c < cols; c++) {
        direction[parameter.rows()[i] * cols + c] += boost * gradient[i * cols + c];
      }
    }
    double length = 0;
    for (float v : direction) {
      length += (double) v * v;
    }
    double derivative = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] /= (float) Math.sqrt(length);
    }
    for (int i = 0; i < parameter.rows().length; i++) {
      for (int c = 0; c < cols; c++) {
        derivative += (double) gradient[i * cols + c] * direction[parameter.rows()[i] * cols + c];
      }
    }
    return derivative;
  }

  private static float[] moved(float[] start, float[] direction, double step) {
    float[] values = new float[start.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (start[i] + step * direction[i]);
    }
    return values;
  }

  @Test
  void bothBackendsGiveTheSameScoresAndGradients() {
    SeminarModel fast = model(CpuBackend.of(Workers.of(2)), 3);
    SeminarModel portable = model(new Nd4jBackend(), 3);
    assertArrayEquals(fast.score(batch().batch()), portable.score(batch().batch()), 1e-5f);
    StepLoss loss = fast.gradients(batch());
    assertEquals(loss.total(), portable.gradients(batch()).total(), 1e-6);
    assertEquals(Map.of("click", loss.total()), loss.terms());
    for (Parameter parameter : fast.parameters().all()) {
      Parameter other = portable.parameters().get(parameter.name());
      assertArrayEquals(parameter.rows(), other.rows());
      assertArrayEquals(
          parameter.gradient().toArray(), other.gradient().toArray(), 1e-5f, parameter.name());
    }
  }

  @Test
  void aBatchWithoutAnyQueryTrains() {
    SeminarModel model = model(CpuBackend.of(Workers.of(1)), 3);
    Batch batch = batch().batch();
    Batch silent =
        new Batch(
            batch.items(),
            new int[batch.items().length],
            batch.targets(),
            batch.candidateItems(),
            new int[batch.candidateItems().length]);
    LabelledBatch labelled = new LabelledBatch(silent, batch().labels(), 1);
    assertTrue(Double.isFinite(model.gradients(labelled).total()));
    assertEquals(0, model.parameters().get("channel/keyword").rows().length);
  }

  @Test
  void anOrderlessModelDoesNotSeeTheOrderOfEvents() {
    SeminarModel model =
        new SeminarModel(CpuBackend.of(Workers.of(1)), CORPUS, FEATURES, options(0), 5);
    Targets targets = new Targets(new int[] {0}, new int[] {4}, new int[] {0, 1}, new int[] {0, 1});
    int[] one = {5};
    int[] none = {0};
    float[] forward =
        model.score(new Batch(new int[] {1, 2, 3, 4}, new int[] {1, 0, 2, 0}, targets, one, none));
    float[] backward =
        model.score(new Batch(new int[] {4, 3, 2, 1}, new int[] {0, 2, 0, 1}, targets, one, none));
    assertEquals(forward[0], backward[0], 1e-6);
  }

  @Test
  void trainingLowersTheLossAndIsTheSameBitsForAnyNumberOfThreads() {
    List<Double> losses = new ArrayList<>();
    Map<String, float[]> one = train(1, losses);
    assertTrue(losses.getLast() < 0.9 * losses.getFirst(), "the loss does not fall: " + losses);
    for (int threads : new int[] {2, 5}) {
      Map<String, float[]> many = train(threads, new ArrayList<>());
      one.forEach((name, values) -> assertArrayEquals(values, many.get(name), name));
    }
  }

  private static Map<String, float[]> train(int threads, List<Double> losses) {
    try (Workers workers = Workers.of(threads)) {
      Backend backend = CpuBackend.of(workers);
      SeminarModel model = model(backend, 4);
      TrainOptions options = new TrainOptions(8, 8, 16, 2, Adam.Options.withRate(5e-3), 11);
      TrainingBatches batches =
          new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 60, options);
      int[] epoch = {0};
      new Trainer(backend, model, batches, options)
          .train(() -> epoch[0]++, TrainListener.silent())
          .forEach(row -> losses.add(row.loss()));
      return model.parameters().snapshot();
    }
  }
}
