package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.GradientCheck;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

class RqVaeTest {
  private static final int D = 10;
  private static final Workers WORKERS = Workers.common();
  private static final RqVae.Options SMALL = new RqVae.Options(3, 16, 4, 24, 25, 64, 5e-3, 0.25);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theNetworksGradientIsThatOfDifferences(long seed) {
    SplittableRandom rng = Rng.stream("test/mlp", seed);
    Mlp mlp = new Mlp(5, 7, 3, rng);
    double[] x = rng.doubles(5, -1, 1).toArray();
    double[] weights = rng.doubles(3, -1, 1).toArray();
    double[] h = new double[7];
    mlp.forward(x, h, new double[3]);
    double[] gradient = new double[mlp.parameters().length];
    double[] dh = new double[7];
    double[] dx = new double[5];
    mlp.backward(x, h, weights, gradient, dh);
    mlp.backwardInput(dh, dx);
    GradientCheck parameters =
        GradientCheck.of(ignored -> value(mlp, x, weights), mlp.parameters(), gradient, 1e-5);
    assertTrue(parameters.error() < 1e-6, parameters.toString());
    GradientCheck input = GradientCheck.of(ignored -> value(mlp, x, weights), x, dx, 1e-5);
    assertTrue(input.error() < 1e-6, input.toString());
  }

  private static double value(Mlp mlp, double[] x, double[] weights) {
    double[] y = new double[3];
    mlp.forward(x, new double[7], y);
    return y[0] * weights[0] + y[1] * weights[1] + y[2] * weights[2];
  }

  @Test
  void learnsASurfaceThatLiesInManyDimensions() {
    float[] vectors = surface(1200, 1);
    RqVae learned = RqVae.fit(vectors, D, SMALL, Rng.stream("t", 1), WORKERS);
    assertEquals(25, learned.history().size());
    assertTrue(learned.history().getLast() < 0.5 * learned.history().getFirst());
    float[] others = surface(300, 2);
    float[] decoded = learned.decode(learned.encode(others, WORKERS));
    double error = Vectors.squaredDistance(decoded, 0, others, 0, others.length);
    double all = Vectors.squaredDistance(new float[others.length], 0, others, 0, others.length);
    assertTrue(error < 0.15 * all, error + " of " + all);
  }

  @Test
  void oneThreadAndFourGiveTheSameBits() {
    float[] vectors = surface(300, 3);
    RqVae.Options few = new RqVae.Options(2, 8, 3, 10, 3, 50, 1e-2, 0.25);
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      RqVae a = RqVae.fit(vectors, D, few, Rng.stream("t", 2), one);
      RqVae b = RqVae.fit(vectors, D, few, Rng.stream("t", 2), four);
      assertEquals(a.history(), b.history());
      assertEquals(a.encode(vectors, one), b.encode(vectors, four));
      assertArrayEquals(a.decode(a.encode(vectors, one)), b.decode(b.encode(vectors, four)));
    }
  }

  @Test
  void degenerateInputsHaveStatedAnswers() {
    RqVae.Options few = new RqVae.Options(1, 4, 2, 3, 1, 8, 1e-2, 0.25);
    RqVae zeros = RqVae.fit(new float[D], D, few, Rng.stream("t", 3), WORKERS);
    assertEquals(D, zeros.decode(zeros.encode(new float[D], WORKERS)).length);
    assertEquals(0, zeros.decode(zeros.encode(new float[0], WORKERS)).length);
    assertThrows(
        IllegalArgumentException.class,
        () -> RqVae.fit(new float[0], D, few, Rng.stream("t", 4), WORKERS));
    assertThrows(IllegalArgumentException.class, () -> zeros.encode(new float[D + 1], WORKERS));
    assertThrows(
        IllegalArgumentException.class, () -> new RqVae.Options(0, 4, 2, 3, 1, 8, 1e-2, 0.25));
  }

  /** Points of a curved surface of two dimensions. */
  private static float[] surface(int n, long seed) {
    SplittableRandom rng = Rng.stream("test/surface", seed);
    float[] vectors = new float[n * D];
    for (int l = 0; l < n; l++) {
      double u = 4 * rng.nextDouble() - 2;
      double v = 4 * rng.nextDouble() - 2;
      for (int j = 0; j < D; j++) {
        vectors[l * D + j] = (float) Math.sin(u * (1 + j % 3) * 0.6 + v * (j % 4) * 0.4 + j);
      }
    }
    return vectors;
  }
}
