package seminar.model;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;
import seminar.data.Catalog;
import seminar.feature.Features;
import seminar.math.Checks;
import seminar.math.Vectors;

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
  private final boolean known; // whether features say anything of items that came later
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
    known = options.channels().features() == ChannelOptions.FeatureSource.GIVEN && !idAlone;
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
    maps[ATTRIBUTES].forward(attributeInput(items, this::attributesOf), x[ATTRIBUTES]);
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
    for (int m = TEXT; m <= IMAGE; m++) {
      int dims = features[m].dims();
      float[] rows = new float[n * dims];
      for (int i = 0; i < n; i++) {
        Optional<float[]> row = m == TEXT ? given.get(i).text() : given.get(i).image();
        if (row.isPresent()) {
          String name = m == TEXT ? "text features" : "picture features";
          Checks.sameLength(name, row.get().length, "features of the catalogue", dims);
          System.arraycopy(row.get(), 0, rows, i * dims, dims);
          present[m][i] = Vectors.normalize(rows, i * dims, dims) > 0;
        }
      }
      maps[m].forward(Matrix.of(n, dims, rows), x[m]);
    }
    int[] own = new int[n];
    Arrays.fill(own, -1);
    maps[ATTRIBUTES].forward(attributeInput(own, places(given)), x[ATTRIBUTES]);
  }

  /** The attributes of the items in their order, whatever they are asked for by. */
  private Distinct.ListOf places(List<GivenItem> given) {
    for (GivenItem item : given) {
      for (int id : item.attributes()) {
        Checks.within(1, catalog.attributeVocabulary(), "attribute", id);
      }
    }
    Iterator<GivenItem> next = given.iterator();
    return ignored -> next.next().attributes();
  }

  /** The item's own vector plus the mean of its attributes' vectors, [U, d]. */
  private Matrix attributeInput(int[] items, Distinct.ListOf attributesOf) {
    Matrix input = scratch.matrix("attributeInput", items.length, d);
    backend.lookup().gather(item.value(), items, input);
    if (idAlone) {
      return input;
    }
    lists = attributes.lists(items, attributesOf);
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
