package seminar.loss;

import seminar.math.Checks;

/**
 * The three losses of one pretraining step (paper §3.3.1; our PSU-1).
 *
 * <pre>  L_PSU = w_next L_next^pair + w_align L_align + w_qi L_query-item</pre>
 *
 * <p>The paper's weights are all 1; its released Amazon command sets w_align = 0.1. Unit: nats.
 *
 * @param nextPair L_next^pair
 * @param alignment L_align
 * @param relevance L_query-item
 */
public record LossTerms(double nextPair, double alignment, double relevance) {
  /** L_PSU. */
  public double total(Weights weights) {
    return weights.nextPair * nextPair
        + weights.alignment * alignment
        + weights.relevance * relevance;
  }

  /**
   * The weights of the three losses; 0 leaves one out.
   *
   * @param nextPair w_next
   * @param alignment w_align
   * @param relevance w_qi
   */
  public record Weights(double nextPair, double alignment, double relevance) {
    /** Checks that no weight is negative. */
    public Weights {
      Checks.within(0, Double.MAX_VALUE, "weight w_next of the next pair", nextPair);
      Checks.within(0, Double.MAX_VALUE, "weight w_align of the alignment", alignment);
      Checks.within(0, Double.MAX_VALUE, "weight w_qi of the relevance", relevance);
    }

    /** The paper's: all 1. */
    public static Weights paper() {
      return new Weights(1, 1, 1);
    }
  }
}
