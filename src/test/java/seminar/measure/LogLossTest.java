package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class LogLossTest {
  @Test
  void isTheMeanOfMinusTheLogarithm() {
    boolean[] labels = {true, false, true};
    double expected = -(Math.log(0.8) + Math.log(1 - 0.3) + Math.log(0.25)) / 3;
    assertEquals(expected, LogLoss.ofProbabilities(new double[] {0.8, 0.3, 0.25}, labels), 1e-15);
    assertEquals(Math.log(2), LogLoss.ofLogits(new float[3], labels), 1e-15);
  }

  @Test
  void logitsAndTheirProbabilitiesAgree() {
    SplittableRandom rng = Rng.stream("test/logloss", 1);
    float[] logits = new float[500];
    double[] probabilities = new double[500];
    boolean[] labels = new boolean[500];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (4 * rng.nextGaussian());
      probabilities[i] = LogLoss.probability(logits[i]);
      labels[i] = rng.nextBoolean();
    }
    assertEquals(
        LogLoss.ofProbabilities(probabilities, labels), LogLoss.ofLogits(logits, labels), 1e-12);
  }

  @Test
  void largeLogitsNeitherOverflowNorVanish() {
    assertEquals(500, LogLoss.ofLogits(new float[] {1000, 1000}, new boolean[] {true, false}));
    assertEquals(
        Math.exp(-80) / 2,
        LogLoss.ofLogits(new float[] {-80, 1000}, new boolean[] {false, true}),
        1e-48);
    assertEquals(
        1e-20, LogLoss.ofProbabilities(new double[] {1e-20}, new boolean[] {false}), 1e-34);
  }

  @Test
  void certaintyThatIsWrongCostsInfinitelyMuch() {
    assertEquals(0, LogLoss.ofProbabilities(new double[] {1, 0}, new boolean[] {true, false}));
    assertEquals(
        Double.POSITIVE_INFINITY,
        LogLoss.ofProbabilities(new double[] {0, 0.5}, new boolean[] {true, false}));
  }

  @Test
  void refusesWhatIsNoProbabilityAndNothing() {
    boolean[] one = {true};
    assertThrows(
        IllegalArgumentException.class, () -> LogLoss.ofProbabilities(new double[] {1.1}, one));
    assertThrows(
        IllegalArgumentException.class,
        () -> LogLoss.ofProbabilities(new double[] {Double.NaN}, one));
    assertThrows(
        IllegalArgumentException.class, () -> LogLoss.ofLogits(new float[] {Float.NaN}, one));
    assertThrows(IllegalArgumentException.class, () -> LogLoss.ofLogits(new float[2], one));
    assertThrows(
        IllegalArgumentException.class, () -> LogLoss.ofLogits(new float[0], new boolean[0]));
  }
}
