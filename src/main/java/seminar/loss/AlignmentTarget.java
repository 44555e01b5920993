package seminar.loss;

import seminar.compute.Matrix;
import seminar.math.Checks;
import seminar.math.Vectors;

/** What a modality of an event should resemble: where the paper and its released code differ. */
public enum AlignmentTarget {
  /**
   * The other modality of the same event and no other (paper §3.3.1). Other events of the same item
   * are no negatives.
   */
  PAIRS,
  /**
   * As in the released code: a softmax over the similarities of the events <em>times</em> τ, where
   * the source of that formula has τ = 1. With τ = 0.05 this target is nearly uniform: it is met
   * when the cosine of a pair exceeds that of strangers by about τ² = 0.0025, so descent takes an
   * alignment apart that is there. Gradients flow through the target too, and events of the same
   * item are treated like any others.
   */
  NEAR_UNIFORM;

  /**
   * How much an event's first modality should resemble the second one of each event of a chunk, for
   * events of different items.
   *
   * @param x first modality [n, d], not normalised
   * @param y second modality [n, d], not normalised
   * @param temperature τ
   * @return [n, n], rows sum to 1
   * @throws IllegalArgumentException if shapes disagree
   */
  public double[][] wanted(Matrix x, Matrix y, double temperature) {
    int n = Checks.sameLength("rows of x", x.rows(), "rows of y", y.rows());
    int d = Checks.sameLength("columns of x", x.cols(), "columns of y", y.cols());
    double[][] wanted = new double[n][n];
    if (this == PAIRS) {
      for (int i = 0; i < n; i++) {
        wanted[i][i] = 1;
      }
      return wanted;
    }
    NearUniform target = new NearUniform(d);
    target.of(padded(x), padded(y), n, temperature);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        wanted[i][j] = target.wanted(i, j);
      }
    }
    return wanted;
  }

  /** Unit rows, as {@link NearUniform} takes them. */
  private static float[] padded(Matrix x) {
    int n = x.rows();
    int d = x.cols();
    int width = SmallProducts.paddedCols(d);
    float[] rows = new float[SmallProducts.paddedRows(n) * width];
    float[] all = x.toArray();
    for (int i = 0; i < n; i++) {
      System.arraycopy(all, i * d, rows, i * width, d);
      Vectors.normalize(rows, i * width, d);
    }
    return rows;
  }
}
