package seminar.loss;

import seminar.math.Vectors;

/**
 * The target of {@link AlignmentTarget#NEAR_UNIFORM} for one chunk and one pair of modalities, and
 * the gradient that reaches the vectors through it.
 *
 * <pre>
 *   s_ij = (x̂_i · x̂_j + ŷ_i · ŷ_j) / 2,   t_ij = softmax_j τ s_ij
 *   h_ij = t_ij (l_ij − Σ_k t_ik l_ik),    l_ij = −(log p_ij + log q_ij) / 2n
 *   ∂/∂x̂_i = (τ/2) Σ_j (h_ij + h_ji) x̂_j,   ∂/∂τ = Σ_ij h_ij s_ij
 * </pre>
 *
 * <p>Matrices [n, n] are padded as {@link SmallProducts} says. Thread safety: none.
 */
final class NearUniform {
  private final int d;
  private final int width;
  private int n;
  private int rows;
  private int cols;
  private float[] transposed = {}; // [d, n]
  private float[] ofY = {}; // ŷ ŷᵀ, then h + hᵀ
  private float[] similarity = {}; // s
  private float[] h = {};
  private float[] more = {}; // a gradient of vectors [n, d]
  private float[] t = {};

  NearUniform(int d) {
    this.d = d;
    width = SmallProducts.paddedCols(d);
  }

  /**
   * The target of each pair of events.
   *
   * @param x unit vectors [n, d], padded
   * @param y unit vectors [n, d], padded
   */
  void of(float[] x, float[] y, int n, double temperature) {
    reserve(n);
    products(x, similarity);
    products(y, ofY);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        int at = i * cols + j;
        similarity[at] = (similarity[at] + ofY[at]) / 2;
        t[at] = (float) Math.exp(temperature * (similarity[at] - 1));
        sum += t[at];
      }
      for (int j = 0; j < n; j++) {
        t[i * cols + j] = (float) (t[i * cols + j] / sum);
      }
    }
  }

  /** t_ij. */
  float wanted(int i, int j) {
    return t[i * cols + j];
  }

  private void reserve(int n) {
    this.n = n;
    rows = SmallProducts.paddedRows(n);
    cols = SmallProducts.paddedCols(n);
    if (similarity.length < rows * cols) {
      transposed = new float[d * cols];
      ofY = new float[rows * cols];
      similarity = new float[rows * cols];
      h = new float[rows * cols];
      t = new float[rows * cols];
      more = new float[rows * width];
    }
  }

  private void products(float[] x, float[] out) {
    SmallProducts.transpose(x, n, d, width, transposed, cols);
    SmallProducts.multiply(x, width, 1, transposed, out, rows, d, cols);
  }

  /**
   * Adds {@code weight} times the gradient of the vectors to {@code dx} and {@code dy} [n, d].
   *
   * @return the derivative of the term with respect to τ, of the target alone
   */
  double gradient(
      Contrast contrast,
      float[] x,
      float[] y,
      double temperature,
      double weight,
      float[] dx,
      float[] dy) {
    double slope = 0;
    for (int i = 0; i < n; i++) {
      double mean = 0;
      for (int j = 0; j < n; j++) {
        h[i * cols + j] = (float) (-contrast.logOdds(i, j, temperature) / (2 * n));
        mean += (double) t[i * cols + j] * h[i * cols + j];
      }
      for (int j = 0; j < n; j++) {
        int at = i * cols + j;
        h[at] = (float) (t[at] * (h[at] - mean));
        slope += (double) h[at] * similarity[at];
      }
    }
    float factor = (float) (weight * temperature / 2);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        ofY[i * cols + j] = factor * (h[i * cols + j] + h[j * cols + i]);
      }
    }
    add(x, dx);
    add(y, dy);
    return slope;
  }

  private void add(float[] x, float[] dx) {
    SmallProducts.multiply(ofY, cols, 1, x, more, rows, n, width);
    Vectors.addScaled(1, more, 0, dx, 0, n * width);
  }
}
