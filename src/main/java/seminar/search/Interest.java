package seminar.search;

import seminar.compute.Attended;
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
   * @return which events led to it, and how much
   */
  Attended forward(Moments moments, Matrix u);

  /**
   * Adds the gradients of the parameters and of the vectors that {@link #forward} read.
   *
   * @param du gradient of the interest [C, d]; may be overwritten
   */
  void backward(Matrix du, Moments.Gradient gradient);

  /**
   * What the first stage learns from beside the clicks that the second stage explains: adds its
   * gradients.
   *
   * @param labels 1 for a positive, 0 for a negative [C]
   * @return the loss, 0 where there is none
   */
  default double auxiliary(float[] labels, Moments.Gradient gradient) {
    return 0;
  }
}
