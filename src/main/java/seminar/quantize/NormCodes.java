package seminar.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * Lengths of vectors, a byte each: zero, and 255 levels found by k-means on the logarithms of the
 * others, so that one long vector does not coarsen the lengths of all.
 *
 * <p>With them a codebook need only know directions: a vector is its length times a unit vector,
 * and a score is the length times that of the unit vector. Up to 255 different lengths are kept
 * exactly. Immutable.
 */
public final class NormCodes {
  private static final int LEVELS = 255;
  private static final int SAMPLE = 1 << 16;

  private final byte[] codes; // 0 for a vector of zeros, else 1 + its level
  private final float[] levels; // [256], the first is 0

  private NormCodes(byte[] codes, float[] levels) {
    this.codes = codes;
    this.levels = levels;
  }

  /**
   * The lengths of {@code vectors} [L, dims].
   *
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  public static NormCodes of(float[] vectors, int dims) {
    int rows = Rows.bounded("vectors", vectors, dims);
    float[] logs = new float[rows];
    int[] some = new int[rows]; // those that are not zero
    int count = 0;
    for (int l = 0; l < rows; l++) {
      double length = Rows.length(vectors, l * dims, dims);
      if (length > 0) {
        logs[count] = (float) Math.log(length);
        some[count++] = l;
      }
    }
    byte[] codes = new byte[rows];
    float[] levels = new float[1 + LEVELS];
    if (count > 0) {
      float[] points = Arrays.copyOf(logs, count);
      KMeans means = levels(points);
      int[] nearest = means.assign(points, Workers.common());
      for (int i = 0; i < count; i++) {
        codes[some[i]] = (byte) (1 + nearest[i]);
      }
      float[] centroids = means.centroids();
      for (int c = 0; c < LEVELS; c++) {
        levels[1 + c] = (float) Math.exp(centroids[c]);
      }
    }
    return new NormCodes(codes, levels);
  }

  private static KMeans levels(float[] logs) {
    SplittableRandom rng = Rng.stream("lengths", 1);
    float[] sample = logs;
    if (logs.length > SAMPLE) {
      int[] drawn = Arrays.copyOf(Rng.permutation(rng, logs.length), SAMPLE);
      sample = new float[SAMPLE];
      for (int i = 0; i < SAMPLE; i++) {
        sample[i] = logs[drawn[i]];
      }
    }
    return KMeans.fit(sample, 1, KMeans.Options.of(LEVELS), rng, Workers.common());
  }

  /** L. */
  public int rows() {
    return codes.length;
  }

  /** The length of a vector, as its level has it. */
  public float norm(int row) {
    return levels[codes[row] & 0xFF];
  }

  /** The lengths of all vectors [L]. */
  public float[] norms() {
    float[] norms = new float[codes.length];
    for (int l = 0; l < norms.length; l++) {
      norms[l] = norm(l);
    }
    return norms;
  }
}
