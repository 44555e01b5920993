package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.math.Workers;
import seminar.search.Restored;
import seminar.search.SeminarModel;
import seminar.train.TinyTraining.Kind;
import seminar.train.TrainListener.Epoch;

/** A training that was cut off anywhere ends with the same bits as one that was not. */
class ResumptionTest {
  private static final Workers ONE = Workers.of(1);
  private static final Workers TWO = Workers.of(2);

  @TempDir Path folder;

  /** What cuts a training off. */
  private static final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A listener that cuts the training off at its {@code last}-th event. */
  private static TrainListener until(int last) {
    return new TrainListener() {
      private int events;

      private void event() {
        events++;
        if (events > last) {
          throw new CutOff();
        }
      }

      @Override
      public void step(Step step) {
        event();
      }

      @Override
      public void epoch(Epoch result) {
        event();
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void fromAnyStepBoundary(Kind kind) throws IOException {
    TinyTraining undisturbed = new TinyTraining(kind, ONE, 2);
    String bits = undisturbed.bits(undisturbed.train(TrainListener.silent()));
    int events = undisturbed.steps() + 2;
    for (int cut = 0; cut < events; cut++) {
      Path file = folder.resolve("cut" + cut);
      TinyTraining first = new TinyTraining(kind, ONE, 2);
      int last = cut;
      assertThrows(CutOff.class, () -> first.train(until(last), first.checkpoints(file, 1)));
      TinyTraining second = new TinyTraining(kind, ONE, 2);
      List<Epoch> rows = second.train(TrainListener.silent(), second.checkpoints(file, 1));
      assertEquals(bits, second.bits(rows), "cut " + cut);
    }
  }

  @Test
  void afterManyCutsAndWithOtherThreads() throws IOException {
    TinyTraining undisturbed = new TinyTraining(Kind.PRETRAINING, TWO, 5);
    String bits = undisturbed.bits(undisturbed.train(TrainListener.silent()));
    int cuts = 0;
    while (true) {
      TinyTraining again = new TinyTraining(Kind.PRETRAINING, cuts % 2 == 0 ? ONE : TWO, 5);
      Checkpoints rarely = again.checkpoints(folder.resolve("c"), 3);
      try {
        assertEquals(bits, again.bits(again.train(until(4 + cuts % 3), rarely)));
        break;
      } catch (CutOff cut) {
        cuts++;
      }
    }
    assertTrue(cuts >= 5, "cut off only %d times".formatted(cuts));
  }

  private TinyTraining trained(Workers workers, String file, int everySteps) throws IOException {
    TinyTraining training = new TinyTraining(Kind.PRETRAINING, workers, 2);
    Checkpoints checkpoints = training.checkpoints(folder.resolve(file), everySteps);
    training.train(TrainListener.silent(), checkpoints);
    return training;
  }

  @Test
  void aFinishedTrainingGivesItsRowsAndParametersAtOnce() throws IOException {
    TinyTraining first = trained(ONE, "c", 0);
    TinyTraining second = new TinyTraining(Kind.PRETRAINING, ONE, 2);
    List<Epoch> rows = second.train(until(0), second.checkpoints(folder.resolve("c"), 0));
    assertEquals(first.bits(rows), second.bits(rows));
    assertEquals(2, rows.size());
  }

  @Test
  void theFileIsTheSameForAnyNumberOfThreads() throws IOException {
    trained(ONE, "one", 5);
    trained(TWO, "two", 7);
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("one")), Files.readAllBytes(folder.resolve("two")));
  }

  @Test
  void theWeightsOfAPretrainedUnitRestoreIntoSeminar() throws IOException {
    TinyTraining unit = trained(ONE, "psu", 0);
    SeminarModel seminar = TinyTraining.seminar(Backends.cpu().on(ONE));
    seminar.restore(Checkpoint.weights(folder.resolve("psu")).values(), Restored.ALL);
    for (String name : List.of("channel/item", "attention/query")) {
      assertArrayEquals(
          unit.model.parameters().get(name).value().toArray(),
          seminar.parameters().get(name).value().toArray(),
          name);
    }
  }

  @Test
  void whatWasFrozenStaysFrozen() throws IOException {
    ToyModel first = new ToyModel();
    float[] start = first.parameters().get("weights").value().toArray();
    first.parameters().get("weights").freeze(true);
    assertThrows(CutOff.class, () -> train(first, until(4)));
    ToyModel second = new ToyModel();
    second.parameters().get("weights").set(new float[3]);
    train(second, TrainListener.silent());
    assertTrue(second.parameters().get("weights").frozen());
    assertFalse(second.parameters().get("items").frozen());
    assertArrayEquals(start, second.parameters().get("weights").value().toArray());
  }

  private void train(ToyModel model, TrainListener listener) throws IOException {
    TrainOptions options = ToyModel.options();
    Backend backend = Backends.cpu().on(ONE);
    RunIdentity run = RunIdentity.of("toy", Map.of(), "corpus", "1");
    new Trainer(backend, model, ToyModel.batches(options), options)
        .train(() -> 1, listener, new Checkpoints(folder.resolve("toy"), run, 1, 0));
  }

  @Test
  void aCheckpointIsDueAfterStepsAndAfterSeconds() throws IOException {
    long[] now = {0};
    TrainState state = toyState();
    Checkpoints where =
        new Checkpoints(folder.resolve("due"), RunIdentity.of("toy", 1, "c", "1"), 3, 10);
    Checkpoints.Keeper keeper = where.new Keeper(state, () -> now[0]);
    StringBuilder due = new StringBuilder();
    for (int step = 1; step <= 7; step++) {
      state.adam().step(state.parameters());
      due.append(keeper.due() ? 'x' : '.');
    }
    assertEquals("..x..x.", due.toString());
    now[0] = 10_000_000_000L;
    assertTrue(keeper.due());
    keeper.write();
    assertFalse(keeper.due());
    now[0] = 19_999_999_999L;
    assertFalse(keeper.due());
  }

  private static TrainState toyState() {
    TrainOptions options = ToyModel.options();
    ToyModel model = new ToyModel();
    Adam adam = new Adam(Backends.cpu().on(ONE), options.adam());
    return new TrainState(options, model.parameters(), adam);
  }
}
