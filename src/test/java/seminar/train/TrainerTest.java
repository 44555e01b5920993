package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.train.TrainListener.Epoch;
import seminar.train.TrainListener.Step;

class TrainerTest {
  private static final Backend BACKEND = Backends.cpu().on(Workers.of(1));

  private final ToyModel model = new ToyModel();
  private final List<Step> steps = new ArrayList<>();
  private final List<Map<String, float[]>> afterEpochs = new ArrayList<>();

  private final TrainListener listener =
      new TrainListener() {
        @Override
        public void step(Step step) {
          steps.add(step);
        }

        @Override
        public void epoch(Epoch result) {}
      };

  private List<Epoch> train(TrainOptions options, double... measures) {
    return train(model, options, measures);
  }

  private List<Epoch> train(Trainable trained, TrainOptions options, double... measures) {
    return new Trainer(BACKEND, trained, ToyModel.batches(options), options)
        .train(
            () -> {
              afterEpochs.add(model.parameters().snapshot());
              return measures[afterEpochs.size() - 1];
            },
            listener);
  }

  private void assertModelIs(Map<String, float[]> expected) {
    expected.forEach(
        (name, values) ->
            assertArrayEquals(values, model.parameters().get(name).value().toArray(), name));
  }

  @Test
  void theNormIsThatOfAllNumbersOfUnfrozenGradientsAndClippingScalesThem() {
    Parameters parameters = new Parameters(1);
    Parameter dense = parameters.dense("dense", 5, 7, 0);
    Parameter table = parameters.table("table", 100, 3, 0);
    Parameter frozen = parameters.dense("frozen", 2, 2, 0);
    frozen.freeze(true);
    float[] first = new float[35];
    float[] second = new float[12];
    Rng.gaussian(Rng.stream("first", 1), first, 2);
    Rng.gaussian(Rng.stream("second", 1), second, 30);
    dense.gradient().set(first);
    table.touch(new int[] {7, 1, 99, 4}).set(second);
    frozen.gradient().set(new float[] {1e30f, 0, 0, Float.NaN});
    double naive = 0;
    for (float[] part : List.of(first, second)) {
      for (float g : part) {
        naive += (double) g * g;
      }
    }
    naive = Math.sqrt(naive);
    GradientNorm norms = new GradientNorm(BACKEND);
    assertEquals(naive, norms.of(parameters), 1e-6 * naive);
    norms.clip(parameters, naive, naive + 1);
    assertArrayEquals(first, dense.gradient().toArray());
    norms.clip(parameters, naive, 0.5);
    assertEquals(0.5, norms.of(parameters), 1e-6);
    assertEquals(second[3] * 0.5 / naive, table.gradient().get(1, 0), 1e-6);
    assertEquals(1e30f, frozen.gradient().get(0, 0));
  }

  @Test
  void clippingChangesTheStepsThatAreLongerAndReportsTheirLength() {
    train(ToyModel.options().withEpochs(1), 0);
    double longest = steps.stream().mapToDouble(Step::gradientNorm).max().orElseThrow();
    Map<String, float[]> free = model.parameters().snapshot();
    for (double clip : new double[] {2 * longest, longest / 100}) {
      ToyModel other = new ToyModel();
      steps.clear();
      afterEpochs.clear();
      train(other, ToyModel.options().withEpochs(1).withClip(clip), 0);
      assertTrue(steps.getFirst().gradientNorm() > longest / 100);
      float[] weights = other.parameters().get("weights").value().toArray();
      if (clip > longest) {
        assertArrayEquals(free.get("weights"), weights);
      } else {
        assertNotEquals(free.get("weights")[0], weights[0]);
      }
    }
  }

  @Test
  void trainingStopsWhenPatienceRunsOutAndKeepsTheFirstOfTheBest() {
    TrainOptions options = ToyModel.options().withEpochs(9).withPatience(3);
    List<Epoch> rows = train(options, 0.1, 0.3, 0.2, 0.25, 0.3, 0.9);
    assertEquals(5, rows.size());
    assertEquals(List.of(true, true, false, false, false), rows.stream().map(Epoch::best).toList());
    assertModelIs(afterEpochs.get(1));
  }

  @Test
  void withoutPatienceAllEpochsAreTrainedAndTheLastCanBeKept() {
    TrainOptions options = ToyModel.options().withEpochs(4).withKeep(TrainOptions.Keep.LAST);
    assertEquals(4, train(options, -1, -2, -3, -4).size());
    assertModelIs(afterEpochs.getLast());
  }

  @Test
  void everyStepTellsItsTermsAndTheEpochTheirMeans() {
    List<Epoch> rows = train(ToyModel.options().withEpochs(1), 0);
    int batches = ToyModel.batches(ToyModel.options()).perEpoch();
    assertEquals(batches, steps.size());
    Step last = steps.getLast();
    assertEquals(List.of(1, batches, batches), List.of(last.epoch(), last.batch(), last.batches()));
    assertEquals(20, steps.stream().mapToInt(Step::users).sum());
    assertEquals(List.of("click", "noise"), List.copyOf(rows.getFirst().terms().keySet()));
    double noise = steps.stream().mapToDouble(s -> s.loss().terms().get("noise")).sum();
    assertEquals(noise / batches, rows.getFirst().terms().get("noise"), 1e-12);
    double total = steps.stream().mapToDouble(s -> s.loss().total()).sum();
    assertEquals(total / batches, rows.getFirst().loss(), 1e-12);
  }

  @Test
  void noTwoBatchesHandTheSameSeedToTheModel() {
    TrainingBatches batches = ToyModel.batches(ToyModel.options());
    List<Long> seeds = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int b = 0; b < batches.perEpoch(); b++) {
        seeds.add(batches.batch(epoch, b, batches.order(epoch)).seed());
      }
    }
    assertEquals(seeds.size(), seeds.stream().distinct().count());
    assertEquals(seeds.getFirst(), batches.batch(1, 0, batches.order(1)).seed());
  }

  @Test
  void aParameterThatIsNotFiniteIsNamed() {
    poison("weights", 1);
    String message = failure(model, 0);
    assertTrue(message.startsWith("epoch 1, batch 1: the loss term 'click' is NaN; "), message);
    assertTrue(message.contains("parameter weights holds"), message);
    assertTrue(message.contains("lower the learning rate (0.01)"), message);
    assertEquals(List.of(), steps);
  }

  @Test
  void aRowThatNoBatchTouchesIsLookedAtBeforeValidation() {
    poison("items", 0);
    String message = failure(model, 0);
    assertTrue(message.contains("parameter items holds numbers that are not finite"), message);
    assertFalse(message.contains("loss"), message);
    assertEquals(List.of(), afterEpochs);
  }

  @Test
  void aGradientThatIsNotFiniteIsNamedAndMovesNothing() {
    Map<String, float[]> start = model.parameters().snapshot();
    String message =
        failure(
            changed(
                loss -> {
                  model.parameters().get("weights").gradient().set(new float[] {0, 1e25f, 0});
                  return loss;
                }),
            0);
    assertTrue(message.contains("the gradient of weights is infinite"), message);
    assertFalse(message.contains("parameter"), message);
    assertModelIs(start);
  }

  @Test
  void aLossOrMeasureThatIsNotFiniteIsNamed() {
    String message = failure(changed(loss -> StepLoss.of("align", Double.NaN)), 0);
    assertTrue(message.contains("the loss term 'align' is NaN. Training stops"), message);
    message = failure(changed(loss -> new StepLoss(Double.POSITIVE_INFINITY, loss.terms())), 0);
    assertTrue(message.contains("the loss is Infinity"), message);
    message = failure(model, Double.NaN);
    assertTrue(message.contains("the validation measure is NaN"), message);
  }

  @Test
  void twoListenersHearTheSameInOrder() {
    List<String> heard = new ArrayList<>();
    TrainListener both = TrainListener.both(naming("a", heard), naming("b", heard));
    TrainOptions options = ToyModel.options().withEpochs(1);
    new Trainer(BACKEND, model, ToyModel.batches(options), options).train(() -> 1, both);
    assertEquals(
        List.of("a1", "b1", "a2", "b2", "a3", "b3", "a end 1", "b end 1", "a done", "b done"),
        heard);
  }

  private static TrainListener naming(String name, List<String> heard) {
    return new TrainListener() {
      @Override
      public void step(Step step) {
        heard.add(name + step.batch());
      }

      @Override
      public void epoch(Epoch result) {
        heard.add(name + " end " + result.epoch());
      }

      @Override
      public void done() {
        heard.add(name + " done");
      }
    };
  }

  private void poison(String name, int index) {
    float[] values = model.parameters().get(name).value().toArray();
    values[index] = Float.NaN;
    model.parameters().get(name).set(values);
  }

  private String failure(Trainable trained, double measure) {
    TrainOptions options = ToyModel.options().withEpochs(1);
    return assertThrows(ArithmeticException.class, () -> train(trained, options, measure))
        .getMessage();
  }

  /** The toy with another outcome of its steps. */
  private Trainable changed(UnaryOperator<StepLoss> change) {
    return new Trainable() {
      @Override
      public Parameters parameters() {
        return model.parameters();
      }

      @Override
      public StepLoss gradients(LabelledBatch batch) {
        return change.apply(model.gradients(batch));
      }
    };
  }
}
