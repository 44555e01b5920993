package seminar.search;

import seminar.compute.Choice;

/**
 * The first stage of a two-stage model: which events of its history a candidate attends to (the
 * general search unit of SIM and its successors).
 */
interface EventSearch {
  /**
   * Chooses events for each candidate; has no gradient.
   *
   * @return at most K events of each candidate, in the order of age; one row for each candidate
   */
  Choice choose(EncodedBatch encoded);

  /**
   * What the search itself learns from: adds its gradients.
   *
   * @param labels 1 for a positive, 0 for a negative [C]
   * @return the loss, 0 where there is none
   */
  default double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
    return 0;
  }
}
