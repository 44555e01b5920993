package seminar.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * From channels to pairs (paper §3.2; our CH-3 and CH-4).
 *
 * <pre>
 *   GSU-1  y^m = x^m G_m                   FusedChannel: y = x where this fusion has no map G
 *   CH-3   item = Σ_m w_m y^m              Gate: w is its softmax over the modalities of the item
 *   CH-4   pair = λ y^Q + (1 − λ) item     QueryWeight
 * </pre>
 *
 * <p>Shapes: U distinct items, V distinct queries, E events, C candidates, d dims. GSU-1 and CH-3
 * are computed once per distinct id.
 */
public final class Fusion {
  private static final Restoring.Channel[] CHANNELS = Restoring.Channel.values();
  private static final int M = ChannelOptions.MODALITIES;

  private final Backend backend;
  private final int d;
  private final QueryWeight queryWeight;
  private final Gate gate;
  private final Set<Restoring.Channel> fields;
  private final FusedChannel[] ways = new FusedChannel[M + 1];
  private final Scratch scratch = new Scratch();
  private Channels channels;
  private final Matrix[] z = new Matrix[M + 1]; // what ways have made of the channels
  private Matrix vectors; // queries, then items
  private Matrix dVectors;
  private int[] eventQueries;
  private int[] candidateQueries;

  /** Fusion of channels as they are; those of GSU and ESU pass G where they are made. */
  public static Fusion plain(Backend backend, Gate gate, ModelOptions options) {
    return new Fusion(backend, gate, Optional.empty(), Set.of(), Set.of(CHANNELS), options);
  }

  /** Fusion of some channels alone, the others left out; for models that attend field by field. */
  public static Fusion of(
      Backend backend, Gate gate, Set<Restoring.Channel> fields, ModelOptions options) {
    return new Fusion(backend, gate, Optional.empty(), Set.of(), fields, options);
  }

  /**
   * Fusion in which some channels pass their maps G, for a PSU that needs them with and without G.
   */
  public static Fusion restored(
      Backend backend,
      Gate gate,
      Restoring restoring,
      Set<Restoring.Channel> which,
      ModelOptions options) {
    return new Fusion(backend, gate, Optional.of(restoring), which, Set.of(CHANNELS), options);
  }

  private Fusion(
      Backend backend,
      Gate gate,
      Optional<Restoring> restoring,
      Set<Restoring.Channel> restored,
      Set<Restoring.Channel> fields,
      ModelOptions options) {
    this.backend = backend;
    this.gate = gate;
    this.fields = fields;
    d = options.dims();
    queryWeight = QueryWeight.of(options.channels(), fields.contains(Restoring.Channel.QUERY));
    for (Restoring.Channel channel : CHANNELS) {
      Optional<Parameter> own =
          restoring.filter(maps -> restored.contains(channel)).map(maps -> maps.map(channel));
      ways[channel.ordinal()] = new FusedChannel(backend, own, options.channels().unit());
    }
  }

  /** CH-3 for the distinct items and queries that these channels hold. */
  public void fuse(Channels encoded) {
    channels = encoded;
    for (int c = 0; c <= M; c++) {
      z[c] = ways[c].forward(c == M ? channels.queries() : channels.modalities()[c]);
    }
    int v = z[M].rows();
    vectors = scratch.matrix("vectors", v + z[0].rows(), d);
    backend.lookup().gather(z[M], IntStream.range(0, v).toArray(), vectors.rows(0, v));
    boolean[][] present = present();
    Matrix g = gate.forward(modalities(), present);
    backend.fusion().fuse(modalities(), present, g, items());
    dVectors = null;
  }

  private Matrix[] modalities() {
    return Arrays.copyOf(z, M);
  }

  /** Which modalities take part, at {@code [m][u]}. */
  private boolean[][] present() {
    boolean[][] present = channels.present().clone();
    for (int m = 0; m < M; m++) {
      if (!fields.contains(CHANNELS[m])) {
        present[m] = new boolean[present[m].length];
      }
    }
    return present;
  }

  /**
   * CH-4 for all events and candidates.
   *
   * @param keys receives [E, d]
   * @param candidates receives [C, d]
   */
  public void pairs(Matrix keys, Matrix candidates) {
    int v = z[M].rows();
    eventQueries = pair(vectors, v, channels.eventQueries(), channels.eventItems(), keys);
    candidateQueries =
        pair(vectors, v, channels.candidateQueries(), channels.candidateItems(), candidates);
  }

  /**
   * CH-4 of vectors that lie elsewhere.
   *
   * @param table queries, then items
   * @param firstItem where the items start
   * @param queryRows query of each pair [n], −1 for none
   * @param itemRows item of each pair [n], counted from {@code firstItem}
   * @param out receives [n, d]
   * @return the row of what stands for each pair's query [n]
   */
  int[] pair(Matrix table, int firstItem, int[] queryRows, int[] itemRows, Matrix out) {
    int[] rows = queryWeight.rows(queryRows, itemRows, firstItem);
    Matrix items = table.rows(firstItem, table.rows());
    backend.fusion().pairs(table, rows, items, itemRows, queryWeight.lambda(), out);
    return rows;
  }

  /**
   * CH-4 of every distinct item as a candidate for which nobody has typed anything.
   *
   * @param out receives [U, d]
   */
  public void alone(Matrix out) {
    pair(vectors, z[M].rows(), noQueries(), everyItem(), out);
  }

  /** Adds to {@link #dItems} what the gradient of {@link #alone} [U, d] says. */
  public void aloneBackward(Matrix dOut) {
    int[] items = everyItem();
    pairBackward(dOut, queryWeight.rows(noQueries(), items, z[M].rows()), items);
  }

  private int[] everyItem() {
    return IntStream.range(0, z[0].rows()).toArray();
  }

  private int[] noQueries() {
    int[] none = new int[z[0].rows()];
    Arrays.fill(none, -1);
    return none;
  }

  /**
   * What each channel adds to pairs of the i-th item and the i-th query of the channels that were
   * fused last: text, image, attributes, query; they add up to the pairs (CH-3, CH-4).
   *
   * @param asked whether the i-th pair has a query
   * @return [4][n, d]
   */
  public float[][] parts(boolean[] asked) {
    int n = z[0].rows();
    float[][] parts = new float[M + 1][n * d];
    boolean[][] present = present();
    float[] g = gate.forward(modalities(), present).toArray();
    for (int i = 0; i < n; i++) {
      float lambda = queryWeight.share(asked[i]);
      double sum = 0;
      double[] weights = new double[M];
      for (int m = 0; m < M; m++) {
        weights[m] = present[m][i] ? Math.exp(g[g.length == M ? m : i * M + m]) : 0;
        sum += weights[m];
      }
      for (int m = 0; m < M && sum > 0; m++) {
        add((float) ((1 - lambda) * weights[m] / sum), z[m], i, parts[m]);
      }
      if (asked[i]) {
        add(lambda, z[M], i, parts[M]);
      }
    }
    return parts;
  }

  private void add(float weight, Matrix x, int row, float[] to) {
    for (int c = 0; c < d; c++) {
      to[row * d + c] = weight * x.get(row, c);
    }
  }

  /** The fused items of all events, without their queries [E, d]. */
  public void eventItems(Matrix out) {
    backend.lookup().gather(items(), channels.eventItems(), out);
  }

  /** The queries of all events [E, d], zeros where there is no query. */
  public void eventQueries(Matrix out) {
    backend.lookup().gather(queries(), channels.eventQueries(), out);
  }

  /**
   * The fused items and the queries of all candidates, apart.
   *
   * @param items receives [C, d]
   * @param asked receives [C, d], zeros where there is no query
   */
  public void candidateParts(Matrix items, Matrix asked) {
    backend.lookup().gather(items(), channels.candidateItems(), items);
    backend.lookup().gather(queries(), channels.candidateQueries(), asked);
  }

  /** The fused items [U, d]. */
  public Matrix items() {
    return vectors.rows(z[M].rows(), vectors.rows());
  }

  /** The queries as they enter pairs [V, d]. */
  public Matrix queries() {
    return vectors.rows(0, z[M].rows());
  }

  /** The gradient of {@link #items}, zero until something is added. */
  public Matrix dItems() {
    return dVectors().rows(z[M].rows(), vectors.rows());
  }

  /** The gradient of {@link #queries}, zero until something is added. */
  public Matrix dQueries() {
    return dVectors().rows(0, z[M].rows());
  }

  private Matrix dVectors() {
    if (dVectors == null) {
      dVectors = scratch.zeros("dVectors", vectors.rows(), d);
    }
    return dVectors;
  }

  /** Adds to {@link #dItems} and {@link #dQueries} what keys and candidates say. */
  public void pairsBackward(Matrix dKeys, Matrix dCandidates) {
    pairBackward(dKeys, eventQueries, channels.eventItems());
    pairBackward(dCandidates, candidateQueries, channels.candidateItems());
  }

  private void pairBackward(Matrix dPairs, int[] queryRows, int[] itemRows) {
    float lambda = queryWeight.lambda();
    backend.fusion().pairsBackward(dPairs, queryRows, itemRows, lambda, dVectors(), dItems());
  }

  /** Adds the gradients of gate and maps, and those of the channels to the channels. */
  public void backward() {
    Matrix[] dx = Arrays.copyOf(channels.dModalities(), M + 1);
    dx[M] = channels.dQueries();
    Matrix[] dz = new Matrix[M + 1];
    Arrays.setAll(dz, c -> ways[c].gradient(dx[c]));
    Matrix[] dModalities = Arrays.copyOf(dz, M);
    boolean[][] present = present();
    Matrix dg = gate.gradient(z[0].rows());
    Matrix g = gate.forward(modalities(), present);
    backend.fusion().fuseBackward(modalities(), present, g, dItems(), dModalities, dg);
    gate.backward(modalities(), present, dg, dModalities);
    backend.rowwise().add(dQueries(), dz[M]);
    for (int c = 0; c <= M; c++) {
      ways[c].backward(dz[c], dx[c]);
    }
  }
}
