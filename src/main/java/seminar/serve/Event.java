package seminar.serve;

import seminar.data.Queries;

/**
 * An event of a user.
 *
 * @param item number of the item
 * @param query number of the query that led to it; {@link Queries#EMPTY} for none
 * @param time milliseconds since 1970 (UTC); 0 where histories have no times
 */
public record Event(int item, int query, long time) {
  /** Without a query and a time. */
  public static Event of(int item) {
    return new Event(item, Queries.EMPTY, 0);
  }
}
