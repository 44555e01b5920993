package seminar.model;

import seminar.math.Checks;

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
public record AttentionOptions(
    int heads,
    int topK,
    int recencyBuckets,
    Stages stages,
    Projections projections,
    Padding padding) {

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

  /** The same with another K. */
  public AttentionOptions withTopK(int value) {
    return new AttentionOptions(heads, value, recencyBuckets, stages, projections, padding);
  }

  /** The same with another number of heads. */
  public AttentionOptions withHeads(int value) {
    return new AttentionOptions(value, topK, recencyBuckets, stages, projections, padding);
  }

  /** The same with recency buckets. */
  public AttentionOptions withRecency(int buckets) {
    return new AttentionOptions(heads, topK, buckets, stages, projections, padding);
  }

  /** The same with one set of projections for both stages. */
  public AttentionOptions shared() {
    return withStages(Stages.SHARED);
  }

  /** The same with shared or own projections of the GSU. */
  public AttentionOptions withStages(Stages value) {
    return new AttentionOptions(heads, topK, recencyBuckets, value, projections, padding);
  }

  /** The same with trained or random projections. */
  public AttentionOptions withProjections(Projections value) {
    return new AttentionOptions(heads, topK, recencyBuckets, stages, value, padding);
  }

  /** The same with or without padding. */
  public AttentionOptions withPadding(Padding value) {
    return new AttentionOptions(heads, topK, recencyBuckets, stages, projections, value);
  }
}
