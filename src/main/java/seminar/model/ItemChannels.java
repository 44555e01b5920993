package seminar.model;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;
import seminar.data.Catalog;
import seminar.feature.Features;

/**
 * The text, image and attribute channels of distinct items (paper §3.2; our CH-2).
 *
 * <pre>
 *   CH-2  x^T = unit(text) W_t + b_t,  x^I = unit(image) W_i + b_i,  x^A = (item + mean of attribute vectors) W_a
 * </pre>
 *
 * <p>Shapes: U distinct items, d dims. A modality that an item lacks is absent: {@link #present}.
 * With {@link ChannelOptions.ItemChannel#RELEASED} x^A is the item's own vector.
 */
final class ItemChannels {
  static final int TEXT = 0;
  static final int IMAGE = 1;
  static final int ATTRIBUTES = 2;
  private static final double NOISE = 0.02;

  private final Backend backend;
  private final Catalog catalog;
  private final int d;
  private final boolean idAlone;
  private final ItemFeatures[] features;
  private final ChannelMap[] maps = new ChannelMap[ChannelOptions.MODALITIES];
  private final Parameter item;
  private final Parameter attribute;
  private final Distinct attributes;
  private final Scratch scratch = new Scratch();
  private int[] items;
  private Ragged lists;
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
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double scale = near ? 0.1 : 0.02;
    features = features(parameters, given, options.channels().features());
    item =
        parameters.table(
            "channel/item", catalog.eos() + 1, d, scale * options.channels().itemStart());
    int vocabulary = idAlone ? 0 : catalog.attributeVocabulary() + 1;
    attribute = parameters.table("channel/attribute", vocabulary, d, scale);
    maps[TEXT] = featureMap(parameters, "channel/map/text", features[TEXT].dims(), scale);
    maps[IMAGE] = featureMap(parameters, "channel/map/image", features[IMAGE].dims(), scale);
    Parameter square =
        parameters.identities("channel/map/attribute", idAlone ? 0 : 1, d, near ? 1 : 0, 0.02);
    maps[ATTRIBUTES] = idAlone ? ChannelMap.identity(backend) : ChannelMap.of(backend, square);
    attributes = new Distinct(catalog.attributeVocabulary());
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
    int eos = catalog.eos();
    return switch (source) {
      case GIVEN ->
          new ItemFeatures[] {
            ItemFeatures.of(given.text(), catalog::textRow, catalog.size(), eos),
            ItemFeatures.of(given.image(), catalog::imageRow, catalog.size(), eos)
          };
      case RELEASED ->
          new ItemFeatures[] {
            noise(parameters, "channel/noise/text", given.text().dims()),
            noise(parameters, "channel/noise/image", given.image().dims())
          };
    };
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
    maps[ATTRIBUTES].forward(attributeInput(), x[ATTRIBUTES]);
  }

  /** The item's own vector plus the mean of its attributes' vectors, [U, d]. */
  private Matrix attributeInput() {
    Matrix input = scratch.matrix("attributeInput", items.length, d);
    backend.lookup().gather(item.value(), items, input);
    if (idAlone) {
      return input;
    }
    lists = attributes.lists(items, this::attributesOf);
    Matrix touched = scratch.matrix("attributes", attributes.ids().length, d);
    backend.lookup().gather(attribute.value(), attributes.ids(), touched);
    Matrix mean = scratch.matrix("attributeMean", items.length, d);
    backend.lookup().bag(touched, lists, mean);
    backend.rowwise().add(mean, input);
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
    Matrix input = scratch.matrix("attributeInput", n, d);
    maps[ATTRIBUTES].backwardMaps(input, dx[ATTRIBUTES]);
    Matrix dItem = item.touch(items);
    maps[ATTRIBUTES].backwardInput(dx[ATTRIBUTES], dItem);
    if (!idAlone) {
      backend.lookup().bagBackward(dItem, lists, attribute.touch(attributes.ids()));
    }
  }
}
