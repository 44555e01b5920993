package seminar.quantize;

import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Takes one vector away from all before they are written, mostly their mean: what all events have
 * in common changes no order of scores, and costs no code.
 *
 * <pre>
 *   ⟨q, x⟩ = ⟨q, m⟩ + ⟨q, x − m⟩
 * </pre>
 *
 * <p>It is the outermost quantizer: what is inside sees x − m. Immutable and thread-safe.
 */
public final class CenteredQuantizer extends QuantizerLayer {
  private static final double LONG = 3;

  private final float[] center; // m [d]

  private CenteredQuantizer(float[] center, Quantizer rest) {
    super(rest);
    this.center = center;
  }

  /**
   * Over a quantizer of what is left.
   *
   * @param center m [d], copied
   * @throws IllegalArgumentException if they differ in d, a number is not finite, or the other
   *     takes a mean away itself
   */
  public static CenteredQuantizer of(float[] center, Quantizer rest) {
    Checks.sameLength("center", center.length, "vector", rest.dims());
    Rows.bounded("center", center, center.length);
    checkOutermost(rest);
    return new CenteredQuantizer(center.clone(), rest);
  }

  /** Refuses a quantizer inside another that takes a mean away. */
  static void checkOutermost(Quantizer inner) {
    if (inner instanceof CenteredQuantizer) {
      throw new IllegalArgumentException(
          "a quantizer that takes the mean away lies inside another: it must be the outermost");
    }
  }

  /**
   * The mean [dims] of {@code vectors} [n, dims] that are not very long: a few that are more than
   * three times as long as the median are left out, for they would pull it away from all others.
   *
   * @throws IllegalArgumentException if there is no vector, or as {@link Rows#bounded}
   */
  public static float[] mean(float[] vectors, int dims) {
    int n = Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    double[] lengths = new double[n];
    for (int l = 0; l < n; l++) {
      lengths[l] = Rows.length(vectors, l * dims, dims);
    }
    double[] sorted = lengths.clone();
    Arrays.sort(sorted);
    double most = LONG * sorted[n / 2];
    double[] sums = new double[dims];
    int count = 0;
    for (int l = 0; l < n; l++) {
      if (lengths[l] <= most) {
        count++;
        for (int j = 0; j < dims; j++) {
          sums[j] += vectors[l * dims + j];
        }
      }
    }
    float[] mean = new float[dims];
    for (int j = 0; j < dims; j++) {
      mean[j] = (float) (sums[j] / count);
    }
    return mean;
  }

  /** m [d], a copy. */
  public float[] center() {
    return center.clone();
  }

  /** What writes x − m. */
  public Quantizer rest() {
    return inner();
  }

  /** Copies of {@code vectors} [L, d] without the center. */
  public static float[] without(float[] center, float[] vectors) {
    float[] rest = vectors.clone();
    for (int at = 0; at < rest.length; at += center.length) {
      Vectors.addScaled(-1, center, 0, rest, at, center.length);
    }
    return rest;
  }

  @Override
  Codes write(float[] vectors, Workers workers) {
    return inner().write(without(center, vectors), workers);
  }

  @Override
  public float[] decode(Codes codes) {
    float[] vectors = inner().decode(codes);
    for (int at = 0; at < vectors.length; at += center.length) {
      Vectors.addScaled(1, center, 0, vectors, at, center.length);
    }
    return vectors;
  }

  @Override
  public float shift(float[] query) {
    return Vectors.dot(query, center);
  }

  @Override
  public long tableMultiplications() {
    return inner().tableMultiplications() + center.length;
  }
}
