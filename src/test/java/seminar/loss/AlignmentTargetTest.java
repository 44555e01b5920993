package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import seminar.compute.Matrix;

class AlignmentTargetTest {
  private static final Matrix X = Matrix.of(2, 3, 2, 0, 0, 0, 3, 0);
  private static final Matrix Y = Matrix.of(2, 3, 0, 0, 5, 0, 1, 0);

  @Test
  void pairsWantThemselves() {
    double[][] wanted = AlignmentTarget.PAIRS.wanted(X, Y, 0.05);
    assertArrayEquals(new double[] {1, 0}, wanted[0]);
    assertArrayEquals(new double[] {0, 1}, wanted[1]);
  }

  @Test
  void theReleasedTargetIsASoftmaxOfSimilaritiesTimesTheTemperature() {
    double[][] wanted = AlignmentTarget.NEAR_UNIFORM.wanted(X, Y, 0.05);
    double own = Math.exp(0.05); // both modalities are like themselves, cosine 1
    assertEquals(own / (own + 1), wanted[0][0], 1e-6);
    assertEquals(1 / (own + 1), wanted[0][1], 1e-6);
    double sharp = AlignmentTarget.NEAR_UNIFORM.wanted(X, Y, 100)[1][1];
    assertEquals(1, sharp, 1e-6);
  }

  @Test
  void shapesMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AlignmentTarget.NEAR_UNIFORM.wanted(X, Matrix.of(1, 3, 1, 1, 1), 1));
  }
}
