package seminar.measure;

import seminar.math.Checks;

/**
 * The mean negative logarithm of the probability that was given to what happened (natural
 * logarithm): ln 2 for a coin, 0 for an oracle.
 */
public final class LogLoss {
  private LogLoss() {}

  /**
   * From probabilities. One who gave probability 0 to what happened has an infinite loss.
   *
   * @param probabilities of a click, each in [0, 1]
   * @throws IllegalArgumentException if the lengths differ, there is none, or one is no probability
   */
  public static double ofProbabilities(double[] probabilities, boolean[] labels) {
    checkLengths(probabilities.length, labels);
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double p = Checks.within(0, 1, "probability " + i, probabilities[i]);
      // log1p keeps the digits of a probability near 0 that did not happen.
      sum -= labels[i] ? Math.log(p) : Math.log1p(-p);
    }
    return sum / probabilities.length;
  }

  /**
   * From logits, finite for any finite logit: ln(1 + e^z) − y·z, computed without overflow.
   *
   * @throws IllegalArgumentException if the lengths differ, there is none, or a logit is not finite
   */
  public static double ofLogits(float[] logits, boolean[] labels) {
    checkLengths(logits.length, labels);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double z = Checks.within(-Float.MAX_VALUE, Float.MAX_VALUE, "logit " + i, logits[i]);
      double wrong = labels[i] ? -z : z;
      sum += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
    }
    return sum / logits.length;
  }

  /** The probability that a logit stands for: 1 / (1 + e^−z). */
  public static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static void checkLengths(int length, boolean[] labels) {
    Checks.atLeast(1, "number of labels", labels.length);
    Checks.sameLength("predictions", length, "labels", labels.length);
  }
}
