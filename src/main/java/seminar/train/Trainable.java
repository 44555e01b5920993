package seminar.train;

import seminar.model.Parameters;

/** What the loop can train. */
public interface Trainable {
  /** What is learned. */
  Parameters parameters();

  /**
   * Is called before each step, for what is made anew every so many steps. What it makes must
   * follow from parameters, step and batches, and lie in parameters, so that a training can be cut
   * off and go on; most make nothing.
   *
   * @param step how many steps were done
   * @param batches what is learned from
   */
  default void renew(int step, Batches batches) {}

  /**
   * Clears the gradients, computes loss and gradients of a batch; moves nothing.
   *
   * @return the loss and its terms
   */
  StepLoss gradients(LabelledBatch batch);
}
