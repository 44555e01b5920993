package seminar.model;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * How a search unit attends (paper §3.3.1 and §3.3.2).
 *
 * @param heads H, attention heads, each of full width (paper: 4)
 * @param topK K, events that a head keeps (paper §4.1: 50 to 200)
 * @param recencyBuckets buckets of log2 distance with a learned bias per head, in both stages; 0
 *     for none, as in the paper
 * @param stages whether GSU and ESU share their projections
 * @param projections whether W_Q, W_K, W_V learn
 * @param padding what competes for the K places beside real events
 */
@Withers
public record AttentionOptions(
    int heads,
    int topK,
    int recencyBuckets,
    Stages stages,
    Projections projections,
    Padding padding)
    implements AttentionOptionsBuilder.With {

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
  }

  /** Four heads of which each keeps K events; shared, trained, no padding, blind to order. */
  public static AttentionOptions paper(int topK) {
    return new AttentionOptions(4, topK, 0, Stages.SHARED, Projections.TRAINED, Padding.NONE);
  }
}
