package seminar.model;

import java.util.Arrays;
import seminar.compute.Groups;
import seminar.math.Checks;

/**
 * What a model scores at once: ragged histories, the requests in them, and the candidates of each
 * request.
 *
 * @param items item of each event [E], histories one after the other
 * @param queries query of each event [E]; 0 for the empty query
 * @param groups which events each candidate sees
 * @param candidateItems item of each candidate [C]
 * @param candidateQueries query of each candidate [C]; 0 for the empty query
 * @param side features of user, item, user and item, and context of each candidate [C, F],
 *     candidate after candidate; empty for none
 */
public record Batch(
    int[] items,
    int[] queries,
    Groups groups,
    int[] candidateItems,
    int[] candidateQueries,
    float[] side) {
  /** Checks that the lists belong together. */
  public Batch {
    Checks.sameLength("items", items.length, "queries", queries.length);
    Checks.sameLength("candidateItems", candidateItems.length, "C", groups.candidateCount());
    Checks.sameLength("candidateQueries", candidateQueries.length, "C", groups.candidateCount());
  }

  /** Without side features. */
  public Batch(
      int[] items, int[] queries, Groups groups, int[] candidateItems, int[] candidateQueries) {
    this(items, queries, groups, candidateItems, candidateQueries, new float[0]);
  }

  /**
   * The side features of all candidates [C, F].
   *
   * @param count F, how many a model expects
   * @throws IllegalArgumentException if the batch brings another number
   */
  float[] sideFeatures(int count) {
    Checks.sameLength("side features", side.length, "C · F", count * candidateItems.length);
    return side;
  }

  /** The same with one more event that belongs to no history: its key row is E. */
  public Batch plusEvent(int item, int query) {
    int[] moreItems = Arrays.copyOf(items, items.length + 1);
    int[] moreQueries = Arrays.copyOf(queries, queries.length + 1);
    moreItems[items.length] = item;
    moreQueries[queries.length] = query;
    return new Batch(moreItems, moreQueries, groups, candidateItems, candidateQueries, side);
  }
}
