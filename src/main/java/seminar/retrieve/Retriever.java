package seminar.retrieve;

/**
 * Finds the events of one history that score best for a query: plain numbers in, the K best out.
 *
 * <p>A query is one vector. For most it is the fused one (Σ_i γ_i x⁽ⁱ⁾, or a head's query into
 * which an attention's projections are folded); where channels are looked at apart, {@link
 * ChannelRetriever#weighted} makes a retriever of their vectors side by side. Immutable and
 * thread-safe.
 */
public interface Retriever {
  /** L, how many events can be found. */
  int size();

  /** How many numbers a query has. */
  int width();

  /**
   * The {@code min(k, L)} best events, best first; of equal scores the earlier event.
   *
   * @param query [width]
   * @throws IllegalArgumentException if {@code k < 1}, or the query has another length or a number
   *     that is not finite
   */
  Retrieval search(float[] query, int k);
}
