package seminar.model;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.math.Vectors;

/**
 * Which events of two histories of a user are alike, those found by search and those met while
 * browsing (our SES-2 to SES-4).
 *
 * <pre>
 *   SES-2  A_ij = tanh(r_i W · s_j)
 *          α = softmax_i Σ_j A_ij (s_j · v),   β = softmax_j Σ_i A_ij (r_i · w)
 *   SES-3  r_i is similar where α_i ≥ 1/n, different elsewhere; s_j where β_j ≥ 1/m. Where one of the
 *          two has no event, both have all
 *   SES-4  L_tri = mean of max(0, ‖a − p‖ − ‖a − q‖ + margin) of r and of s,
 *          a = Σ_i α_i r_i,  p and q the means of similar and different events
 * </pre>
 *
 * <p>The split has no gradient. Requests that lack one of the histories, or whose split has one
 * side alone, have no L_tri. Shapes: n events r of one history that a request sees, m events s of
 * the other, d dims; W [d, d]; v, w [d, 1].
 */
final class CoAttention {
  private static final double SMALL = 1e-6; // softmax of equal numbers is 1/n but for rounding
  private static final double NORM = 1e-12;

  private final Backend backend;
  private final int d;
  private final double margin;
  private final Parameter affinity;
  private final Parameter bySearch;
  private final Parameter byRecommendation;
  private Side r;
  private Side s;
  private float[][] affinities; // of each window [n, m]
  private Matrix mapped; // r W
  private HistoryWindows windows;

  /** One of the two histories. */
  private static final class Side {
    private final HistoryWindows windows;
    private final Matrix rows;
    private final float[] values;
    private final float[] importance; // s · v, r · w: what it lends to the other side
    private final float[] dValues;
    private final float[] dImportance;
    private final double[][] weights; // α or β of each request
    private final boolean[][] similar;

    Side(HistoryWindows windows, Matrix rows, float[] importance) {
      this.windows = windows;
      this.rows = rows;
      this.importance = importance;
      values = rows.toArray();
      dValues = new float[values.length];
      dImportance = new float[importance.length];
      weights = new double[windows.seen().length][];
      similar = new boolean[weights.length][];
    }

    int start(int g) {
      return windows.windowOf()[g] < 0 ? 0 : windows.starts()[windows.windowOf()[g]];
    }

    int seen(int g) {
      return windows.seen()[g];
    }

    int length(int w) {
      return windows.starts()[w + 1] - windows.starts()[w];
    }
  }

  /** Makes the parameters, named {@code name/affinity}, {@code name/bySearch} and so on. */
  CoAttention(Backend backend, Parameters parameters, String name, int d, double margin) {
    this.backend = backend;
    this.d = d;
    this.margin = margin;
    double scale = 1 / Math.sqrt(d);
    affinity = parameters.dense(name + "/affinity", d, d, scale / Math.sqrt(d));
    bySearch = parameters.dense(name + "/bySearch", d, 1, scale);
    byRecommendation = parameters.dense(name + "/byRecommendation", d, 1, scale);
  }

  /**
   * Splits the events of both histories for each request; kept until the backward pass.
   *
   * @param browsed r of all windows
   * @param searched s of all windows
   */
  void forward(
      HistoryWindows ofBrowsed, Matrix browsed, HistoryWindows ofSearched, Matrix searched) {
    windows = ofBrowsed;
    mapped = Matrix.zeros(browsed.rows(), d);
    backend.dense().product(browsed, affinity.value(), mapped);
    r = new Side(ofBrowsed, browsed, product(browsed, byRecommendation));
    s = new Side(ofSearched, searched, product(searched, bySearch));
    affinities = new float[windows.count()][];
    float[] left = mapped.toArray();
    for (int w = 0; w < affinities.length; w++) {
      int n = r.length(w);
      int m = s.length(w);
      affinities[w] = new float[n * m];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          float dot =
              Vectors.dot(
                  left,
                  (r.windows.starts()[w] + i) * d,
                  s.values,
                  (s.windows.starts()[w] + j) * d,
                  d);
          affinities[w][i * m + j] = (float) Math.tanh(dot);
        }
      }
    }
    for (int g = 0; g < windows.seen().length; g++) {
      split(g);
    }
  }

  private float[] product(Matrix rows, Parameter by) {
    Matrix out = Matrix.zeros(rows.rows(), 1);
    backend.dense().product(rows, by.value(), out);
    return out.toArray();
  }

  private void split(int g) {
    int n = r.seen(g);
    int m = s.seen(g);
    double[] ofR = new double[n];
    double[] ofS = new double[m];
    int w = windows.windowOf()[g];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        float a = affinities[w][i * s.length(w) + j];
        ofR[i] += a * s.importance[s.start(g) + j];
        ofS[j] += a * r.importance[r.start(g) + i];
      }
    }
    decide(r, g, ofR);
    decide(s, g, ofS);
  }

  private static void decide(Side side, int g, double[] scores) {
    double most = Arrays.stream(scores).max().orElse(0);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - most);
      sum += scores[i];
    }
    boolean[] similar = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
      similar[i] = scores[i] * scores.length >= 1 - SMALL;
    }
    side.weights[g] = scores;
    side.similar[g] = similar;
  }

  /** Which events that request g sees of the browsed, or of the searched ones, are similar. */
  boolean[] similar(boolean searched, int g) {
    return (searched ? s : r).similar[g];
  }

  /**
   * L_tri; adds {@code weight} times its gradient to the parameters and to the events.
   *
   * @param dBrowsed gradient of r
   * @param dSearched gradient of s
   */
  double backward(double weight, Matrix dBrowsed, Matrix dSearched) {
    int requests = windows.seen().length;
    float[][] dAffinities = new float[affinities.length][];
    Arrays.setAll(dAffinities, w -> new float[affinities[w].length]);
    double loss = 0;
    for (int g = 0; g < requests; g++) {
      if (r.seen(g) > 0 && s.seen(g) > 0) {
        int w = windows.windowOf()[g];
        loss += triplet(r, s, g, weight / requests, dAffinities[w], s.length(w), 1);
        loss += triplet(s, r, g, weight / requests, dAffinities[w], 1, s.length(w));
      }
    }
    if (weight > 0) {
      add(dAffinities, dBrowsed, dSearched);
    }
    return loss / requests;
  }

  /** One side's term; the affinity of its event i with the other's j lies at i · own + j · of. */
  private double triplet(
      Side side, Side other, int g, double weight, float[] dAffinity, int own, int of) {
    int n = side.seen(g);
    int first = side.start(g);
    boolean[] similar = side.similar[g];
    int alike = 0;
    for (boolean one : similar) {
      alike += one ? 1 : 0;
    }
    if (alike == 0 || alike == n) {
      return 0;
    }
    double[] near = new double[d]; // a − p
    double[] far = new double[d]; // a − q
    double[] weights = side.weights[g];
    for (int i = 0; i < n; i++) {
      double p = weights[i] - (similar[i] ? 1.0 / alike : 0);
      double q = weights[i] - (similar[i] ? 0 : 1.0 / (n - alike));
      for (int c = 0; c < d; c++) {
        float x = side.values[(first + i) * d + c];
        near[c] += p * x;
        far[c] += q * x;
      }
    }
    double toNear = norm(near);
    double toFar = norm(far);
    double term = toNear - toFar + margin;
    if (term <= 0) {
      return 0;
    }
    double[] dWeights = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      double p = weights[i] - (similar[i] ? 1.0 / alike : 0);
      double q = weights[i] - (similar[i] ? 0 : 1.0 / (n - alike));
      for (int c = 0; c < d; c++) {
        int at = (first + i) * d + c;
        double a = weight * near[c] / toNear;
        double b = weight * far[c] / toFar;
        dWeights[i] += (a - b) * side.values[at];
        side.dValues[at] += (float) (a * p - b * q);
      }
      mean += dWeights[i] * weights[i];
    }
    for (int i = 0; i < n; i++) {
      double dScore = weights[i] * (dWeights[i] - mean);
      for (int j = 0; j < other.seen(g); j++) {
        int lent = other.start(g) + j;
        float a = affinities[windows.windowOf()[g]][i * own + j * of];
        dAffinity[i * own + j * of] += (float) (dScore * other.importance[lent]);
        other.dImportance[lent] += (float) (dScore * a);
      }
    }
    return term;
  }

  private static double norm(double[] x) {
    double sum = NORM;
    for (double v : x) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  private void add(float[][] dAffinities, Matrix dBrowsed, Matrix dSearched) {
    float[] left = mapped.toArray();
    float[] dLeft = new float[left.length];
    for (int w = 0; w < affinities.length; w++) {
      int m = s.length(w);
      for (int at = 0; at < dAffinities[w].length; at++) {
        float a = affinities[w][at];
        float dDot = dAffinities[w][at] * (1 - a * a);
        int i = (r.windows.starts()[w] + at / m) * d;
        int j = (s.windows.starts()[w] + at % m) * d;
        for (int c = 0; c < d && dDot != 0; c++) {
          dLeft[i + c] += dDot * s.values[j + c];
          s.dValues[j + c] += dDot * left[i + c];
        }
      }
    }
    Matrix dMapped = Matrix.of(mapped.rows(), d, dLeft);
    backend.dense().linearBackwardWeight(r.rows, dMapped, affinity.gradient());
    backend.dense().linearBackwardInput(dMapped, affinity.value(), dBrowsed);
    add(r, byRecommendation, dBrowsed);
    add(s, bySearch, dSearched);
  }

  private void add(Side side, Parameter by, Matrix dRows) {
    backend.rowwise().add(Matrix.of(dRows.rows(), d, side.dValues), dRows);
    Matrix dImportance = Matrix.of(dRows.rows(), 1, side.dImportance);
    backend.dense().linearBackwardWeight(side.rows, dImportance, by.gradient());
    backend.dense().linearBackwardInput(dImportance, by.value(), dRows);
  }
}
