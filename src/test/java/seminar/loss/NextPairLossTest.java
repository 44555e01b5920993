package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.math.GradientCheck;
import seminar.math.Rng;
import seminar.math.Workers;

/** L_next^pair against its formula and central differences. */
class NextPairLossTest {
  /** Three targets with four negatives, one and none. */
  private static final int[] CANDIDATES = {0, 5, 7, 8};

  static Stream<Backend> backends() {
    return Stream.of(
        Backends.cpu().on(Workers.of(1)),
        Backends.cpu().on(Workers.of(3)),
        Backends.nd4j().on(Workers.common()));
  }

  private static double[] logits() {
    float[] z = new float[8];
    Rng.gaussian(Rng.stream("next", 3), z, 2);
    double[] logits = new double[z.length];
    Arrays.setAll(logits, i -> z[i]);
    return logits;
  }

  /** The loss as its formula says. */
  private static Num formula(Num[] z, NextPairBalance balance) {
    List<Num> targets = new ArrayList<>();
    for (int g = 0; g + 1 < CANDIDATES.length; g++) {
      int negatives = CANDIDATES[g + 1] - CANDIDATES[g] - 1;
      Num one = z[0].constant(1);
      Num sum = one.plus(z[CANDIDATES[g]].times(-1).exp()).log();
      for (int j = CANDIDATES[g] + 1; j < CANDIDATES[g + 1]; j++) {
        double share = balance == NextPairBalance.TARGET ? 1.0 / negatives : 1;
        sum = sum.plus(one.plus(z[j].exp()).log().times(share));
      }
      targets.add(sum);
    }
    return Num.sum(targets).times(balance == NextPairBalance.TARGET ? 1.0 / 3 : 1.0 / 8);
  }

  @ParameterizedTest
  @EnumSource
  void theGradientOfTheFormulaAgreesWithCentralDifferences(NextPairBalance balance) {
    Num[] z = Num.variables(logits());
    GradientCheck check =
        GradientCheck.of(
            point -> formula(Num.variables(point), balance).value(),
            logits(),
            formula(z, balance).gradient(z),
            1e-5);
    assertTrue(check.error() < 1e-6, check.toString());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLossAgreesWithItsFormula(Backend backend) {
    for (NextPairBalance balance : NextPairBalance.values()) {
      Num[] z = Num.variables(logits());
      Num expected = formula(z, balance);
      double[] gradient = expected.gradient(z);
      Matrix dLogits = Matrix.zeros(8, 1);
      assertEquals(expected.value(), loss(backend, balance, 0.5, dLogits), 1e-6);
      for (int i = 0; i < gradient.length; i++) {
        assertEquals(0.5 * gradient[i], dLogits.get(i, 0), 1e-6);
      }
    }
  }

  private static double loss(
      Backend backend, NextPairBalance balance, double weight, Matrix dLogits) {
    float[] z = new float[8];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) logits()[i];
    }
    return new NextPairLoss(backend, balance).of(Matrix.of(8, 1, z), CANDIDATES, weight, dLogits);
  }

  @Test
  void withOneNegativeTheReleasedCodeHasHalfTheLoss() {
    Backend backend = Backends.cpu().on(Workers.of(1));
    Matrix z = Matrix.of(4, 1, 1, -2, 0.5f, 3);
    int[] candidates = {0, 2, 4};
    Matrix ours = Matrix.zeros(4, 1);
    Matrix released = Matrix.zeros(4, 1);
    assertEquals(
        new NextPairLoss(backend, NextPairBalance.TARGET).of(z, candidates, 0.5, ours) / 2,
        new NextPairLoss(backend, NextPairBalance.PAIR).of(z, candidates, 1, released),
        1e-9);
    assertArrayEquals(ours.toArray(), released.toArray(), 1e-7f);
  }

  @Test
  void moreNegativesDoNotOutweighThePositive() {
    Backend backend = Backends.cpu().on(Workers.of(1));
    Matrix dLogits = Matrix.zeros(5, 1);
    new NextPairLoss(backend, NextPairBalance.TARGET)
        .of(Matrix.zeros(5, 1), new int[] {0, 5}, 1, dLogits);
    assertArrayEquals(
        new float[] {-0.5f, 0.125f, 0.125f, 0.125f, 0.125f}, dLogits.toArray(), 1e-6f);
    new NextPairLoss(backend, NextPairBalance.PAIR)
        .of(Matrix.zeros(5, 1), new int[] {0, 5}, 1, dLogits);
    assertArrayEquals(new float[] {-0.1f, 0.1f, 0.1f, 0.1f, 0.1f}, dLogits.toArray(), 1e-6f);
  }

  @Test
  void withoutTargetsThereIsNoLoss() {
    NextPairLoss loss = new NextPairLoss(Backends.cpu().on(Workers.of(1)), NextPairBalance.TARGET);
    assertEquals(0, loss.of(Matrix.zeros(0, 1), new int[1], 1, Matrix.zeros(0, 1)));
  }

  @Test
  void aTargetWithoutCandidatesAndABrokenLogitAreNamed() {
    NextPairLoss loss = new NextPairLoss(Backends.cpu().on(Workers.of(1)), NextPairBalance.TARGET);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> loss.of(Matrix.zeros(2, 1), new int[] {0, 2, 2}, 1, Matrix.zeros(2, 1)))
            .getMessage();
    assertTrue(message.contains("candidates of target 1 is 0"), message);
    assertThrows(
        ArithmeticException.class,
        () -> loss.of(Matrix.of(2, 1, Float.NaN, 0), new int[] {0, 2}, 1, Matrix.zeros(2, 1)));
  }

  @Test
  void theTotalWeighsTheThreeLosses() {
    LossTerms terms = new LossTerms(1, 20, 300);
    assertEquals(321, terms.total(LossTerms.Weights.paper()));
    assertEquals(1 + 2, terms.total(new LossTerms.Weights(1, 0.1, 0)));
    assertThrows(IllegalArgumentException.class, () -> new LossTerms.Weights(1, -0.1, 1));
  }
}
