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
import seminar.compute.Backend;
import seminar.compute.CpuBackend;
import seminar.math.Workers;
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

  @Test
  void fromAnyStepBoundary() throws IOException {
    TinyTraining undisturbed = new TinyTraining(ONE, 2);
    List<Epoch> rows = undisturbed.train(TrainListener.silent());
    String bits = undisturbed.bits(rows);
    int events = undisturbed.steps() + 2;
    for (int cut = 0; cut < events; cut++) {
      Checkpoints every = TinyTraining.checkpoints(folder.resolve("cut" + cut), 1);
      int last = cut;
      assertThrows(CutOff.class, () -> new TinyTraining(ONE, 2).train(until(last), every));
      TinyTraining second = new TinyTraining(ONE, 2);
      assertEquals(bits, second.bits(second.train(TrainListener.silent(), every)), "cut " + cut);
    }
  }

  @Test
  void afterManyCutsAndWithOtherThreads() throws IOException {
    TinyTraining undisturbed = new TinyTraining(TWO, 3);
    String bits = undisturbed.bits(undisturbed.train(TrainListener.silent()));
    Checkpoints rarely = TinyTraining.checkpoints(folder.resolve("c"), 3);
    int cuts = 0;
    while (true) {
      TinyTraining again = new TinyTraining(cuts % 2 == 0 ? ONE : TWO, 3);
      try {
        assertEquals(bits, again.bits(again.train(until(4 + cuts % 3), rarely)));
        break;
      } catch (CutOff cut) {
        cuts++;
      }
    }
    assertTrue(cuts >= 5, "cut off only %d times".formatted(cuts));
  }

  @Test
  void aFinishedTrainingGivesItsRowsAndParametersAtOnce() throws IOException {
    Checkpoints rarely = TinyTraining.checkpoints(folder.resolve("c"), 0);
    TinyTraining first = new TinyTraining(ONE, 2);
    String bits = first.bits(first.train(TrainListener.silent(), rarely));
    TinyTraining second = new TinyTraining(ONE, 2);
    assertEquals(bits, second.bits(second.train(until(0), rarely)));
  }

  @Test
  void theFileIsTheSameForAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    new TinyTraining(ONE, 2).train(TrainListener.silent(), TinyTraining.checkpoints(one, 5));
    new TinyTraining(TWO, 2).train(TrainListener.silent(), TinyTraining.checkpoints(two, 7));
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
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
    Backend backend = CpuBackend.of(ONE);
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
    CheckpointKeeper keeper = new CheckpointKeeper(where, state, () -> now[0]);
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
    Adam adam = new Adam(CpuBackend.of(ONE), options.adam());
    return new TrainState(options, model.parameters(), adam);
  }
}
