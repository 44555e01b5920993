package seminar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * How a search unit attends (paper §3.3.1 and §3.3.2).
 *
 * @param heads H, attention heads, each of full width (paper: 4)
 * @param topK K, events that a head keeps (paper §4.1: 50 to 200)
 * @param recencyBuckets buckets of log2 distance with a learned bias per head, in both stages and,
 *     apart from it, in the short term; 0 for none, as in the paper
 * @param stages whether GSU and ESU share their projections
 * @param projections whether W_Q, W_K, W_V learn
 * @param padding what competes for the K places beside real events
 * @param recencyStart how steeply the recency bias falls at first: it starts at {@code −σ_h} times
 *     the bucket, with {@link #slope} σ_h of head h, so that near heads look at late events before
 *     anything is learned; 0 for a bias that starts at 0, and left out of files
 * @param latest how many of a head's K events are the newest of the history, whatever their score;
 *     the others are the best of the older ones, and all share one softmax; 0, as in the paper, for
 *     a choice by scores alone
 * @param sharpness how many times the usual the scores of a head are at first: W_Q starts so much
 *     larger. Adam moves a number of W_Q by about its learning rate a step, so that a softmax that
 *     starts flat over thousands of events stays so for long; 1 (as 0 is read) for the usual start,
 *     and left out of files
 * @param coded whether training chooses the K events by codes that are some steps old; an exact
 *     choice is left out of files
 */
@Withers
public record AttentionOptions(
    int heads,
    int topK,
    int recencyBuckets,
    Stages stages,
    Projections projections,
    Padding padding,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double recencyStart,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int latest,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualStart.class)
        double sharpness,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = CodedChoice.Exact.class)
        CodedChoice coded)
    implements AttentionOptionsBuilder.With {
  /** The most that {@link #recencyStart} may be. */
  public static final double STEEPEST = 100;

  private static final double MILDEST = 1e-3;

  /** Which projections choose the K events (GSU) and which weigh them (ESU). */
  public enum Stages {
    /** One set does both, so what is chosen is what is weighed (TWIN; M2). */
    SHARED,
    /**
     * The GSU has its own, as in the paper. The choice has no gradient, so they learn nothing from
     * clicks: they are those of the PSU once its parameters are restored.
     */
    OWN
  }

  /** Whether W_Q, W_K, W_V learn. */
  public enum Projections {
    /** They are parameters like any other. */
    TRAINED,
    /** Random and never trained, as in the released code (M1). */
    RELEASED
  }

  /** What competes for the K places beside real events. */
  public enum Padding {
    /** Nothing: K_eff = min(K, n). */
    NONE,
    /** Histories padded to L with a constant pair that may be chosen (released code; M11). */
    RELEASED
  }

  /** Checks every number. */
  public AttentionOptions {
    Checks.atLeast(1, "heads H", heads);
    Checks.atLeast(1, "topK K", topK);
    Checks.atLeast(0, "recencyBuckets", recencyBuckets);
    Checks.within(0, STEEPEST, "recencyStart σ", recencyStart);
    if (recencyStart > 0 && recencyBuckets == 0) {
      throw new IllegalArgumentException(
          "recencyStart σ is %s, but recencyBuckets is 0: there is no recency bias that could start so"
              .formatted(recencyStart));
    }
    sharpness = sharpness == 0 ? 1 : sharpness;
    Checks.within(MILDEST, 1 / MILDEST, "sharpness", sharpness);
    if (latest < 0 || latest > topK) {
      throw new IllegalArgumentException(
          "latest is %d: it must lie between 0 and topK K, which is %d".formatted(latest, topK));
    }
    if (latest > 0 && padding == Padding.RELEASED) {
      throw new IllegalArgumentException(
          "latest is %d and padding is %s: the latest events are kept whatever their score, and"
                  .formatted(latest, padding)
              + " pads compete by theirs; leave one of the two out");
    }
    coded = coded == null ? CodedChoice.EXACT : coded;
    if (coded.applies() && padding == Padding.RELEASED) {
      throw new IllegalArgumentException(
          "coded.every is %d and padding is %s: codes are of events, and pads have none; leave one of"
                  .formatted(coded.every(), padding)
              + " the two out");
    }
  }

  /** Four heads of which each keeps K events; shared, trained, no padding, blind to order. */
  public static AttentionOptions paper(int topK) {
    return new AttentionOptions(
        4, topK, 0, Stages.SHARED, Projections.TRAINED, Padding.NONE, 0, 0, 1, CodedChoice.EXACT);
  }

  /**
   * How steeply the recency bias of a head falls at first, for each doubling of the distance:
   *
   * <pre>  TA-5  σ_h = σ (H − 1 − h) / (H − 1),   σ_0 = σ where H = 1</pre>
   *
   * <p>Heads differ as in ALiBi, so that some look near and others far; there slopes fall as powers
   * of two over plain distances, here evenly over log2 distances, and the last head is blind to
   * distance.
   *
   * @param head h, from 0
   * @throws IllegalArgumentException if there is no such head
   * @see <a href="https://arxiv.org/abs/2108.12409">Press et al. Train short, test long. ICLR
   *     2022</a>
   */
  public double slope(int head) {
    Checks.within(0, heads - 1, "head", head);
    return heads == 1 ? recencyStart : recencyStart * (heads - 1 - head) / (heads - 1);
  }
}
