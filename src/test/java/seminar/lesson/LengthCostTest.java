package seminar.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.experiment.Setup;
import seminar.file.Progress;
import seminar.math.Workers;

/** What a longer history costs. */
class LengthCostTest {
  @Test
  void thePredictionIsTheCountedMultiplicationsAndMeetsTheLongest() throws Exception {
    LengthCost cost = LengthCost.measure(List.of(16, 256), 1, Workers.common(), Progress.silent());
    LengthCost.Point first = cost.points().get(0);
    LengthCost.Point last = cost.points().get(1);
    assertEquals(last.microseconds(), last.predicted(), 1e-9);
    assertEquals(
        (double) first.multiplications() / last.multiplications(),
        first.predicted() / last.predicted(),
        1e-9);
    StageCost one = StageCost.of(Setup.laptop(1).model(), 256);
    assertEquals(100 * one.total(), last.multiplications());
    assertTrue(first.multiplications() < last.multiplications());
    assertTrue(last.microseconds() > 0);
  }

  @Test
  void noLengthAndTooLongALengthAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LengthCost.measure(List.of(), 1, Workers.common(), Progress.silent()));
    assertThrows(
        IllegalArgumentException.class,
        () -> LengthCost.measure(List.of(20_000), 1, Workers.common(), Progress.silent()));
  }
}
