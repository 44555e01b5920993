package seminar.retrieve;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.math.Checks;
import seminar.math.WarmUp;

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

  /**
   * As {@link #search(float[], int)}, among some events only, by their scores and what is added to
   * them. Scans read only the window's codes, once; others look for more and more events until no
   * other can be among the best.
   *
   * @return as many as there are, at most {@code k}
   * @throws IllegalArgumentException as {@link #search(float[], int)}, or if something shall be
   *     added to scores that are bits
   */
  default Retrieval search(float[] query, int k, Subset among) {
    return WiderSearch.search(this, query, k, among);
  }

  /**
   * The events that {@link #search(float[], int, Subset)} finds, rising and without their scores:
   * all that an attention needs, which is less work.
   *
   * @throws IllegalArgumentException as {@link #search(float[], int)}
   */
  default int[] choose(float[] query, int k, Subset among) {
    int[] events = search(query, k, among).top().indices();
    Arrays.sort(events);
    return events;
  }

  /**
   * The best events for each of some queries. Scans read the codes once for all queries, block by
   * block, as the heads and the candidates of a request need it.
   *
   * @param queries [n][width]
   * @return the n results, the same as one by one
   * @throws IllegalArgumentException as {@link #search(float[], int)}
   */
  default List<Retrieval> searchAll(List<float[]> queries, int k) {
    return queries.stream().map(query -> search(query, k)).toList();
  }

  /**
   * As {@link #searchAll(List, int)}, each query among events of its own: the heads of a model, for
   * instance, each with its own bias.
   *
   * @param among one for each query
   * @throws IllegalArgumentException if there are not as many, or as {@link #search(float[], int,
   *     Subset)}
   */
  default List<Retrieval> searchAll(List<float[]> queries, int k, List<Subset> among) {
    Checks.sameLength("list of queries", queries.size(), "list of subsets", among.size());
    return IntStream.range(0, queries.size())
        .mapToObj(i -> search(queries.get(i), k, among.get(i)))
        .toList();
  }

  /**
   * Searches for random queries until the virtual machine has compiled what a search runs, at most
   * five seconds: without it the first thousands of searches take many times as long.
   *
   * @param k K of the searches to come
   * @return how many searches were made
   */
  default int warmUp(int k) {
    SplittableRandom rng = new SplittableRandom(1);
    float[] query = new float[width()];
    return WarmUp.run(
        () -> {
          for (int i = 0; i < query.length; i++) {
            query[i] = (float) rng.nextGaussian();
          }
          search(query, k);
        });
  }
}
