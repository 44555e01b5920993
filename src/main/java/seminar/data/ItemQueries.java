package seminar.data;

import java.util.Arrays;

/**
 * The query with which each item was found most often in training; of equally frequent ones the
 * lowest number, and the empty query for an item that no training event found with a query.
 *
 * <p>This is what a negative can bring along in {@link TestMode#PAIR}. Held-out events are not
 * looked at.
 */
public final class ItemQueries {
  private final int[] queries;

  private ItemQueries(int[] queries) {
    this.queries = queries;
  }

  /**
   * Looks at the events that training may know: positions {@code [0, trainEnd)} of each history.
   *
   * @param items how many items there are
   */
  public static ItemQueries fit(Histories histories, Split split, int items) {
    long[] pairs = pairs(histories, split);
    int[] queries = new int[items + 1];
    for (int from = 0, to, best = 0; from < pairs.length; from = to) {
      to = from;
      while (to < pairs.length && pairs[to] == pairs[from]) {
        to++;
      }
      int item = (int) (pairs[from] >>> Integer.SIZE);
      if (queries[item] == Queries.EMPTY || to - from > best) {
        queries[item] = (int) pairs[from];
        best = to - from;
      }
    }
    return new ItemQueries(queries);
  }

  /** Every training event with a query as item and query in one number, rising. */
  private static long[] pairs(Histories histories, Split split) {
    Growing found = new Growing();
    for (int user = 0; user < histories.users(); user++) {
      long start = histories.start(user);
      for (long event = start; event < start + split.trainEnd(user); event++) {
        int query = histories.query(event);
        if (query != Queries.EMPTY) {
          found.add((long) histories.item(event) << Integer.SIZE | query);
        }
      }
    }
    long[] pairs = found.column().toArray(Columns.LONG);
    Arrays.sort(pairs);
    return pairs;
  }

  /** How many items there are. */
  public int items() {
    return queries.length - 1;
  }

  /** The item's query; 0 if it has none. */
  public int query(int item) {
    return queries[item];
  }

  /** How many items have a query. */
  public int queried() {
    return (int) Arrays.stream(queries).filter(query -> query != Queries.EMPTY).count();
  }
}
