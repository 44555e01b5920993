package seminar.loss;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Vectors;

/**
 * Symmetric cross entropy of one chunk and one pair of modalities: n events, each with a vector on
 * either side.
 *
 * <pre>
 *   a_ij = x̂_i · ŷ_j / τ,   p_ij = softmax_j a_ij,   q_ij = softmax_i a_ij
 *   term = −(1/2n) Σ_ij t_ij (log p_ij + log q_ij)
 * </pre>
 *
 * <p>Cosines are at most 1, so {@code exp((cos − 1) / τ)} never overflows, and in double precision
 * it does not vanish either for any allowed τ: one exponential per pair of events serves rows and
 * columns.
 *
 * <p>Thread safety: none; each shard has its own.
 */
final class Contrast {
  private final Backend backend;
  private final AlignmentTarget target;
  private final int d;
  private final Scratch scratch = new Scratch();
  private int n;
  private double[] logit = {};
  private double[] exp = {};
  private double[] wanted = {};
  private double[] dLogit = {};
  private double[] rowSum = {};
  private double[] colSum = {};
  private double[] wantedOfCol = {};
  private double dTemperature;

  Contrast(Backend backend, AlignmentTarget target, int d) {
    this.backend = backend;
    this.target = target;
    this.d = d;
  }

  /**
   * One side of the pair.
   *
   * @param unit unit vectors [U, d]
   * @param rows the row of each of n events
   * @param gradient the gradient of the unit vectors [E, d]
   * @param events the row of each of the n events in {@code gradient}
   */
  record Side(float[] unit, int[] rows, float[] gradient, int[] events) {}

  /**
   * The term; adds {@code weight} times its gradient to both sides.
   *
   * @param items item of each event [n]
   */
  double of(Side x, Side y, int[] items, int n, double temperature, double weight) {
    reserve(n);
    logits(x, y, items, temperature);
    wanted(x, y, temperature);
    double term = term();
    dTemperature = 0;
    logitGradient(temperature);
    spread(weight / temperature, x, y);
    if (target == AlignmentTarget.NEAR_UNIFORM) {
      wantedGradient(x, y, temperature, weight);
    }
    return term;
  }

  /** The derivative of the last term with respect to the temperature. */
  double dTemperature() {
    return dTemperature;
  }

  private void reserve(int n) {
    this.n = n;
    if (rowSum.length < n) {
      logit = new double[n * n];
      exp = new double[n * n];
      wanted = new double[n * n];
      dLogit = new double[n * n];
      rowSum = new double[n];
      colSum = new double[n];
      wantedOfCol = new double[n];
    }
  }

  /** Logits less 1/τ, their exponentials (zero for another event of the same item), and sums. */
  private void logits(Side x, Side y, int[] items, double temperature) {
    Matrix cosines = scratch.zeros("cosines", n, n);
    backend.linearBackwardInput(gather("x", x), gather("y", y), cosines); // x̂ ŷᵀ
    float[] cosine = cosines.toArray();
    Arrays.fill(rowSum, 0, n, 0);
    Arrays.fill(colSum, 0, n, 0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int at = i * n + j;
        logit[at] = (cosine[at] - 1) / temperature;
        boolean masked = target == AlignmentTarget.PAIRS && i != j && items[i] == items[j];
        exp[at] = masked ? 0 : Math.exp(logit[at]);
        rowSum[i] += exp[at];
        colSum[j] += exp[at];
      }
    }
  }

  /** The unit vectors of the n events [n, d]. */
  private Matrix gather(String name, Side side) {
    float[] rows = new float[n * d];
    for (int i = 0; i < n; i++) {
      System.arraycopy(side.unit, side.rows[i] * d, rows, i * d, d);
    }
    Matrix matrix = scratch.matrix(name, n, d);
    matrix.set(rows);
    return matrix;
  }

  private double dot(Side x, int i, Side y, int j) {
    return Vectors.dot(x.unit, x.rows[i] * d, y.unit, y.rows[j] * d, d);
  }

  /** What p and q should be, t [n, n]. */
  private void wanted(Side x, Side y, double temperature) {
    Arrays.fill(wantedOfCol, 0, n, target == AlignmentTarget.PAIRS ? 1 : 0);
    for (int i = 0; i < n; i++) {
      if (target == AlignmentTarget.PAIRS) {
        Arrays.fill(wanted, i * n, (i + 1) * n, 0);
        wanted[i * n + i] = 1;
      } else {
        softTarget(x, y, i, temperature);
      }
    }
  }

  private void softTarget(Side x, Side y, int i, double temperature) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      wanted[i * n + j] = Math.exp(temperature * (similarity(x, y, i, j) - 1));
      sum += wanted[i * n + j];
    }
    for (int j = 0; j < n; j++) {
      wanted[i * n + j] /= sum;
      wantedOfCol[j] += wanted[i * n + j];
    }
  }

  private double similarity(Side x, Side y, int i, int j) {
    return (dot(x, i, x, j) + dot(y, i, y, j)) / 2;
  }

  /** log p_ij + log q_ij. */
  private double logOdds(int i, int j) {
    return 2 * logit[i * n + j] - Math.log(rowSum[i]) - Math.log(colSum[j]);
  }

  private double term() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (wanted[i * n + j] > 0) {
          sum -= wanted[i * n + j] * logOdds(i, j);
        }
      }
    }
    return sum / (2 * n);
  }

  private void logitGradient(double temperature) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int at = i * n + j;
        double p = exp[at] / rowSum[i];
        double q = exp[at] / colSum[j] * wantedOfCol[j];
        dLogit[at] = (p + q - 2 * wanted[at]) / (2 * n);
        dTemperature -= dLogit[at] * logit[at] / temperature;
      }
    }
  }

  /** Adds {@code factor · dLogit · ŷ} to the gradient of x̂, and the like to that of ŷ. */
  private void spread(double factor, Side x, Side y) {
    float[] scaled = new float[n * n];
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] = (float) (factor * dLogit[at]);
    }
    Matrix g = scratch.matrix("dCosines", n, n);
    g.set(scaled);
    Matrix dx = scratch.zeros("dx", n, d);
    backend.linearAdd(g, scratch.matrix("y", n, d), dx);
    add(dx, x);
    Matrix dy = scratch.zeros("dy", n, d);
    backend.linearBackwardWeight(g, scratch.matrix("x", n, d), dy); // gᵀ x̂
    add(dy, y);
  }

  private void add(Matrix gradient, Side side) {
    float[] rows = gradient.toArray();
    for (int i = 0; i < n; i++) {
      Vectors.addScaled(1, rows, i * d, side.gradient, side.events[i] * d, d);
    }
  }

  /** The released code learns its targets too: the gradient that reaches x̂ and ŷ through t. */
  private void wantedGradient(Side x, Side y, double temperature, double weight) {
    for (int i = 0; i < n; i++) {
      double mean = 0;
      for (int j = 0; j < n; j++) {
        mean -= wanted[i * n + j] * logOdds(i, j) / (2 * n);
      }
      for (int j = 0; j < n; j++) {
        double h = wanted[i * n + j] * (-logOdds(i, j) / (2 * n) - mean);
        dTemperature += h * similarity(x, y, i, j);
        float g = (float) (weight * temperature * h / 2);
        both(g, x, i, j);
        both(g, y, i, j);
      }
    }
  }

  private void both(float g, Side side, int i, int j) {
    Vectors.addScaled(g, side.unit, side.rows[j] * d, side.gradient, side.events[i] * d, d);
    Vectors.addScaled(g, side.unit, side.rows[i] * d, side.gradient, side.events[j] * d, d);
  }
}
