package seminar.train;

import seminar.model.Parameters;

/** What the loop can train. */
public interface Trainable {
  /** What is learned. */
  Parameters parameters();

  /**
   * Clears the gradients, computes loss and gradients of a batch; moves nothing.
   *
   * @return the loss and its terms
   */
  StepLoss gradients(LabelledBatch batch);
}
