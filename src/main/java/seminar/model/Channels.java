package seminar.model;

import java.util.Arrays;
import java.util.List;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Catalog;
import seminar.data.Queries;
import seminar.feature.Features;

/**
 * The channels of the pairs of a batch, as the PSU sees them or, with maps G ({@link #restoreBy}),
 * as GSU and ESU see them (paper §3.2 and §3.3.2; our CH-1, CH-2 and GSU-1).
 *
 * <pre>
 *   CH-1  x^Q = (mean of the query's keyword vectors) W_q        the empty query is the zero vector
 *   CH-2  x^T = unit(text) W_t + b_t,  x^I = unit(image) W_i + b_i,  x^A = (item + mean of attribute vectors) W_a
 * </pre>
 *
 * <p>A channel depends on the item or query alone, so it is computed once per distinct id: U + V
 * rows instead of E + C. {@link Fusion} makes pairs of them. Shapes: E events, C candidates, U
 * distinct items, V distinct queries, d dims.
 *
 * <p>One step: {@link #encode}, then whoever uses the channels adds to {@link #dModalities} and
 * {@link #dQueries}, then {@link #backward}.
 */
public final class Channels {
  private static final String[] NAMES = {"x^T", "x^I", "x^A"};

  private final int d;
  private final ItemChannels itemChannels;
  private final QueryChannel queryChannel;
  private final Distinct itemIndex;
  private final Distinct queryIndex;
  private final Scratch scratch = new Scratch();
  private final Matrix[] modalities = new Matrix[ChannelOptions.MODALITIES];
  private final Matrix[] dModalities = new Matrix[ChannelOptions.MODALITIES];
  private Matrix queries;
  private Matrix dQueries;
  private int[] eventItems;
  private int[] eventQueries;
  private int[] candidateItems;
  private int[] candidateQueries;

  /** Makes the parameters of all channels, named {@code channel/...}. */
  public Channels(
      Backend backend,
      Parameters parameters,
      Catalog catalog,
      Queries queries,
      Features features,
      ModelOptions options) {
    d = options.dims();
    itemChannels = new ItemChannels(backend, parameters, catalog, features, options);
    queryChannel = new QueryChannel(backend, parameters, catalog, queries, options);
    itemIndex = new Distinct(catalog.eos());
    queryIndex = new Distinct(queries.eosQuery());
  }

  /**
   * From here on the channels are those of GSU and ESU: each passes its map G behind its own
   * ({@link ChannelMap}, GSU-1).
   */
  public void restoreBy(Restoring restoring) {
    itemChannels.restoreBy(restoring);
    queryChannel.restoreBy(restoring);
  }

  /**
   * Encodes the distinct items and queries of a batch, in the order of their numbers; 0, an item
   * that pads, comes last.
   */
  public void encode(Batch batch) {
    encode(batch, new int[0]);
  }

  /**
   * The same, and items that are neither events nor candidates.
   *
   * @param others any items, which may repeat; {@link #rows} says where they are
   */
  public void encode(Batch batch, int[] others) {
    int[] events = withVector(batch.queries());
    int[] candidates = withVector(batch.candidateQueries());
    encode(
        itemIndex.number(batch.candidateItems(), batch.items(), others),
        queryIndex.number(candidates, events));
    candidateItems = itemIndex.rows(batch.candidateItems());
    eventItems = itemIndex.rows(batch.items());
    candidateQueries = queryIndex.rows(candidates);
    eventQueries = queryIndex.rows(events);
  }

  /**
   * Encodes these items and queries; the events and candidates are none.
   *
   * @param distinctItems U distinct items
   * @param distinctQueries V distinct queries
   */
  public void encodeAlone(int[] distinctItems, int[] distinctQueries) {
    eventItems = new int[0];
    eventQueries = eventItems;
    candidateItems = eventItems;
    candidateQueries = eventItems;
    encode(distinctItems, distinctQueries);
  }

  /**
   * Encodes items that are in no catalogue, and no query; no backward pass follows.
   *
   * @throws IllegalArgumentException if features have another length than those of the catalogue,
   *     there is no such attribute, or this model's features know the items of its catalogue alone
   */
  public void encodeGiven(List<GivenItem> given) {
    eventItems = new int[0];
    eventQueries = eventItems;
    candidateItems = eventItems;
    candidateQueries = eventItems;
    room(given.size());
    itemChannels.forward(given, modalities);
    queries = scratch.matrix("x^Q", 0, d);
  }

  private void room(int items) {
    for (int m = 0; m < modalities.length; m++) {
      modalities[m] = scratch.matrix(NAMES[m], items, d);
      dModalities[m] = null;
    }
    dQueries = null;
  }

  private void encode(int[] distinctItems, int[] distinctQueries) {
    room(distinctItems.length);
    itemChannels.forward(distinctItems, modalities);
    queries = scratch.matrix("x^Q", distinctQueries.length, d);
    queryChannel.forward(distinctQueries, queries);
  }

  /** The same queries, −1 in place of the empty one unless it has a vector. */
  int[] withVector(int[] ids) {
    int[] those = new int[ids.length];
    Arrays.setAll(those, i -> hasVector(ids[i]) ? ids[i] : -1);
    return those;
  }

  /** Whether a query has a vector that is not the zero vector of the empty query. */
  public boolean hasVector(int query) {
    return query != Queries.EMPTY || queryChannel.emptyHasVector();
  }

  /** The text, image and attribute channel of the distinct items, [U, d] each. */
  public Matrix[] modalities() {
    return modalities;
  }

  /** Whether distinct item u has modality m, at {@code [m][u]}. */
  public boolean[][] present() {
    return itemChannels.present();
  }

  /** The vectors of the distinct queries [V, d]. */
  public Matrix queries() {
    return queries;
  }

  /** The gradients of {@link #modalities}, zero until something is added. */
  public Matrix[] dModalities() {
    for (int m = 0; m < modalities.length; m++) {
      if (dModalities[m] == null) {
        dModalities[m] = scratch.zeros("d" + NAMES[m], modalities[m].rows(), d);
      }
    }
    return dModalities;
  }

  /** The gradient of {@link #queries}, zero until something is added. */
  public Matrix dQueries() {
    if (dQueries == null) {
      dQueries = scratch.zeros("dx^Q", queries.rows(), d);
    }
    return dQueries;
  }

  /** Adds the gradients of all parameters of the channels. */
  public void backward() {
    itemChannels.backward(dModalities());
    queryChannel.backward(dQueries());
  }

  /** The rows of items that were encoded in {@link #modalities}. */
  public int[] rows(int[] items) {
    return itemIndex.rows(items);
  }

  /** The row of each event's item [E] in {@link #modalities}. */
  public int[] eventItems() {
    return eventItems;
  }

  /** The row of each event's query [E] in {@link #queries}, −1 for none. */
  public int[] eventQueries() {
    return eventQueries;
  }

  /** The row of each candidate's item [C]. */
  public int[] candidateItems() {
    return candidateItems;
  }

  /** The row of each candidate's query [C], −1 for none. */
  public int[] candidateQueries() {
    return candidateQueries;
  }
}
