package seminar.rank;

import seminar.data.TestMode;
import seminar.measure.TieRule;
import seminar.options.Withers;

/**
 * How held-out items are ranked.
 *
 * @param mode which query stands beside each candidate
 * @param against the candidates beside the positive
 * @param ties where a positive stands among candidates of its score
 */
@Withers
public record RankingForm(TestMode mode, Against against, TieRule ties)
    implements RankingFormBuilder.With {
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
}
