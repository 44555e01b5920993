package seminar.loss;

/** What a modality of an event should resemble: where the paper and its released code differ. */
public enum AlignmentTarget {
  /**
   * The other modality of the same event and no other (paper §3.3.1). Other events of the same item
   * are no negatives.
   */
  PAIRS,
  /**
   * As in the released code: a softmax over the similarities of the events <em>times</em> τ, where
   * the source of that formula has τ = 1. With τ = 0.05 this target is nearly uniform: it is met
   * when the cosine of a pair exceeds that of strangers by about τ² = 0.0025, so descent takes an
   * alignment apart that is there. Gradients flow through the target too, and events of the same
   * item are treated like any others.
   */
  NEAR_UNIFORM
}
