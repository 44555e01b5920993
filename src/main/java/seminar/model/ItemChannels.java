package seminar.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Catalog;
import seminar.feature.Features;
import seminar.math.Checks;

/**
 * The text, image and attribute channels of distinct items (paper §3.2; our CH-2).
 *
 * <pre>
 *   CH-2  x^T = unit(text) W_t + b_t,  x^I = unit(image) W_i + b_i,  x^A = (item + mean of attribute vectors) W_a
 * </pre>
 *
 * <p>Shapes: U distinct items, d dims. A modality that an item lacks is absent: {@link #present}.
 * With {@link ChannelOptions.ItemChannel#RELEASED} x^A is the item's own vector. Codes of texts, if
 * asked for, join x^A and may take the place of the item's own vector and of x^T ({@link
 * ItemCodes}, CODE-2).
 */
final class ItemChannels {
  static final int TEXT = 0;
  static final int IMAGE = 1;
  static final int ATTRIBUTES = 2;
  private static final double NOISE = 0.02;
  private static final int[][] NO_CODES = {};

  private final Backend backend;
  private final Catalog catalog;
  private final int d;
  private final boolean idAlone;
  private final boolean known; // whether features say anything of items that came later
  private final ItemFeatures[] features;
  private final ChannelMap[] maps = new ChannelMap[ChannelOptions.MODALITIES];
  private final Parameter item;
  private final Bag attributes;
  private final ItemCodes coding;
  private final Optional<TextCodes> codes;
  private final Optional<Bag> coded;
  private final Scratch scratch = new Scratch();
  private int[] items;
  private int[][] codeRows; // of each item; none where it has no code
  private boolean[][] present;

  ItemChannels(
      Backend backend,
      Parameters parameters,
      Catalog catalog,
      Features given,
      ModelOptions options) {
    this.backend = backend;
    this.catalog = catalog;
    d = options.dims();
    idAlone = options.channels().itemChannel() == ChannelOptions.ItemChannel.RELEASED;
    known = options.channels().features() == ChannelOptions.FeatureSource.GIVEN && !idAlone;
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double scale = near ? 0.1 : 0.02;
    features = features(parameters, given, options.channels().features());
    item =
        parameters.table(
            "channel/item", catalog.eos() + 1, d, scale * options.channels().itemStart());
    int vocabulary = idAlone ? 0 : catalog.attributeVocabulary() + 1;
    Parameter attribute = parameters.table("channel/attribute", vocabulary, d, scale);
    maps[TEXT] = featureMap(parameters, "channel/map/text", features[TEXT].dims(), scale);
    maps[IMAGE] = featureMap(parameters, "channel/map/image", features[IMAGE].dims(), scale);
    Parameter square =
        parameters.identities("channel/map/attribute", idAlone ? 0 : 1, d, near ? 1 : 0, 0.02);
    maps[ATTRIBUTES] = idAlone ? ChannelMap.identity(backend) : ChannelMap.of(backend, square);
    attributes = new Bag(backend, attribute, catalog.attributeVocabulary());
    coding = options.channels().codes();
    codes =
        coding.applies()
            ? Optional.of(new TextCodes(backend, parameters, text(given), catalog.eos(), coding))
            : Optional.empty();
    int rows = coding.columns() * coding.centroids();
    coded =
        codes.map(
            texts -> new Bag(backend, parameters.table("channel/code", rows, d, scale), rows - 1));
  }

  private ChannelMap featureMap(Parameters parameters, String name, int dims, double scale) {
    Parameter map = parameters.dense(name, dims, d, scale);
    return ChannelMap.of(backend, map, parameters.dense(name + "Bias", 1, d, 0));
  }

  /** From here on every channel passes its map G too (GSU-1). */
  void restoreBy(Restoring restoring) {
    for (int m = 0; m < maps.length; m++) {
      maps[m] = maps[m].restoredBy(restoring.map(Restoring.Channel.values()[m]));
    }
  }

  private ItemFeatures[] features(
      Parameters parameters, Features given, ChannelOptions.FeatureSource source) {
    return switch (source) {
      case GIVEN ->
          new ItemFeatures[] {
            text(given),
            ItemFeatures.of(given.image(), catalog::imageRow, catalog.size(), catalog.eos())
          };
      case RELEASED ->
          new ItemFeatures[] {
            noise(parameters, "channel/noise/text", given.text().dims()),
            noise(parameters, "channel/noise/image", given.image().dims())
          };
    };
  }

  private ItemFeatures text(Features given) {
    return ItemFeatures.of(given.text(), catalog::textRow, catalog.size(), catalog.eos());
  }

  private ItemFeatures noise(Parameters parameters, String name, int dims) {
    Parameter table = parameters.table(name, catalog.eos() + 1, dims, NOISE);
    table.freeze(true);
    return ItemFeatures.of(table.value());
  }

  /**
   * CH-2.
   *
   * @param distinct U items
   * @param x receives text, image and attribute channel, [U, d] each
   */
  void forward(int[] distinct, Matrix[] x) {
    items = distinct;
    present = new boolean[ChannelOptions.MODALITIES][items.length];
    Arrays.fill(present[ATTRIBUTES], true);
    for (int m = TEXT; m <= IMAGE; m++) {
      Matrix rows = scratch.matrix("features" + m, items.length, features[m].dims());
      features[m].gather(backend, items, present[m], rows);
      maps[m].forward(rows, x[m]);
    }
    codeRows = codes.map(texts -> texts.rows(items)).orElse(NO_CODES);
    withoutText();
    maps[ATTRIBUTES].forward(itemInput(own(), i -> attributesOf(items[i])), x[ATTRIBUTES]);
  }

  /** Takes the text channel from the items whose codes stand in its place. */
  private void withoutText() {
    for (int i = 0; coding.replacesText() && i < codeRows.length; i++) {
      present[TEXT][i] &= codeRows[i].length == 0;
    }
  }

  /** The items' own vectors, −1 where codes stand in their place. */
  private int[] own() {
    if (!coding.replacesOwnVector()) {
      return items;
    }
    return IntStream.range(0, items.length)
        .map(i -> codeRows[i].length == 0 ? items[i] : -1)
        .toArray();
  }

  /**
   * CH-2 of items that are in no catalogue; no backward pass follows.
   *
   * @param x receives text, image and attribute channel, [n, d] each
   * @throws IllegalArgumentException if features have another length than those of the catalogue,
   *     there is no such attribute, or this model's features know the items of its catalogue alone
   */
  void forward(List<GivenItem> given, Matrix[] x) {
    int n = given.size();
    if (!known) {
      throw new IllegalArgumentException(
          "this model was trained on random features of the items of its catalogue: it knows no"
              + " other item");
    }
    present = new boolean[ChannelOptions.MODALITIES][n];
    Arrays.fill(present[ATTRIBUTES], true);
    float[][] rows = {
      features[TEXT].given("text", given, GivenItem::text, present[TEXT]),
      features[IMAGE].given("picture", given, GivenItem::image, present[IMAGE])
    };
    for (int m = TEXT; m <= IMAGE; m++) {
      maps[m].forward(Matrix.of(n, features[m].dims(), rows[m]), x[m]);
    }
    codeRows = codes.map(texts -> texts.rows(rows[TEXT], present[TEXT])).orElse(NO_CODES);
    withoutText();
    int[] own = new int[n];
    Arrays.fill(own, -1);
    int vocabulary = catalog.attributeVocabulary();
    Matrix input = itemInput(own, i -> checked(given.get(i).attributes(), vocabulary));
    maps[ATTRIBUTES].forward(input, x[ATTRIBUTES]);
  }

  private static int[] checked(int[] attributes, int vocabulary) {
    for (int id : attributes) {
      Checks.within(1, vocabulary, "attribute", id);
    }
    return attributes;
  }

  /**
   * The item's own vector plus the means of its codes' and of its attributes' vectors, [U, d].
   *
   * @param own whose own vectors, −1 for none
   * @param attributesAt the attributes of the i-th item
   */
  private Matrix itemInput(int[] own, Distinct.ListOf attributesAt) {
    Matrix input = scratch.matrix("itemInput", own.length, d);
    backend.lookup().gather(item.value(), own, input);
    int[] places = IntStream.range(0, own.length).toArray();
    coded.ifPresent(bag -> bag.addMean(places, i -> codeRows[i], input));
    if (!idAlone) {
      attributes.addMean(places, attributesAt, input);
    }
    return input;
  }

  private int[] attributesOf(int id) {
    return id == 0 || id == catalog.eos() ? new int[0] : catalog.attributes(id);
  }

  /** Whether item u has modality m, at {@code [m][u]}. */
  boolean[][] present() {
    return present;
  }

  /** Adds the gradients of tables and maps, given those of the channels, [U, d] each. */
  void backward(Matrix[] dx) {
    int n = items.length;
    for (int m = TEXT; m <= IMAGE; m++) {
      Matrix rows = scratch.matrix("features" + m, n, features[m].dims());
      maps[m].backwardMaps(rows, dx[m]);
    }
    Matrix input = scratch.matrix("itemInput", n, d);
    maps[ATTRIBUTES].backwardMaps(input, dx[ATTRIBUTES]);
    Matrix dInput =
        coding.replacesOwnVector() ? scratch.zeros("dItemInput", n, d) : item.touch(items);
    maps[ATTRIBUTES].backwardInput(dx[ATTRIBUTES], dInput);
    if (coding.replacesOwnVector()) {
      ownBackward(dInput);
    }
    coded.ifPresent(bag -> bag.backward(dInput));
    if (!idAlone) {
      attributes.backward(dInput);
    }
  }

  /** The gradient of the items' own vectors, where codes stand in place of some. */
  private void ownBackward(Matrix dInput) {
    int[] uncoded = Arrays.stream(own()).filter(id -> id >= 0).toArray();
    int[] places = IntStream.range(0, items.length).filter(i -> codeRows[i].length == 0).toArray();
    backend.lookup().gather(dInput, places, item.touch(uncoded));
  }
}
