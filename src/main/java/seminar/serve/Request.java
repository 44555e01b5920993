package seminar.serve;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import seminar.data.Queries;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * What is asked of a {@link Recommender}: scores of candidates, given what a user has typed and
 * which of their events count.
 *
 * @param candidates numbers of items [C]
 * @param query what was typed with the request; {@link Queries#EMPTY} for nothing
 * @param since only events at this time or later count, in milliseconds since 1970 (UTC)
 * @param until only events before this time count
 * @param items of which items events count; distances are counted between these
 * @param search how each head finds its events
 */
@Withers
public record Request(
    int[] candidates, int query, long since, long until, IntPredicate items, Search search)
    implements RequestBuilder.With {
  private static final IntPredicate EVERY = item -> true;

  /** How each head finds its events. */
  public enum Search {
    /** Exactly, by one product of all candidates' head queries with all keys. */
    EXACT,
    /** By codes of four bits, of which the best are scored exactly. */
    CODES,
    /** Whichever is faster for so many candidates and events. */
    FASTER
  }

  /**
   * Checks the candidates.
   *
   * @throws IllegalArgumentException if there is none, one occurs twice, or {@code until} is before
   *     {@code since}
   */
  public Request {
    Checks.atLeast(1, "number of candidates", candidates.length);
    Set<Integer> seen = new HashSet<>();
    for (int candidate : candidates) {
      if (!seen.add(candidate)) {
        throw new IllegalArgumentException(
            "item %d is a candidate twice: name each once".formatted(candidate));
      }
    }
    if (until < since) {
      throw new IllegalArgumentException(
          "events since %d and until %d: there are none between".formatted(since, until));
    }
  }

  /** Nothing was typed, and all events count. */
  public static Request of(int... candidates) {
    return new Request(
        candidates, Queries.EMPTY, Long.MIN_VALUE, Long.MAX_VALUE, EVERY, Search.FASTER);
  }

  /** Whether events of all items count. */
  boolean takesEveryItem() {
    return items == EVERY;
  }
}
