package seminar.search;

import seminar.loss.AlignmentOptions;
import seminar.loss.LossTerms;
import seminar.loss.NextPairBalance;
import seminar.loss.RelevanceForm;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * What the pretraining search unit learns from (paper §3.3.1). The first value of each switch is
 * the paper's, the one called {@code RELEASED} that of the authors' code (docs/DEPARTURES.md).
 *
 * @param weights weights of the three losses; 0 leaves one out (Table 3)
 * @param balance how much negatives count in L_next
 * @param alignment chunks, temperature and target of L_align
 * @param chunks of what chunks are made
 * @param learnedTemperature whether τ is learned, as CLIP does, or stays as it is
 * @param relevance form of L_query-item
 * @param logit from cosine to logit in L_query-item, or where it starts if it is learned
 * @param learnedLogit whether scale and bias of that logit are learned
 * @param negatives what a query's other items are
 * @param negativeCount how many other items a query has (released code: 5)
 * @param restoringInside whether query and attribute channel pass G inside L_next already
 */
@Withers
public record PsuOptions(
    LossTerms.Weights weights,
    NextPairBalance balance,
    AlignmentOptions alignment,
    Chunks chunks,
    boolean learnedTemperature,
    RelevanceForm relevance,
    CosineLogit logit,
    boolean learnedLogit,
    RelevanceNegatives negatives,
    int negativeCount,
    RestoringInside restoringInside)
    implements PsuOptionsBuilder.With {

  /** Of what the chunks of L_align are made. */
  public enum Chunks {
    /** Each history is cut from its start. */
    PER_HISTORY,
    /** All histories of a batch, padded to L, are one list that is cut in 1000 (L3). */
    RELEASED
  }

  /** What a query's other items are in L_query-item. */
  public enum RelevanceNegatives {
    /** Other items of the batch, drawn for each query. */
    OTHER_ITEMS,
    /** The same, each once, without those that the query leads to elsewhere in the batch. */
    UNRELATED_ITEMS,
    /** Those at five places of the same padded history, the same places for the batch (L6). */
    RELEASED
  }

  /** Whether channels pass their maps G_j inside L_next. */
  public enum RestoringInside {
    /** None: G belongs to the GSU. */
    NONE,
    /** Those of the query and of the item's own vector, as in the released code (M9). */
    RELEASED
  }

  /** Checks every number. */
  public PsuOptions {
    Checks.atLeast(1, "negativeCount", negativeCount);
    if (weights.nextPair() + weights.alignment() + weights.relevance() == 0) {
      throw new IllegalArgumentException("all three weights are 0: there is nothing to learn from");
    }
  }

  /** The paper's losses, all of weight one. */
  public static PsuOptions paper() {
    return new PsuOptions(
        LossTerms.Weights.paper(),
        NextPairBalance.TARGET,
        AlignmentOptions.paper(),
        Chunks.PER_HISTORY,
        false,
        RelevanceForm.BINARY,
        new CosineLogit(10, -5),
        true,
        RelevanceNegatives.OTHER_ITEMS,
        5,
        RestoringInside.NONE);
  }
}
