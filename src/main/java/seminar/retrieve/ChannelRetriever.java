package seminar.retrieve;

import seminar.math.Checks;

/**
 * Finds the events of one history that score best for a target, and looks at channels apart: its
 * weights γ may come with each target. Immutable and thread-safe.
 */
public interface ChannelRetriever {
  /** L, how many events can be found. */
  int size();

  /** M. */
  int channels();

  /** d. */
  int dims();

  /**
   * The {@code min(k, L)} best events, best first; of equal scores the earlier event.
   *
   * @throws IllegalArgumentException if {@code k < 1}, or the target has another shape than the
   *     events or a number that is not finite
   */
  Retrieval search(Target target, int k);

  /**
   * The same for targets that all have these weights: a query is the vectors of its channels side
   * by side [M·d].
   *
   * @param weights γ [M], copied
   */
  default Retriever weighted(float[] weights) {
    Checks.sameLength("list of weights", weights.length, "list of channels", channels());
    float[] gamma = weights.clone();
    return new Retriever() {
      @Override
      public int size() {
        return ChannelRetriever.this.size();
      }

      @Override
      public int width() {
        return channels() * dims();
      }

      @Override
      public Retrieval search(float[] query, int k) {
        Checks.sameLength("query", query.length, "row of an event", width());
        return ChannelRetriever.this.search(new Target(query, gamma), k);
      }
    };
  }
}
