package seminar.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * What stands beside a positive in training: which query every candidate has, and which items may
 * be negatives. The first value of each switch is the paper's reading, the one called {@code
 * RELEASED} that of the authors' code (docs/DEPARTURES.md).
 *
 * <p>With {@code search} above 0 a model learns two tasks from the same histories. Each draws
 * targets of its own: recommendation any, whose candidates have no query, search those that
 * somebody typed a query for, which all candidates then have.
 *
 * <pre>
 *   JT-1  L = (1 − w) L_ctr of recommendation requests + w L_ctr of search requests,
 *         each the mean over its own candidates in the step
 * </pre>
 *
 * @param queries which query a candidate has
 * @param pool which items may be negatives
 * @param distinct whether the negatives of one positive all differ, where there are as many items;
 *     else one may be drawn twice, as in the paper, and files leave it out
 * @param search w, the weight of search: 0 for recommendation alone, 1 for search alone. 0 is left
 *     out of files
 */
@Withers
public record CandidateOptions(
    Queries queries,
    Pool pool,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean distinct,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double search)
    implements CandidateOptionsBuilder.With {
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

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if it is outside 0 to 1, or above 0 where recommendation
   *     requests have queries too
   */
  public CandidateOptions {
    Checks.within(0, 1, "search w", search);
    if (search > 0 && queries != Queries.EMPTY) {
      throw new IllegalArgumentException(
          "search w is %s, but queries is %s: a model of both tasks needs recommendation requests without a query, so set queries to EMPTY, or w to 0"
              .formatted(search, queries));
    }
  }

  /** Candidates without queries, negatives from the catalogue. */
  public static CandidateOptions recommendation() {
    return new CandidateOptions(Queries.EMPTY, Pool.ITEMS, false, 0);
  }

  /**
   * What each candidate counts in the loss of a step (JT-1); where a step has no request of a task,
   * the other keeps its weight.
   *
   * @param asked the query of each candidate [C]; 0 for none
   */
  float[] weights(int[] asked) {
    int all = asked.length;
    long searched = search > 0 ? Arrays.stream(asked).filter(query -> query != 0).count() : 0;
    float ofSearch = (float) (search / Math.max(1, searched));
    float ofOthers = (float) ((1 - search) / Math.max(1, all - searched));
    float[] weights = new float[all];
    for (int c = 0; c < all; c++) {
      weights[c] = search > 0 && asked[c] != 0 ? ofSearch : ofOthers;
    }
    return weights;
  }
}
