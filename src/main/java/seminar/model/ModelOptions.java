package seminar.model;

import seminar.math.Checks;

/**
 * The shape of a model and how it starts. Defaults stand here and nowhere else.
 *
 * @param dims d, width of every vector (paper §4.1: 64)
 * @param heads H, attention heads, each of full width (paper: 4)
 * @param topK K, events that a head keeps (paper §4.1: 50 to 200)
 * @param sequenceLength L, the latest events of a history that a target may see (paper: 100 to
 *     2000)
 * @param hidden width of the click head's hidden layer (released code: 64)
 * @param queryWeight λ, weight of the query in a pair (paper §4.1: 0.5; best in Figure 4: 0.3)
 * @param recencyBuckets buckets of log2 distance with a learned bias per head; 0 for none, as in
 *     the paper
 * @param start how parameters are filled
 * @param itemBias whether the click head adds a learned bias of the candidate item
 * @param agreement whether the click head adds the scaled product u·t
 */
public record ModelOptions(
    int dims,
    int heads,
    int topK,
    int sequenceLength,
    int hidden,
    double queryWeight,
    int recencyBuckets,
    Start start,
    boolean itemBias,
    boolean agreement) {

  /** How parameters are filled before training. */
  public enum Start {
    /** Small normal numbers everywhere, as the released code does. */
    SMALL,
    /** Projections near the identity, W_O averaging the heads, embeddings of scale 0.1. */
    NEAR_IDENTITY
  }

  /** Checks every number. */
  public ModelOptions {
    Checks.atLeast(1, "dims", dims);
    Checks.atLeast(1, "heads", heads);
    Checks.atLeast(1, "topK", topK);
    Checks.atLeast(1, "sequenceLength", sequenceLength);
    Checks.atLeast(1, "hidden", hidden);
    Checks.within(0, 1, "queryWeight", queryWeight);
    Checks.atLeast(0, "recencyBuckets", recencyBuckets);
  }

  /**
   * The model as the paper describes it (§3.2, §3.3.2, §4.1), with its Amazon lengths L = 100, K =
   * 50.
   */
  public static ModelOptions paper() {
    return new ModelOptions(64, 4, 50, 100, 64, 0.5, 0, Start.SMALL, false, false);
  }

  /**
   * What trains in minutes on a laptop: the paper's model, started near the identity, with an item
   * bias and the product u·t in the head (docs/DEPARTURES.md).
   */
  public static ModelOptions laptop() {
    return new ModelOptions(64, 4, 50, 200, 64, 0.5, 0, Start.NEAR_IDENTITY, true, true);
  }

  /** The same with another K and L. */
  public ModelOptions withLengths(int newTopK, int newSequenceLength) {
    return new ModelOptions(
        dims,
        heads,
        newTopK,
        newSequenceLength,
        hidden,
        queryWeight,
        recencyBuckets,
        start,
        itemBias,
        agreement);
  }

  /** The same with recency buckets. */
  public ModelOptions withRecency(int buckets) {
    return new ModelOptions(
        dims,
        heads,
        topK,
        sequenceLength,
        hidden,
        queryWeight,
        buckets,
        start,
        itemBias,
        agreement);
  }
}
