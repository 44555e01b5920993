package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class MeanIntervalTest {
  @Test
  void isTheMeanAndStudentsHalfWidth() {
    MeanInterval interval = MeanInterval.of(new double[] {1, 2, 3, 4});
    assertEquals(2.5, interval.mean());
    assertEquals(3.182 * Math.sqrt(5.0 / 3 / 4), interval.halfWidth(), 1e-12);
    assertEquals(new MeanInterval(2, 0), MeanInterval.of(new double[] {2, 2}));
  }

  @Test
  void coversTheTruthInNineteenOfTwentyTrials() {
    SplittableRandom rng = Rng.stream("test/interval", 1);
    for (int n : new int[] {3, 40}) {
      int covered = 0;
      for (int trial = 0; trial < 4000; trial++) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
          values[i] = rng.nextGaussian();
        }
        MeanInterval interval = MeanInterval.of(values);
        covered += Math.abs(interval.mean()) <= interval.halfWidth() ? 1 : 0;
      }
      assertEquals(0.95, covered / 4000.0, 0.012);
    }
  }

  @Test
  void oneMeasurementHasNoInterval() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(new double[] {1}));
    assertTrue(e.getMessage().contains("1"));
  }
}
