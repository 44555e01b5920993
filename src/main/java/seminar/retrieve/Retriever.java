package seminar.retrieve;

/** Finds the events of one history that score best for a target. Immutable and thread-safe. */
public interface Retriever {
  /** L, how many events can be found. */
  int size();

  /**
   * The {@code min(k, L)} best events, best first; of equal scores the earlier event.
   *
   * @throws IllegalArgumentException if {@code k < 1} or the target has another shape than the
   *     events
   */
  Retrieval search(Target target, int k);
}
