package seminar.quantize;

import seminar.math.Checks;
import seminar.math.Vectors;

/**
 * Lengths of vectors, a byte each: 256 levels, evenly from the least to the largest.
 *
 * <p>With them a codebook need only know directions: a vector is its length times a unit vector,
 * and a score is the length times that of the unit vector. The error of a length is at most 1/510
 * of the span of all lengths. Immutable.
 */
public final class NormCodes {
  private static final int LEVELS = 256;

  private final byte[] codes;
  private final float least;
  private final float step;

  private NormCodes(byte[] codes, float least, float step) {
    this.codes = codes;
    this.least = least;
    this.step = step;
  }

  /**
   * The lengths of {@code vectors} [L, dims].
   *
   * @throws IllegalArgumentException if the last row is not whole or a number is not finite
   */
  public static NormCodes of(float[] vectors, int dims) {
    int rows = Rows.finite("vectors", vectors, dims);
    float[] norms = new float[rows];
    float least = Float.POSITIVE_INFINITY;
    float most = 0;
    for (int l = 0; l < rows; l++) {
      norms[l] = Vectors.norm(vectors, l * dims, dims);
      least = Math.min(least, norms[l]);
      most = Math.max(most, norms[l]);
    }
    Checks.within(0, Float.MAX_VALUE, "largest norm", most);
    float step = rows == 0 ? 0 : (most - least) / (LEVELS - 1);
    byte[] codes = new byte[rows];
    for (int l = 0; l < rows && step > 0; l++) {
      codes[l] = (byte) Math.round((norms[l] - least) / step);
    }
    return new NormCodes(codes, rows == 0 ? 0 : least, step);
  }

  /** Copies of {@code vectors} [L, dims], each divided by its length; zero vectors stay zero. */
  public static float[] units(float[] vectors, int dims) {
    int rows = Rows.finite("vectors", vectors, dims);
    float[] units = vectors.clone();
    for (int l = 0; l < rows; l++) {
      Vectors.normalize(units, l * dims, dims);
    }
    return units;
  }

  /** L. */
  public int rows() {
    return codes.length;
  }

  /** The length of a vector, to half a level. */
  public float norm(int row) {
    return least + step * (codes[row] & 0xFF);
  }
}
