package seminar.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 16, 63, 64, 65, 300})
  void agreesWithPlainLoops(int dims) {
    float[] a = new float[dims + 3];
    float[] b = new float[dims + 5];
    Rng.gaussian(Rng.stream("test/vectors/a", dims), a, 1);
    Rng.gaussian(Rng.stream("test/vectors/b", dims), b, 1);
    double dot = 0;
    double distance = 0;
    float[] sum = b.clone();
    for (int i = 0; i < dims; i++) {
      dot += (double) a[3 + i] * b[5 + i];
      distance += Math.pow((double) a[3 + i] - b[5 + i], 2);
      sum[5 + i] = (float) (sum[5 + i] + 0.25 * a[3 + i]);
    }
    assertEquals(dot, Vectors.dot(a, 3, b, 5, dims), 1e-4);
    assertEquals(distance, Vectors.squaredDistance(a, 3, b, 5, dims), 1e-4 * (1 + distance));
    Vectors.addScaled(0.25f, a, 3, b, 5, dims);
    assertArrayEquals(sum, b, 1e-6f);
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 3f})
  void normalizeGivesUnitOrZero(float value) {
    float[] a = {9, value, value, 9};
    float norm = Vectors.normalize(a, 1, 2);
    assertEquals(value * Math.sqrt(2), norm, 1e-6);
    assertEquals(value == 0 ? 0 : 1, Vectors.norm(a, 1, 2), 1e-6);
    assertArrayEquals(new float[] {9, 9}, new float[] {a[0], a[3]});
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.0, 1.001})
  void gradientCheckSeesAWrongFactor(double factor) {
    double[] x = {0.3, -2};
    double[] gradient = {factor * Math.cos(0.3), factor * 3 * 4};
    GradientCheck check =
        GradientCheck.of(p -> Math.sin(p[0]) + Math.pow(p[1], 3), x, gradient, 1e-5);
    assertTrue((check.error() < 1e-6) == (factor == 1.0), check.toString());
    assertArrayEquals(new double[] {0.3, -2}, x);
    assertThrows(IllegalArgumentException.class, () -> Vectors.dot(new float[1], new float[2]));
  }
}
