package seminar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * The shape of a model and how it starts. Defaults stand here and in the options it is made of, and
 * nowhere else.
 *
 * @param dims d, width of every vector (paper §4.1: 64)
 * @param sequenceLength L, the latest events of a history that a target may see (paper: 100 to
 *     2000)
 * @param start how parameters are filled
 * @param channels the channels of a pair and their fusion
 * @param attention the search units
 * @param restoring the maps G_j between the PSU's channels and those of GSU and ESU
 * @param head the click head
 * @param shortTerm S, the latest events that a second attention beside the long-term interest
 *     attends to; at most L, and all events of a history that has fewer. 0 for no such branch, as
 *     in the paper, and left out of files
 * @param sequence a self-attention over the history beside the long-term interest, or in its place;
 *     none in the paper, and left out of files
 */
@Withers
public record ModelOptions(
    int dims,
    int sequenceLength,
    Start start,
    ChannelOptions channels,
    AttentionOptions attention,
    Restoring restoring,
    HeadOptions head,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int shortTerm,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = SequenceOptions.None.class)
        SequenceOptions sequence)
    implements ModelOptionsBuilder.With {

  /** How parameters are filled before training. */
  public enum Start {
    /** Small normal numbers everywhere, as the released code does. */
    SMALL,
    /** Projections near the identity, W_O averaging the heads, embeddings of scale 0.1. */
    NEAR_IDENTITY
  }

  /** The maps G_j of paper §3.3.2, x^GSU(j) = x^PSU(j) G_j. */
  public enum Restoring {
    /** One d × d map for each channel, the identity at first. */
    IDENTITY,
    /** The same, uniform in ±1/√d at first, as in the released code (M9). */
    RELEASED,
    /** No maps: the model is TWIN's (FACTS §2). */
    NONE
  }

  /** Checks every number. */
  public ModelOptions {
    Checks.atLeast(1, "dims d", dims);
    Checks.atLeast(1, "sequenceLength L", sequenceLength);
    Checks.atLeast(0, "shortTerm S", shortTerm);
    if (shortTerm > sequenceLength) {
      throw new IllegalArgumentException(
          "shortTerm S is %d, but a target sees sequenceLength L = %d events: S is at most L"
              .formatted(shortTerm, sequenceLength));
    }
    attention.coded().checkDims(dims);
    sequence = sequence == null ? SequenceOptions.none() : sequence;
    sequence.checkDims(dims);
  }

  /**
   * K, but no more than the places that a head could fill: L events and one that ends them. So any
   * K above L, however large, means all of a history and costs no more.
   */
  public int topK() {
    return (int) Math.min(attention.topK(), sequenceLength + 1L);
  }

  /**
   * The model as the paper describes it (§3.2, §3.3.2, §4.1), with its Amazon lengths L = 100, K =
   * 50.
   */
  public static ModelOptions paper() {
    return new ModelOptions(
        64,
        100,
        Start.SMALL,
        ChannelOptions.paper(),
        AttentionOptions.paper(50),
        Restoring.IDENTITY,
        HeadOptions.paper(),
        0,
        SequenceOptions.none());
  }

  /**
   * What trains in minutes on a laptop: the paper's model, started near the identity, with an item
   * bias and the product u·t in the head (docs/DEPARTURES.md).
   */
  public static ModelOptions laptop() {
    return new ModelOptions(
        64,
        200,
        Start.NEAR_IDENTITY,
        ChannelOptions.paper(),
        AttentionOptions.paper(50),
        Restoring.IDENTITY,
        new HeadOptions(64, true, true, 0),
        0,
        SequenceOptions.none());
  }

  /**
   * What learns from thousands of events: {@link #laptop} with L = 2,000 and K = 200, channels of
   * length one, a pair that is its item alone where nobody typed anything, items' own vectors that
   * start small, attention and agreement that start sharp, a recency bias that starts falling, and
   * the latest 50 events beside the long-term interest (docs/DEPARTURES.md).
   */
  public static ModelOptions lifelong() {
    ModelOptions laptop = laptop();
    return laptop
        .withChannels(
            laptop
                .channels()
                .withUnit(true)
                .withEmptyQuery(ChannelOptions.EmptyQuery.ITEM_ALONE)
                .withItemStart(0.05))
        .withAttention(
            laptop
                .attention()
                .with(start -> start.recencyBuckets(14).recencyStart(2).sharpness(128)))
        .withHead(laptop.head().withAgreementStart(8))
        .withLengths(200, 2000)
        .withShortTerm(50);
  }

  /** The same with another K and L. */
  public ModelOptions withLengths(int topK, int newSequenceLength) {
    return withSequenceLength(newSequenceLength).withAttention(attention.withTopK(topK));
  }

  /** The same with recency buckets. */
  public ModelOptions withRecency(int buckets) {
    return withAttention(attention.withRecencyBuckets(buckets));
  }
}
