package seminar.loss;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;
import seminar.math.VectorMath;

/**
 * Symmetric cross entropy of one chunk and one pair of modalities: n events, each with a vector on
 * either side.
 *
 * <pre>
 *   a_ij = x̂_i · ŷ_j / τ,   p_ij = softmax_j a_ij,   q_ij = softmax_i a_ij
 *   term = −(1/2n) Σ_ij t_ij (log p_ij + log q_ij),   ∂/∂a_ij = (p_ij + q_ij Σ_i t_ij − 2 t_ij) / 2n
 * </pre>
 *
 * <p>Each exponential is that of a logit less the largest of its row, or of its column: neither
 * overflows, and no row or column vanishes for any allowed τ. Matrices [n, n] and vectors are
 * padded as {@link SmallProducts} says; in the padding p and the gradients are zero.
 *
 * <p>Thread safety: none; its memory is used again by every call.
 */
final class Contrast {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  /** In place of the cosine of a pair that is none: its exponential is zero for any allowed τ. */
  private static final float MASKED = -1e30f;

  private final AlignmentTarget target;
  private final int d;
  private final int width;
  private final NearUniform nearUniform;
  private int n;
  private int rows; // n and d, padded
  private int cols;
  private float[] transposed = {}; // ŷᵀ [d, n]
  private float[] cosine = {};
  private float[] p = {}; // e^(a − the largest of its row), then the gradient of cosines
  private float[] q = {}; // e^(a − the largest of its column)
  private float[] rowMost = {};
  private float[] rowSum = {};
  private double[] rowLog = {};
  private float[] colMost = {};
  private float[] colSum = {};
  private double[] colLog = {};
  private float[] colFactor = {}; // Σ_i t_ij over the sum of column j
  private double dTemperature;

  /**
   * For vectors of this length.
   *
   * @param d numbers of a vector, without its padding
   */
  Contrast(AlignmentTarget target, int d) {
    this.target = target;
    this.d = d;
    width = SmallProducts.paddedCols(d);
    nearUniform = new NearUniform(d);
  }

  /**
   * The term, and {@code weight} times its gradient.
   *
   * @param x unit vectors x̂ [n, d], padded with zeros on the right
   * @param y unit vectors ŷ, likewise
   * @param items item of each event [n]
   * @param dx receives the gradient of x̂ [n, d]
   * @param dy receives the gradient of ŷ [n, d]
   */
  double of(
      float[] x,
      float[] y,
      int[] items,
      int n,
      double temperature,
      double weight,
      float[] dx,
      float[] dy) {
    reserve(n);
    SmallProducts.transpose(y, n, d, width, transposed, cols);
    SmallProducts.multiply(x, width, 1, transposed, cosine, rows, d, cols); // x̂ ŷᵀ
    mask(items);
    findLargest();
    exponentials((float) (1 / temperature));
    sums();
    if (target == AlignmentTarget.PAIRS) {
      subtractPairs();
    } else {
      nearUniform.of(x, y, n, temperature);
      subtractNearUniform();
    }
    gradient(temperature, weight);
    SmallProducts.multiply(p, cols, 1, y, dx, rows, n, width);
    SmallProducts.multiply(p, 1, cols, x, dy, rows, n, width); // gᵀ x̂
    if (target == AlignmentTarget.NEAR_UNIFORM) {
      dTemperature += nearUniform.gradient(this, x, y, temperature, weight, dx, dy);
    }
    return term(temperature);
  }

  /** The derivative of the last term with respect to the temperature. */
  double dTemperature() {
    return dTemperature;
  }

  private void reserve(int n) {
    this.n = n;
    rows = SmallProducts.paddedRows(n);
    cols = SmallProducts.paddedCols(n);
    if (rowSum.length < n) {
      transposed = new float[Math.multiplyExact(d, cols)];
      cosine = new float[Math.multiplyExact(rows, cols)];
      p = new float[cosine.length];
      q = new float[cosine.length];
      rowMost = new float[n];
      rowSum = new float[n];
      rowLog = new double[n];
      colMost = new float[cols];
      colSum = new float[cols];
      colLog = new double[n];
      colFactor = new float[cols];
    }
  }

  /** Other events of the same item are no negatives, and the padding is no event. */
  private void mask(int[] items) {
    for (int i = 0; i < n; i++) {
      Arrays.fill(cosine, i * cols + n, (i + 1) * cols, MASKED);
      for (int j = 0; j < i && target == AlignmentTarget.PAIRS; j++) {
        if (items[i] == items[j]) {
          cosine[i * cols + j] = MASKED;
          cosine[j * cols + i] = MASKED;
        }
      }
    }
  }

  private void findLargest() {
    Arrays.fill(colMost, 0, cols, MASKED);
    for (int i = 0; i < n; i++) {
      FloatVector most = FloatVector.broadcast(SPECIES, MASKED);
      for (int j = 0; j < cols; j += LANES) {
        FloatVector c = FloatVector.fromArray(SPECIES, cosine, i * cols + j);
        most = most.max(c);
        FloatVector.fromArray(SPECIES, colMost, j).max(c).intoArray(colMost, j);
      }
      rowMost[i] = Lanes.max(most);
    }
  }

  private void exponentials(float inverse) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < cols; j += LANES) {
        FloatVector c = FloatVector.fromArray(SPECIES, cosine, i * cols + j);
        FloatVector most = FloatVector.fromArray(SPECIES, colMost, j);
        c.sub(rowMost[i]).mul(inverse).intoArray(p, i * cols + j);
        c.sub(most).mul(inverse).intoArray(q, i * cols + j);
      }
    }
    VectorMath.exp(p, n * cols);
    VectorMath.exp(q, n * cols);
  }

  private void sums() {
    Arrays.fill(colSum, 0, cols, 0);
    for (int i = 0; i < n; i++) {
      FloatVector ofRow = FloatVector.zero(SPECIES);
      for (int j = 0; j < cols; j += LANES) {
        ofRow = ofRow.add(FloatVector.fromArray(SPECIES, p, i * cols + j));
        FloatVector ofCol = FloatVector.fromArray(SPECIES, q, i * cols + j);
        ofCol.add(FloatVector.fromArray(SPECIES, colSum, j)).intoArray(colSum, j);
      }
      rowSum[i] = Lanes.sum(ofRow);
    }
    for (int i = 0; i < n; i++) {
      rowLog[i] = Math.log(rowSum[i]);
      colLog[i] = Math.log(colSum[i]);
    }
  }

  /** Makes p and q, not yet divided by their sums, what is left when t is taken off. */
  private void subtractPairs() {
    Arrays.fill(colFactor, n, cols, 0);
    for (int i = 0; i < n; i++) {
      p[i * cols + i] -= rowSum[i];
      q[i * cols + i] -= colSum[i];
      colFactor[i] = 1 / colSum[i];
    }
  }

  /** The same for a target whose columns do not add up to one. */
  private void subtractNearUniform() {
    Arrays.fill(colFactor, 0, cols, 0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        float t = nearUniform.wanted(i, j);
        p[i * cols + j] -= 2 * t * rowSum[i];
        colFactor[j] += t;
      }
    }
    for (int j = 0; j < n; j++) {
      colFactor[j] /= colSum[j];
    }
  }

  /** From p and q to {@code weight} times the gradient of the cosines, which takes p's place. */
  private void gradient(double temperature, double weight) {
    float factor = (float) (weight / (2 * n * temperature));
    double slope = 0;
    for (int i = 0; i < n; i++) {
      FloatVector ofRow = FloatVector.zero(SPECIES);
      float rowFactor = 1 / rowSum[i];
      for (int j = 0; j < cols; j += LANES) {
        int at = i * cols + j;
        FloatVector right =
            FloatVector.fromArray(SPECIES, q, at).mul(FloatVector.fromArray(SPECIES, colFactor, j));
        FloatVector g = FloatVector.fromArray(SPECIES, p, at).mul(rowFactor).add(right);
        ofRow = g.fma(FloatVector.fromArray(SPECIES, cosine, at), ofRow);
        g.mul(factor).intoArray(p, at);
      }
      slope += Lanes.sum(ofRow);
    }
    dTemperature = -slope / (2 * n * temperature * temperature);
  }

  private double term(double temperature) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (target == AlignmentTarget.PAIRS) {
        sum -= logOdds(i, i, temperature);
      } else {
        for (int j = 0; j < n; j++) {
          sum -= nearUniform.wanted(i, j) * logOdds(i, j, temperature);
        }
      }
    }
    return sum / (2 * n);
  }

  /** log p_ij + log q_ij. */
  double logOdds(int i, int j, double temperature) {
    double c = cosine[i * cols + j];
    return (c - rowMost[i] + (c - colMost[j])) / temperature - rowLog[i] - colLog[j];
  }
}
