package seminar.loss;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Products of matrices that are small enough for the cache, with the Vector API.
 *
 * <p>Rows of a result are padded to a multiple of two vectors, their number to a multiple of four,
 * so that it is made of whole tiles. A tile stays in eight registers while the inner dimension
 * passes; what the padding holds is without meaning.
 */
final class SmallProducts {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int TILE_ROWS = 4;
  private static final int TILE_COLS = 2 * LANES;

  private SmallProducts() {}

  /** How many rows a matrix of n rows takes. */
  static int paddedRows(int n) {
    return (n + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS;
  }

  /** How many columns a matrix of n columns takes. */
  static int paddedCols(int n) {
    return (n + TILE_COLS - 1) / TILE_COLS * TILE_COLS;
  }

  /** The transpose of n rows of d numbers, which lie {@code step} apart: d rows of {@code cols}. */
  static void transpose(float[] x, int n, int d, int step, float[] out, int cols) {
    for (int k = 0; k < d; k++) {
      for (int i = 0; i < n; i++) {
        out[k * cols + i] = x[i * step + k];
      }
    }
  }

  /**
   * {@code C = A B}.
   *
   * @param a A with element (i, k) at {@code i · rowStep + k · colStep}, so that a transpose is
   *     read as well; all padded rows are read
   * @param b B [inner, cols]
   * @param c receives C [rows, cols]
   * @param rows a padded number of rows
   * @param cols a padded number of columns
   */
  static void multiply(
      float[] a, int rowStep, int colStep, float[] b, float[] c, int rows, int inner, int cols) {
    for (int j = 0; j < cols; j += TILE_COLS) {
      for (int i = 0; i < rows; i += TILE_ROWS) {
        tile(a, i * rowStep, rowStep, colStep, b, j, c, i * cols + j, inner, cols);
      }
    }
  }

  private static void tile(
      float[] a,
      int aAt,
      int rowStep,
      int colStep,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int inner,
      int cols) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * cols);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * cols + LANES);
      int at = aAt + k * colStep;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + rowStep]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2 * rowStep]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3 * rowStep]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    store(c00, c01, c, cAt);
    store(c10, c11, c, cAt + cols);
    store(c20, c21, c, cAt + 2 * cols);
    store(c30, c31, c, cAt + 3 * cols);
  }

  private static void store(FloatVector left, FloatVector right, float[] c, int at) {
    left.intoArray(c, at);
    right.intoArray(c, at + LANES);
  }
}
