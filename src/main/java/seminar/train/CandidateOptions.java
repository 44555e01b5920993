package seminar.train;

import seminar.options.Withers;

/**
 * What stands beside a positive in training: which query every candidate has, and which items may
 * be negatives. The first value of each switch is the paper's reading, the one called {@code
 * RELEASED} that of the authors' code (docs/DEPARTURES.md).
 *
 * @param queries which query a candidate has
 * @param pool which items may be negatives
 */
@Withers
public record CandidateOptions(Queries queries, Pool pool) implements CandidateOptionsBuilder.With {
  /** Which query a candidate has. */
  public enum Queries {
    /** None, as when recommending: nobody has typed anything. */
    EMPTY,
    /** That of the positive, as when searching: which item answers it? */
    POSITIVE,
    /**
     * The positive its own, a negative that of a random event of the same history: whether item and
     * query fit tells which is which, and no query is there at test time (L8, P13).
     */
    RELEASED
  }

  /** Which items may be negatives. */
  public enum Pool {
    /** Those of the catalogue. */
    ITEMS,
    /** And &lt;EOS&gt;, which no positive is (M13). */
    RELEASED
  }

  /** Candidates without queries, negatives from the catalogue. */
  public static CandidateOptions recommendation() {
    return new CandidateOptions(Queries.EMPTY, Pool.ITEMS);
  }
}
