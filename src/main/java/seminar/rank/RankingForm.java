package seminar.rank;

import seminar.data.TestMode;
import seminar.measure.TieRule;

/**
 * How held-out items are ranked.
 *
 * @param mode which query stands beside each candidate
 * @param against the candidates beside the positive
 * @param ties where a positive stands among candidates of its score
 */
public record RankingForm(TestMode mode, Against against, TieRule ties) {
  /** The candidates beside a positive. */
  public enum Against {
    /** 99 items that the user has not met, all equally likely (paper §4.1). */
    UNIFORM,
    /**
     * 99 items that the user has not met, in proportion to their clicks: popularity is at chance.
     */
    POPULAR,
    /** The negatives that came with the corpus. */
    GIVEN,
    /** Every item of the catalogue that the user has not met: full ranking. */
    ALL
  }

  /** As the paper does it: no queries, 99 uniform negatives, ties in expectation. */
  public static RankingForm paper() {
    return new RankingForm(TestMode.RECOMMENDATION, Against.UNIFORM, TieRule.EXPECTED);
  }

  /** The same with other queries. */
  public RankingForm with(TestMode value) {
    return new RankingForm(value, against, ties);
  }

  /** The same against other candidates. */
  public RankingForm with(Against value) {
    return new RankingForm(mode, value, ties);
  }

  /** The same with another rule for equal scores. */
  public RankingForm with(TieRule value) {
    return new RankingForm(mode, against, value);
  }
}
