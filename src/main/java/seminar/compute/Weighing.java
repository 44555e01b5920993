package seminar.compute;

/** How the chosen events of a candidate and head are weighed by their scores s. */
public enum Weighing {
  /** {@code a = softmax(s)}: target attention. */
  SOFTMAX,
  /** {@code a = s}: the sum that SIM's search is trained by. */
  SCORES,
  /** {@code a = 1}: a plain sum, as over a bucket of SDIM; scores do not matter. */
  ONES
}
