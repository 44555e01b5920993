package seminar.loss;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.math.Checks;

/**
 * L_next^pair, binary cross entropy of the pair that came next against pairs that did not (paper
 * §3.3.1; our PSU-2).
 *
 * <pre>  L_next = (1/G) Σ_g [ −log σ(z⁺_g) − (1/n_g) Σ_j log σ(−z⁻_gj) ]</pre>
 *
 * <p>Shapes: G targets, C candidate pairs of all targets; logits z and their gradient [C, 1]. The
 * first candidate of a target is the pair that came next, the other n_g are negatives. A target
 * whose history is empty is one like any other: its logit is what the model says without a history.
 * Unit: nats.
 */
public final class NextPairLoss {
  private final Backend backend;
  private final NextPairBalance balance;

  /** A loss computed by this backend. */
  public NextPairLoss(Backend backend, NextPairBalance balance) {
    this.backend = backend;
    this.balance = balance;
  }

  /**
   * The loss and {@code weight} times its gradient.
   *
   * @param candidates G + 1 positions: target g has the logits {@code [candidates[g], candidates[g
   *     + 1])}, as in {@code Groups.candidates()}
   * @param weight weight of this loss among others
   * @param dLogits receives the gradient [C, 1]
   * @return the loss, without the weight; 0 where there are no targets
   * @throws IllegalArgumentException if shapes disagree or a target has no candidate
   * @throws ArithmeticException if the loss is not finite
   */
  public double of(Matrix logits, int[] candidates, double weight, Matrix dLogits) {
    int targets = Checks.atLeast(0, "targets G", candidates.length - 1);
    int pairs = candidates[targets];
    Checks.sameLength("logits", logits.length(), "candidates", pairs);
    Checks.sameLength("dLogits", dLogits.length(), "candidates", pairs);
    if (targets == 0) {
      return 0;
    }
    float[] labels = new float[pairs];
    float[] weights = new float[pairs];
    for (int g = 0; g < targets; g++) {
      int from = candidates[g];
      int negatives = Checks.atLeast(1, "candidates of target " + g, candidates[g + 1] - from) - 1;
      labels[from] = 1;
      weights[from] = (float) balance.positive(targets, pairs);
      for (int j = from + 1; j < candidates[g + 1]; j++) {
        weights[j] = (float) balance.negative(targets, pairs, negatives);
      }
    }
    double loss = backend.rowwise().binaryCrossEntropy(logits, labels, weights, dLogits);
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException(
          "the next-pair loss is %s over %d logits: one is not finite; lower the learning rate"
              .formatted(loss, pairs));
    }
    backend.rowwise().scale((float) weight, dLogits);
    return loss;
  }
}
