package seminar.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential and the softmax of floats, in vectors.
 *
 * <p>{@code eˣ = 2ⁿ eʳ} with n the whole number nearest to {@code x / ln 2} and {@code |r| ≤ ln 2 /
 * 2}; ln 2 is taken off in two parts, so that r keeps its digits, and {@code eʳ} is a polynomial of
 * degree 7. A number has the same exponential wherever it stands: the scalar and the vector form
 * are the same operations.
 *
 * <p>Error: at most 2 units in the last place against {@link Math#exp}, for results that are normal
 * floats; smaller results are 0, larger are infinite.
 *
 * @see <a href="https://www.netlib.org/cephes/">S. L. Moshier. Cephes Mathematical Library,
 *     expf</a>
 */
public final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  /** The logarithm of the least normal float; what lies below counts as 0. */
  private static final float LEAST = -87.33654f;

  /** What lies above is infinite. */
  private static final float MOST = 88.722839f;

  private static final float PER_LN2 = 1.4426950408889634f;

  /** Adding 1.5 · 2²³ leaves the nearest whole number in the low bits. */
  private static final float ROUND = 12582912f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** ln 2 in two parts, the first with few digits so that its product with n is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  private static final float TERM_7 = 1f / 5040;
  private static final float TERM_6 = 1f / 720;
  private static final float TERM_5 = 1f / 120;
  private static final float TERM_4 = 1f / 24;
  private static final float TERM_3 = 1f / 6;
  private static final float TERM_2 = 1f / 2;

  private VectorMath() {}

  /** {@code eˣ}. */
  public static float exp(float x) {
    float bounded = Math.min(Math.max(x, LEAST), MOST);
    float shifted = Math.fma(bounded, PER_LN2, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, bounded));
    float sum = Math.fma(TERM_7, r, TERM_6);
    sum = Math.fma(sum, r, TERM_5);
    sum = Math.fma(sum, r, TERM_4);
    sum = Math.fma(sum, r, TERM_3);
    sum = Math.fma(sum, r, TERM_2);
    sum = Math.fma(sum, r, 1);
    sum = Math.fma(sum, r, 1);
    // 2ⁿ in two factors: n may be 128, whose power is no float.
    int whole = Float.floatToRawIntBits(shifted) - ROUND_BITS;
    int half = whole >> 1;
    float power = sum * power(half) * power(whole - half);
    return x < LEAST ? 0 : x > MOST ? Float.POSITIVE_INFINITY : power;
  }

  private static float power(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }

  /** {@code eˣ} of each lane of a vector of {@link Lanes#SPECIES}; the same bits as one by one. */
  public static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(LEAST).min(MOST);
    FloatVector shifted = bounded.fma(all(PER_LN2), all(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), bounded));
    FloatVector sum = r.fma(all(TERM_7), all(TERM_6));
    sum = sum.fma(r, all(TERM_5));
    sum = sum.fma(r, all(TERM_4));
    sum = sum.fma(r, all(TERM_3));
    sum = sum.fma(r, all(TERM_2));
    sum = sum.fma(r, all(1));
    sum = sum.fma(r, all(1));
    IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
    return sum.mul(power(half))
        .mul(power(whole.sub(half)))
        .blend(0, x.lt(LEAST))
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, MOST));
  }

  private static FloatVector power(IntVector n) {
    return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** {@code eˣ} of the numbers {@code x[0, n)}, in place; the same bits as one by one. */
  public static void exp(float[] x, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      exp(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
    }
    for (; i < n; i++) {
      x[i] = exp(x[i]);
    }
  }

  /**
   * The softmax of {@code x[0, n)} and of {@code zeros} further numbers that are all 0, in place;
   * what remains to one is the share of the zeros.
   *
   * <p>Source: {@code e^(x_i − m) / Σ e^(x_j − m)} with m the largest.
   */
  public static void softmax(float[] x, int n, int zeros) {
    float largest = zeros > 0 ? Math.max(0, largest(x, n)) : largest(x, n);
    FloatVector sums = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector power = exp(FloatVector.fromArray(SPECIES, x, i).sub(largest));
      power.intoArray(x, i);
      sums = sums.add(power);
    }
    float sum = Lanes.sum(sums);
    for (; i < n; i++) {
      x[i] = exp(x[i] - largest);
      sum += x[i];
    }
    sum += zeros == 0 ? 0 : zeros * exp(-largest);
    for (i = 0; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i).div(sum).intoArray(x, i);
    }
    for (; i < n; i++) {
      x[i] /= sum;
    }
  }

  private static float largest(float[] x, int n) {
    FloatVector most = all(Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      most = most.max(FloatVector.fromArray(SPECIES, x, i));
    }
    float largest = Lanes.max(most);
    for (; i < n; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }
}
