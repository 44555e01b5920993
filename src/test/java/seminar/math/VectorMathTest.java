package seminar.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorMathTest {
  private static final int LANES = Lanes.SPECIES.length();

  @Test
  void theExponentialIsThatOfMathToTwoUnitsInTheLastPlace() {
    for (float x = -87.336f; x < 88.722f; x += 0.00037f) {
      float expected = (float) Math.exp(x);
      assertEquals(expected, VectorMath.exp(x), 2 * Math.ulp(expected), () -> "of some x");
    }
    for (float x : new float[] {0, -0f, 1, -1, 1e-30f, -1e-7f, 88.72283f, -87.336544f}) {
      float expected = (float) Math.exp(x);
      assertEquals(expected, VectorMath.exp(x), 2 * Math.ulp(expected));
    }
  }

  @Test
  void theExponentialOfWhatLeavesTheRangeIsZeroOrInfinite() {
    assertEquals(0, VectorMath.exp(Float.NEGATIVE_INFINITY));
    assertEquals(0, VectorMath.exp(-88));
    assertEquals(0, VectorMath.exp(-Float.MAX_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, VectorMath.exp(89));
    assertEquals(Float.POSITIVE_INFINITY, VectorMath.exp(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(VectorMath.exp(Float.NaN)));
    assertEquals(1, VectorMath.exp(0f));
  }

  @Test
  void vectorsGiveTheBitsOfSingleNumbers() {
    SplittableRandom rng = Rng.stream("test/exp", 1);
    float[] special = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, -0f, 200, -200};
    float[] x = new float[LANES];
    float[] powers = new float[LANES];
    for (int trial = 0; trial < 20_000; trial++) {
      for (int i = 0; i < LANES; i++) {
        boolean odd = rng.nextInt(20) == 0;
        x[i] = odd ? special[rng.nextInt(6)] : (float) rng.nextDouble(-90, 90);
      }
      VectorMath.exp(FloatVector.fromArray(Lanes.SPECIES, x, 0)).intoArray(powers, 0);
      for (int i = 0; i < LANES; i++) {
        assertEquals(VectorMath.exp(x[i]), powers[i]);
      }
    }
  }

  @Test
  void anArrayGetsTheBitsOfSingleNumbersAndTheRestStays() {
    for (int n = 0; n <= 3 * LANES; n++) {
      float[] x = new float[3 * LANES + 1];
      for (int i = 0; i < x.length; i++) {
        x[i] = i - 7.3f;
      }
      float[] expected = x.clone();
      for (int i = 0; i < n; i++) {
        expected[i] = VectorMath.exp(x[i]);
      }
      VectorMath.exp(x, n);
      assertArrayEquals(expected, x);
    }
  }

  @Test
  void theSoftmaxIsThatOfLoopsWithAndWithoutZeros() {
    SplittableRandom rng = Rng.stream("test/softmax", 1);
    for (int n = 0; n < 70; n++) {
      for (int zeros : new int[] {0, 1, 5}) {
        float[] x = new float[n + 2];
        Rng.gaussian(rng, x, 20);
        float[] soft = x.clone();
        VectorMath.softmax(soft, n, zeros);
        double sum = zeros;
        for (int i = 0; i < n; i++) {
          sum += Math.exp(x[i]);
        }
        for (int i = 0; i < n; i++) {
          assertEquals(Math.exp(x[i]) / sum, soft[i], 1e-6);
        }
        assertEquals(x[n], soft[n], "what lies behind is left alone");
      }
    }
  }

  @Test
  void theSoftmaxOfLargeScoresStaysFinite() {
    float[] x = {3000, 2999, Float.NEGATIVE_INFINITY};
    VectorMath.softmax(x, 3, 0);
    double e = Math.exp(-1);
    assertArrayEquals(new float[] {(float) (1 / (1 + e)), (float) (e / (1 + e)), 0}, x, 1e-6f);
    float[] low = {-3000};
    VectorMath.softmax(low, 1, 1);
    assertEquals(0, low[0]);
    float[] equal = new float[37];
    Arrays.fill(equal, -1e4f);
    VectorMath.softmax(equal, 37, 0);
    assertEquals(1 / 37f, equal[36], 1e-8);
  }
}
