package seminar.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int LENGTH = Lanes.SPECIES.length();

  private static FloatVector vector(float[] lanes) {
    return FloatVector.fromArray(Lanes.SPECIES, lanes, 0);
  }

  @Test
  void lanesAreFoldedByHalves() {
    SplittableRandom rng = Rng.stream("test/lanes", 1);
    for (int trial = 0; trial < 20_000; trial++) {
      float[] lanes = new float[LENGTH];
      Rng.gaussian(rng, lanes, 1);
      float largest = Float.NEGATIVE_INFINITY;
      float least = Float.POSITIVE_INFINITY;
      for (float lane : lanes) {
        largest = Math.max(largest, lane);
        least = Math.min(least, lane);
      }
      assertEquals(largest, Lanes.max(vector(lanes)));
      assertEquals(least, Lanes.min(vector(lanes)));
      FloatVector vector = vector(lanes);
      for (int half = LENGTH / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) {
          lanes[i] += lanes[i + half];
        }
      }
      assertEquals(lanes[0], Lanes.sum(vector), "the bits of the fold");
    }
  }

  @Test
  void oneLaneThatIsNotANumberIsSeen() {
    for (int i = 0; i < LENGTH; i++) {
      float[] lanes = new float[LENGTH];
      lanes[i] = Float.NaN;
      assertTrue(Float.isNaN(Lanes.max(vector(lanes))));
      assertTrue(Float.isNaN(Lanes.min(vector(lanes))));
      assertTrue(Float.isNaN(Lanes.sum(vector(lanes))));
    }
  }
}
