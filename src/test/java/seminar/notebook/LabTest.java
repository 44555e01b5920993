package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.train.StepLoss;
import seminar.train.TrainListener;
import seminar.train.TrainListener.Step;

class LabTest {
  @Test
  void onlyQuickAndFullAreScales() {
    assertFalse(Lab.isFull(null));
    assertFalse(Lab.isFull(""));
    assertFalse(Lab.isFull("quick"));
    assertTrue(Lab.isFull("FULL"));
    assertThrows(IllegalArgumentException.class, () -> Lab.isFull("huge"));
  }

  @Test
  void aProgressServesTrainingsOfAnyLengthOneAfterTheOther() {
    List<String> lines = new ArrayList<>();
    TrainListener progress =
        Lab.progress(steps -> new CellProgress("work", steps, lines::add, () -> 0), 2);
    train(progress, 2, 3);
    assertEquals("work: done, 6 of 6", lines.getLast());
    train(progress, 2, 5);
    assertEquals("work: done, 10 of 10", lines.getLast());
    train(progress, 3, 5);
    assertEquals("work: done, 10 of 10", lines.getLast());
  }

  private static void train(TrainListener listener, int epochs, int batches) {
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int batch = 1; batch <= batches; batch++) {
        listener.step(new Step(epoch, batch, batches, 4, StepLoss.of("click", 1), 1));
      }
    }
    listener.done();
  }
}
