package seminar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * How the channels of a pair are made and fused (paper §3.2). The first value of each switch is the
 * paper's, the one called {@code RELEASED} that of the authors' code (docs/DEPARTURES.md).
 *
 * @param queryWeight λ, weight of the query in a pair (paper §4.1: 0.5; best in Figure 4: 0.3)
 * @param gate where the weights of the modalities come from
 * @param weights w of text, image and attributes for {@link Gate#FIXED}: above 0, any sum
 * @param emptyQuery what a pair is where nobody typed anything
 * @param keywords how keyword vectors become a query vector
 * @param features what the text and image channels start from
 * @param itemChannel what the third channel holds
 * @param end which keyword the end of a sequence has
 * @param unit whether every channel is brought to length one before fusion, so that no modality
 *     outweighs another by its norm
 * @param itemStart how large the items' own vectors are at first, in times of the usual. They are
 *     noise until each item was seen often, and hide the attributes that items share; 1 (as 0 is
 *     read) for the usual start, and left out of files
 * @param codes codes of texts, with vectors of their own, in the third channel; left out of files
 *     where there are none
 * @param taskGate whether pairs that have a query weigh the modalities by a gate of their own
 *     (AG-1), so that a model of search and recommendation may look at other aspects of an item;
 *     left out of files where not
 */
@Withers
public record ChannelOptions(
    double queryWeight,
    Gate gate,
    List<Double> weights,
    EmptyQuery emptyQuery,
    Keywords keywords,
    FeatureSource features,
    ItemChannel itemChannel,
    EndOfSequence end,
    boolean unit,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualStart.class)
        double itemStart,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ItemCodes.Off.class)
        ItemCodes codes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean taskGate)
    implements ChannelOptionsBuilder.With {

  /** How many modalities an item has: text, image, attributes. */
  public static final int MODALITIES = 3;

  /** Where the weights w of the modalities come from; missing modalities always get none. */
  public enum Gate {
    /** A softmax of three learned numbers, the same for all items (released code; M7). */
    STATIC,
    /** A softmax of a linear map of the item's own channels (paper §3.2, the gating network). */
    PER_ITEM,
    /** The given weights. */
    FIXED
  }

  /** What a pair is without a query. */
  public enum EmptyQuery {
    /** {@code (1 − λ) item}: the query is the zero vector, as the paper's formula has it. */
    ZERO,
    /** {@code item}: λ = 0 where there is no query, so that such pairs are not shorter. */
    ITEM_ALONE
  }

  /** How keyword vectors become a query vector. */
  public enum Keywords {
    /** The mean of the real keywords; the empty query is the zero vector. */
    MEAN,
    /** The mean of five slots, empty ones filled with a constant random vector (M12). */
    RELEASED
  }

  /** What the text and image channels start from. */
  public enum FeatureSource {
    /** The features of the corpus, of unit length; absent where missing. */
    GIVEN,
    /** Noise of standard deviation 0.02 for every item, as in the released code (M3, M4). */
    RELEASED
  }

  /** What the third channel holds. */
  public enum ItemChannel {
    /** The item's own vector plus the mean of its attributes' vectors, projected. */
    ATTRIBUTES,
    /** The item's own vector alone, as in the released code (M5). */
    RELEASED
  }

  /** Which keyword the end of a sequence has. */
  public enum EndOfSequence {
    /** One of its own, reserved in the vocabulary. */
    RESERVED,
    /** That whose number is the largest item's plus one, a real keyword (released code; M13). */
    RELEASED
  }

  /** Checks every number. */
  public ChannelOptions {
    Checks.within(0, 1, "queryWeight λ", queryWeight);
    Checks.sameLength("weights w", weights.size(), "modalities", MODALITIES);
    weights = List.copyOf(weights);
    for (double weight : weights) {
      Checks.within(1e-6, 1e6, "weight w of a modality", weight);
    }
    itemStart = itemStart == 0 ? 1 : itemStart;
    Checks.within(1e-3, 1e3, "itemStart", itemStart);
    codes = codes == null ? ItemCodes.OFF : codes;
  }

  /** The paper's channels: λ = 0.5 and a learned static gate. */
  public static ChannelOptions paper() {
    return new ChannelOptions(
        0.5,
        Gate.STATIC,
        List.of(1.0, 1.0, 1.0),
        EmptyQuery.ZERO,
        Keywords.MEAN,
        FeatureSource.GIVEN,
        ItemChannel.ATTRIBUTES,
        EndOfSequence.RESERVED,
        false,
        1,
        ItemCodes.OFF,
        false);
  }

  /** The same with fixed weights of text, image and attributes. */
  public ChannelOptions withWeights(double text, double image, double attributes) {
    return withGate(Gate.FIXED).withWeights(List.of(text, image, attributes));
  }
}
