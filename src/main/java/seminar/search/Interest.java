package seminar.search;

import seminar.compute.Attended;
import seminar.compute.Choice;
import seminar.compute.Matrix;

/**
 * The long-term interest u of a user in each candidate: the one part in which SEMINAR and its peers
 * differ. Channels, fusion, click head and training are the same for all.
 *
 * <p>Shapes: E events, C candidates, d dims.
 */
interface Interest {
  /**
   * The interest of each candidate.
   *
   * @param u receives [C, d]; zeros for a candidate that sees no events
   * @return which events led to it, and how much; nothing where only {@link #explained} says so
   */
  Attended forward(EncodedBatch encoded, Matrix u);

  /** The same, to be told which events led to it, whatever that costs. */
  default Attended explained(EncodedBatch encoded, Matrix u) {
    return forward(encoded, u);
  }

  /** The parameters will not move any more: what only they decide may be computed once. */
  default void fix() {}

  /**
   * Adds the gradients of the parameters and of the vectors that {@link #forward} read.
   *
   * @param du gradient of the interest [C, d]; may be overwritten
   */
  void backward(Matrix du, EncodedBatch.Gradient gradient);

  /**
   * What each head looks for in events, where a choice is by inner products: event l scores {@code
   * k_l · r_h}.
   *
   * @param candidates fused candidates [C, d]
   * @return r [C, H·d]
   * @throws IllegalArgumentException if events are chosen otherwise
   */
  default Matrix headQueries(Matrix candidates) {
    throw new IllegalArgumentException("events are not chosen by inner products here");
  }

  /**
   * What beside these scores decides which events a head keeps.
   *
   * @throws IllegalArgumentException if events are chosen otherwise
   */
  default ChoiceRule rule() {
    throw new IllegalArgumentException("events are not chosen by inner products here");
  }

  /**
   * The interest of each candidate, had its heads kept these events.
   *
   * @param choice at most K events for each candidate and head
   * @param u receives [C, d]
   * @throws IllegalArgumentException if heads do not choose for themselves here
   */
  default Attended over(Choice choice, EncodedBatch encoded, Matrix u) {
    throw new IllegalArgumentException("heads do not choose for themselves here");
  }

  /**
   * What the first stage learns from beside the clicks that the second stage explains: adds its
   * gradients.
   *
   * @param labels 1 for a positive, 0 for a negative [C]
   * @return the loss, 0 where there is none
   */
  default double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
    return 0;
  }
}
