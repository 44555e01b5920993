package seminar.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic on rows of plain {@code float[]} arrays, with the Vector API.
 *
 * <p>Shapes: every method takes an array, the offset of the row's first element and the row's
 * length {@code dims}; matrices are row-major. Bounds are the JVM's: a row that leaves its array
 * throws {@link IndexOutOfBoundsException}.
 *
 * <p>The order of additions is fixed by the lane count of the machine, so results are the same bits
 * on one machine and may differ in the last bit on another.
 */
public final class Vectors {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private Vectors() {}

  /** The inner product of two rows of {@code dims} numbers. */
  public static float dot(float[] a, int aOffset, float[] b, int bOffset, int dims) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int end = SPECIES.loopBound(dims);
    int i = 0;
    for (; i < end; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
      sum = x.fma(y, sum);
    }
    float total = Lanes.sum(sum);
    for (; i < dims; i++) {
      total = Math.fma(a[aOffset + i], b[bOffset + i], total);
    }
    return total;
  }

  /** The inner product of two arrays of the same length. */
  public static float dot(float[] a, float[] b) {
    return dot(a, 0, b, 0, Checks.sameLength("a", a.length, "b", b.length));
  }

  /** The squared Euclidean distance of two rows of {@code dims} numbers. */
  public static float squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int dims) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int end = SPECIES.loopBound(dims);
    int i = 0;
    for (; i < end; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector difference = x.sub(y);
      sum = difference.fma(difference, sum);
    }
    float total = Lanes.sum(sum);
    for (; i < dims; i++) {
      float difference = a[aOffset + i] - b[bOffset + i];
      total = Math.fma(difference, difference, total);
    }
    return total;
  }

  /** {@code y += scale · x} for two rows of {@code dims} numbers. */
  public static void addScaled(
      float scale, float[] x, int xOffset, float[] y, int yOffset, int dims) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    int end = SPECIES.loopBound(dims);
    int i = 0;
    for (; i < end; i += SPECIES.length()) {
      FloatVector sum = FloatVector.fromArray(SPECIES, y, yOffset + i);
      FloatVector.fromArray(SPECIES, x, xOffset + i).fma(factor, sum).intoArray(y, yOffset + i);
    }
    for (; i < dims; i++) {
      y[yOffset + i] = Math.fma(scale, x[xOffset + i], y[yOffset + i]);
    }
  }

  /** The Euclidean norm of a row of {@code dims} numbers. */
  public static float norm(float[] a, int offset, int dims) {
    return (float) Math.sqrt(dot(a, offset, a, offset, dims));
  }

  /**
   * Divides a row by its Euclidean norm, in place; a zero row stays zero.
   *
   * @return the norm that the row had
   */
  public static float normalize(float[] a, int offset, int dims) {
    float norm = norm(a, offset, dims);
    if (norm > 0) {
      for (int i = offset; i < offset + dims; i++) {
        a[i] /= norm;
      }
    }
    return norm;
  }
}
