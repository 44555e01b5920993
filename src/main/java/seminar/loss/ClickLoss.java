package seminar.loss;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;

/**
 * L_ctr, mean binary cross entropy of clicks (paper §3.3.2; our CTR-2).
 *
 * <pre>  L_ctr = −(1/C) Σ_c [ y_c log σ(z_c) + (1 − y_c) log(1 − σ(z_c)) ]</pre>
 *
 * <p>Shapes: logits z and their gradient [C, 1]; labels y [C] in [0, 1]. Unit: nats.
 */
public final class ClickLoss {
  private final Backend backend;

  /** A loss computed by this backend. */
  public ClickLoss(Backend backend) {
    this.backend = backend;
  }

  /**
   * The loss and its gradient.
   *
   * @param dLogits receives the gradient [C, 1]
   * @return the mean over all candidates
   * @throws ArithmeticException if the loss is not finite: the message says how many logits are not
   */
  public double of(Matrix logits, float[] labels, Matrix dLogits) {
    float[] weights = new float[labels.length];
    Arrays.fill(weights, 1f / labels.length);
    return of(logits, labels, weights, dLogits);
  }

  /**
   * The same in which each candidate counts as given.
   *
   * @param weights [C]; 1 / C each for the mean
   * @param dLogits receives the gradient [C, 1]
   * @return the weighted sum over all candidates
   * @throws ArithmeticException if the loss is not finite: the message says how many logits are not
   */
  public double of(Matrix logits, float[] labels, float[] weights, Matrix dLogits) {
    double loss = backend.rowwise().binaryCrossEntropy(logits, labels, weights, dLogits);
    if (!Double.isFinite(loss)) {
      long broken = 0;
      for (float z : logits.toArray()) {
        broken += Float.isFinite(z) ? 0 : 1;
      }
      throw new ArithmeticException(
          "the click loss is %s: %d of %d logits are not finite; lower the learning rate"
              .formatted(loss, broken, labels.length));
    }
    return loss;
  }
}
