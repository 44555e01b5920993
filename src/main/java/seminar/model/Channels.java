package seminar.model;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;
import seminar.data.Catalog;
import seminar.data.Queries;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.math.Vectors;

/**
 * The channels of a pair and their fusion (paper §3.2; our CH-1 to CH-4).
 *
 * <pre>
 *   CH-1  x^Q = (mean of the query's keyword vectors) W_q        the empty query is the zero vector
 *   CH-2  x^T = unit(text) W_t + b_t,  x^I = unit(image) W_i + b_i,  x^A = (item + mean of attribute vectors) W_a
 *   CH-3  item = Σ_m w_m x^m,  w = softmax of three learned numbers over the modalities that the item has
 *   CH-4  pair = λ x^Q + (1 − λ) item
 * </pre>
 *
 * <p>Shapes: n events or candidates, U distinct items and V distinct queries of the batch, d dims.
 * All of CH-1 to CH-3 depends on the item or query alone, so it is computed once per distinct id: U
 * + V rows instead of n.
 */
public final class Channels {
  private static final int TEXT = 0;
  private static final int IMAGE = 1;
  private static final int ATTRIBUTES = 2;

  private final Backend backend;
  private final Catalog catalog;
  private final Queries vocabulary;
  private final FeatureStore textStore;
  private final FeatureStore imageStore;
  private final int d;
  private final float queryWeight;

  private final Parameter item;
  private final Parameter attribute;
  private final Parameter keyword;
  private final Parameter queryMap;
  private final Parameter attributeMap;
  private final Parameter textMap;
  private final Parameter textBias;
  private final Parameter imageMap;
  private final Parameter imageBias;
  private final Parameter gate;

  private final Scratch scratch = new Scratch();
  private final Distinct.Index itemIndex;
  private final Distinct.Index queryIndex;
  private final Distinct.Index attributeIndex;
  private final Distinct.Index keywordIndex;

  private Distinct items;
  private Distinct attributes;
  private Distinct keywords;
  private Ragged attributeLists;
  private Ragged keywordLists;
  private boolean[][] present;
  private int[] eventItems;
  private int[] eventQueries;
  private int[] candidateItems;
  private int[] candidateQueries;
  private Matrix[] modalities;

  /** Makes the parameters of all channels. */
  public Channels(
      Backend backend,
      Parameters parameters,
      Catalog catalog,
      Queries queries,
      Features features,
      ModelOptions options) {
    this.backend = backend;
    this.catalog = catalog;
    vocabulary = queries;
    textStore = features.text();
    imageStore = features.image();
    d = options.dims();
    queryWeight = (float) options.queryWeight();
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double scale = near ? 0.1 : 0.02;
    item = parameters.table("channel/item", catalog.eos() + 1, d, scale);
    attribute = parameters.table("channel/attribute", catalog.attributeVocabulary() + 1, d, scale);
    keyword = parameters.table("channel/keyword", queries.eosToken() + 1, d, scale);
    double identity = near ? 1 : 0;
    queryMap = parameters.identities("channel/queryMap", 1, d, identity, 0.02);
    attributeMap = parameters.identities("channel/attributeMap", 1, d, identity, 0.02);
    textMap = parameters.dense("channel/textMap", textStore.dims(), d, scale);
    textBias = parameters.dense("channel/textBias", 1, d, 0);
    imageMap = parameters.dense("channel/imageMap", imageStore.dims(), d, scale);
    imageBias = parameters.dense("channel/imageBias", 1, d, 0);
    gate = parameters.dense("channel/gate", 1, 3, 0);
    itemIndex = new Distinct.Index(catalog.eos());
    queryIndex = new Distinct.Index(queries.size());
    attributeIndex = new Distinct.Index(catalog.attributeVocabulary());
    keywordIndex = new Distinct.Index(queries.eosToken());
  }

  /** The embedding table of items, row 0 unused. */
  public Parameter itemTable() {
    return item;
  }

  /**
   * Fused vectors of all events and candidates of a batch (CH-1 to CH-4).
   *
   * @param keys receives [E, d]
   * @param candidates receives [C, d]
   */
  public void forward(Batch batch, Matrix keys, Matrix candidates) {
    number(batch);
    Matrix itemVectors = encodeItems();
    Matrix queryVectors = encodeQueries();
    backend.pairs(queryVectors, eventQueries, itemVectors, eventItems, queryWeight, keys);
    backend.pairs(
        queryVectors, candidateQueries, itemVectors, candidateItems, queryWeight, candidates);
  }

  /**
   * Adds the gradients of all channels, given those of {@code keys} [E, d] and {@code candidates}
   * [C, d].
   */
  public void backward(Matrix dKeys, Matrix dCandidates) {
    Matrix dItems = scratch.zeros("dItems", items.size(), d);
    Matrix dQueries = scratch.zeros("dQueries", keywordLists.size(), d);
    backend.pairsBackward(dKeys, eventQueries, eventItems, queryWeight, dQueries, dItems);
    backend.pairsBackward(
        dCandidates, candidateQueries, candidateItems, queryWeight, dQueries, dItems);
    itemsBackward(dItems);
    queriesBackward(dQueries);
  }

  /**
   * Rows of the distinct items and queries for each event and candidate; the empty query is row −1.
   */
  private void number(Batch batch) {
    eventItems = Arrays.stream(batch.items()).map(itemIndex::rowOf).toArray();
    candidateItems = Arrays.stream(batch.candidateItems()).map(itemIndex::rowOf).toArray();
    items = itemIndex.take();
    eventQueries = Arrays.stream(batch.queries()).map(this::queryRow).toArray();
    candidateQueries = Arrays.stream(batch.candidateQueries()).map(this::queryRow).toArray();
    int[] queries = queryIndex.take().ids();
    attributeLists = lists(items.ids(), catalog::attributes, attributeIndex);
    attributes = attributeIndex.take();
    keywordLists = lists(queries, vocabulary::tokens, keywordIndex);
    keywords = keywordIndex.take();
  }

  private int queryRow(int query) {
    return query == Queries.EMPTY ? -1 : queryIndex.rowOf(query);
  }

  @FunctionalInterface
  private interface ListOf {
    int[] ids(int owner);
  }

  private static Ragged lists(int[] owners, ListOf list, Distinct.Index index) {
    int[] offsets = new int[owners.length + 1];
    int[] rows = new int[4 * owners.length];
    for (int i = 0; i < owners.length; i++) {
      int[] ids = list.ids(owners[i]);
      offsets[i + 1] = offsets[i] + ids.length;
      if (offsets[i + 1] > rows.length) {
        rows = Arrays.copyOf(rows, 2 * offsets[i + 1]);
      }
      for (int j = 0; j < ids.length; j++) {
        rows[offsets[i] + j] = index.rowOf(ids[j]);
      }
    }
    return new Ragged(offsets, Arrays.copyOf(rows, offsets[owners.length]));
  }

  /** CH-2 and CH-3, [U, d]. */
  private Matrix encodeItems() {
    int n = items.size();
    present = new boolean[3][n];
    Arrays.fill(present[ATTRIBUTES], true);
    Matrix text = features("text", textStore, TEXT); // [U, textDims]
    Matrix image = features("image", imageStore, IMAGE); // [U, imageDims]
    modalities =
        new Matrix[] {
          scratch.matrix("x^T", n, d), scratch.matrix("x^I", n, d), scratch.zeros("x^A", n, d)
        };
    backend.linear(text, textMap.value(), textBias.value(), modalities[TEXT]);
    backend.linear(image, imageMap.value(), imageBias.value(), modalities[IMAGE]);
    backend.linearAdd(attributeInput(), attributeMap.value(), modalities[ATTRIBUTES]);
    Matrix fused = scratch.matrix("item", n, d);
    backend.fuse(modalities, present, gate.value(), fused);
    return fused;
  }

  /** The item's own vector plus the mean of its attributes' vectors, [U, d]. */
  private Matrix attributeInput() {
    Matrix touched = scratch.matrix("attributes", attributes.size(), d);
    backend.gather(attribute.value(), attributes.ids(), touched);
    Matrix mean = scratch.matrix("attributeMean", items.size(), d);
    backend.bag(touched, attributeLists, mean);
    Matrix input = scratch.matrix("attributeInput", items.size(), d);
    backend.gather(item.value(), items.ids(), input);
    backend.add(mean, input);
    return input;
  }

  /** Unit feature rows of the distinct items; zeros and a mark where the modality is missing. */
  private Matrix features(String name, FeatureStore store, int modality) {
    int dims = store.dims();
    float[] rows = new float[items.size() * dims];
    for (int i = 0; i < items.size(); i++) {
      int id = items.ids()[i];
      int row = modality == TEXT ? catalog.textRow(id) : catalog.imageRow(id);
      if (row >= 0) {
        store.copyRow(row, rows, i * dims);
        present[modality][i] = Vectors.normalize(rows, i * dims, dims) > 0;
      }
    }
    Matrix matrix = scratch.matrix(name, items.size(), dims);
    matrix.set(rows);
    return matrix;
  }

  /** CH-1, [V, d]. */
  private Matrix encodeQueries() {
    Matrix touched = scratch.matrix("keywords", keywords.size(), d);
    backend.gather(keyword.value(), keywords.ids(), touched);
    Matrix mean = scratch.matrix("keywordMean", keywordLists.size(), d);
    backend.bag(touched, keywordLists, mean);
    Matrix vectors = scratch.zeros("query", keywordLists.size(), d);
    backend.linearAdd(mean, queryMap.value(), vectors);
    return vectors;
  }

  private void itemsBackward(Matrix dItems) {
    int n = items.size();
    Matrix[] dx = {
      scratch.zeros("dx^T", n, d), scratch.zeros("dx^I", n, d), scratch.zeros("dx^A", n, d)
    };
    backend.fuseBackward(modalities, present, gate.value(), dItems, dx, gate.gradient());
    Matrix text = scratch.matrix("text", n, textStore.dims());
    backend.linearBackwardWeight(text, dx[TEXT], textMap.gradient());
    backend.linearBackwardBias(dx[TEXT], textBias.gradient());
    Matrix image = scratch.matrix("image", n, imageStore.dims());
    backend.linearBackwardWeight(image, dx[IMAGE], imageMap.gradient());
    backend.linearBackwardBias(dx[IMAGE], imageBias.gradient());

    Matrix input = scratch.matrix("attributeInput", n, d);
    backend.linearBackwardWeight(input, dx[ATTRIBUTES], attributeMap.gradient());
    Matrix dInput = item.touch(items.ids());
    backend.linearBackwardInput(dx[ATTRIBUTES], attributeMap.value(), dInput);
    backend.bagBackward(dInput, attributeLists, attribute.touch(attributes.ids()));
  }

  private void queriesBackward(Matrix dQueries) {
    Matrix mean = scratch.matrix("keywordMean", keywordLists.size(), d);
    backend.linearBackwardWeight(mean, dQueries, queryMap.gradient());
    Matrix dMean = scratch.zeros("dKeywordMean", keywordLists.size(), d);
    backend.linearBackwardInput(dQueries, queryMap.value(), dMean);
    backend.bagBackward(dMean, keywordLists, keyword.touch(keywords.ids()));
  }
}
