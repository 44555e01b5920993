package seminar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.math.Rng;
import seminar.math.Workers;

/** Co-attention of two histories against loops in double precision. */
class CoAttentionTest {
  private static final int D = 3;
  private static final double MARGIN = 0.8;
  private static final Backend BACKEND = Backends.cpu().on(Workers.of(1));

  // Two windows; requests that see both histories, one of them, none, and one event of each.
  private static final HistoryWindows BROWSED =
      new HistoryWindows(
          new int[] {0, 2, 3, 5, 7, 8, 9},
          new int[] {0, 4, 7},
          new int[] {0, 0, 0, 1, -1, 1},
          new int[] {4, 2, 1, 0, 0, 3});
  private static final HistoryWindows SEARCHED =
      new HistoryWindows(
          new int[] {1, 4, 6, 10},
          new int[] {0, 3, 4},
          new int[] {0, 0, 0, 1, -1, 1},
          new int[] {3, 2, 0, 1, 0, 1});

  private final Parameters parameters = new Parameters(3);
  private final CoAttention attention = new CoAttention(BACKEND, parameters, "test", D, MARGIN);
  private final float[] r = drawn("r", 7 * D);
  private final float[] s = drawn("s", 4 * D);

  private CoAttentionTest() {
    for (Parameter each : parameters.all()) {
      each.set(drawn(each.name(), each.value().length()));
    }
  }

  private static float[] drawn(String name, int count) {
    float[] values = new float[count];
    Rng.gaussian(Rng.stream("test/co/" + name, 9), values, 0.9);
    return values;
  }

  private double forward() {
    attention.forward(BROWSED, Matrix.of(7, D, r), SEARCHED, Matrix.of(4, D, s));
    return attention.backward(0, Matrix.zeros(7, D), Matrix.zeros(4, D));
  }

  private float[] value(String name) {
    return parameters.get("test/" + name).value().toArray();
  }

  @Test
  void splitAndLossAreThoseOfLoops() {
    double loss = forward();
    double sum = 0;
    for (int g = 0; g < 6; g++) {
      sum += naive(g, false) + naive(g, true);
    }
    assertTrue(loss > 0.05, "the loss is " + loss);
    assertEquals(sum / 6, loss, 1e-6);
  }

  /** L_tri of one side of a request; checks which of its events are similar. */
  private double naive(int g, boolean searched) {
    HistoryWindows own = searched ? SEARCHED : BROWSED;
    HistoryWindows other = searched ? BROWSED : SEARCHED;
    float[] x = searched ? s : r;
    float[] y = searched ? r : s;
    int n = own.seen()[g];
    int m = other.seen()[g];
    int w = own.windowOf()[g];
    float[] lends = value(searched ? "byRecommendation" : "bySearch");
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        int xi = own.starts()[w] + i;
        int yj = other.starts()[w] + j;
        double affinity = 0;
        double importance = 0;
        for (int a = 0; a < D; a++) {
          importance += y[yj * D + a] * lends[a];
          for (int b = 0; b < D; b++) {
            float left = searched ? y[yj * D + a] : x[xi * D + a];
            float right = searched ? x[xi * D + b] : y[yj * D + b];
            affinity += left * value("affinity")[a * D + b] * right;
          }
        }
        scores[i] += Math.tanh(affinity) * importance;
      }
    }
    double total = Arrays.stream(scores).map(Math::exp).sum();
    double[] anchor = new double[D];
    double[] near = new double[D];
    double[] far = new double[D];
    int alike = 0;
    for (int i = 0; i < n; i++) {
      double weight = Math.exp(scores[i]) / total;
      boolean similar = weight * n >= 1 - 1e-6;
      assertEquals(similar, attention.similar(searched, g)[i], "request " + g + ", event " + i);
      alike += similar ? 1 : 0;
      for (int c = 0; c < D; c++) {
        float v = x[(own.starts()[w] + i) * D + c];
        anchor[c] += weight * v;
        near[c] += similar ? v : 0;
        far[c] += similar ? 0 : v;
      }
    }
    if (m == 0 || alike == 0 || alike == n) {
      return 0;
    }
    double toNear = 0;
    double toFar = 0;
    for (int c = 0; c < D; c++) {
      toNear += Math.pow(anchor[c] - near[c] / alike, 2);
      toFar += Math.pow(anchor[c] - far[c] / (n - alike), 2);
    }
    return Math.max(0, Math.sqrt(toNear) - Math.sqrt(toFar) + MARGIN);
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    forward();
    parameters.clearGradients();
    Matrix dr = Matrix.zeros(7, D);
    Matrix ds = Matrix.zeros(4, D);
    attention.backward(1, dr, ds);
    check(r, dr.toArray(), "r");
    check(s, ds.toArray(), "s");
    for (Parameter each : parameters.all()) {
      float[] analytic = each.gradient().toArray();
      float[] values = each.value().toArray();
      for (int i = 0; i < values.length; i++) {
        float start = values[i];
        values[i] = start + 1e-2f;
        each.set(values);
        double above = forward();
        values[i] = start - 1e-2f;
        each.set(values);
        double numeric = (above - forward()) / 2e-2;
        values[i] = start;
        each.set(values);
        assertEquals(numeric, analytic[i], 2e-3, each.name() + " " + i);
      }
    }
  }

  private void check(float[] values, float[] analytic, String name) {
    for (int i = 0; i < values.length; i++) {
      float start = values[i];
      values[i] = start + 1e-2f;
      double above = forward();
      values[i] = start - 1e-2f;
      double numeric = (above - forward()) / 2e-2;
      values[i] = start;
      assertEquals(numeric, analytic[i], 2e-3, name + " " + i);
    }
  }
}
