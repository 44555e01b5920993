package seminar.model;

import java.util.Optional;
import java.util.Set;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * From channels to pairs (paper §3.2; our CH-3 and CH-4).
 *
 * <pre>
 *   GSU-1  y^m = x^m G_m                                 where this fusion has maps G, else y = x
 *   CH-3   item = Σ_m w_m y^m,  w = softmax of the gate over the modalities that the item has
 *   CH-4   pair = λ y^Q + (1 − λ) item
 * </pre>
 *
 * <p>Optionally y is brought to unit length first, so that no modality outweighs another by its
 * norm. Shapes: U distinct items, V distinct queries, E events, C candidates, d dims. GSU-1 and
 * CH-3 are computed once per distinct id.
 */
public final class Fusion {
  private static final Restoring.Channel[] CHANNELS = Restoring.Channel.values();
  private static final int M = ChannelOptions.MODALITIES;

  private final Backend backend;
  private final int d;
  private final float queryWeight;
  private final boolean itemAlone;
  private final boolean unit;
  private final Gate gate;
  private final Optional<Restoring> restoring;
  private final Set<Restoring.Channel> restored;
  private final Set<Restoring.Channel> fields;
  private final Scratch scratch = new Scratch();

  private Channels channels;
  private final Matrix[] y = new Matrix[M + 1]; // after GSU-1
  private final Matrix[] z = new Matrix[M + 1]; // of unit length, where asked for
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
    this.restoring = restoring;
    this.restored = restored;
    this.fields = fields;
    d = options.dims();
    boolean asks = fields.contains(Restoring.Channel.QUERY);
    queryWeight = asks ? (float) options.channels().queryWeight() : 0;
    itemAlone = options.channels().emptyQuery() == ChannelOptions.EmptyQuery.ITEM_ALONE;
    unit = options.channels().unit();
  }

  /** CH-3 for the distinct items and queries that these channels hold. */
  public void fuse(Channels encoded) {
    channels = encoded;
    for (Restoring.Channel channel : CHANNELS) {
      int c = channel.ordinal();
      y[c] = restore(channel, input(c));
      z[c] = unit ? ofUnitLength(channel, y[c]) : y[c];
    }
    int u = z[0].rows();
    int v = z[M].rows();
    vectors = scratch.matrix("vectors", v + u, d);
    backend.gather(z[M], upTo(v), vectors.rows(0, v));
    Matrix[] modalities = {z[0], z[1], z[2]};
    Matrix g = gate.forward(modalities, present());
    backend.fuse(modalities, present(), g, items());
    dVectors = null;
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

  private Matrix input(int c) {
    return c == M ? channels.queries() : channels.modalities()[c];
  }

  private Matrix restore(Restoring.Channel channel, Matrix x) {
    if (!restored.contains(channel)) {
      return x;
    }
    Matrix mapped = scratch.matrix("y" + channel, x.rows(), d);
    restoring.orElseThrow().forward(channel, x, mapped);
    return mapped;
  }

  private Matrix ofUnitLength(Restoring.Channel channel, Matrix x) {
    Matrix rows = scratch.matrix("z" + channel, x.rows(), d);
    backend.unitRows(x, rows);
    return rows;
  }

  private static int[] upTo(int n) {
    int[] rows = new int[n];
    java.util.Arrays.setAll(rows, i -> i);
    return rows;
  }

  /**
   * CH-4 for all events and candidates.
   *
   * @param keys receives [E, d]
   * @param candidates receives [C, d]
   */
  public void pairs(Matrix keys, Matrix candidates) {
    eventQueries = withItemAlone(channels.eventQueries(), channels.eventItems());
    candidateQueries = withItemAlone(channels.candidateQueries(), channels.candidateItems());
    pair(eventQueries, channels.eventItems(), keys);
    pair(candidateQueries, channels.candidateItems(), candidates);
  }

  private void pair(int[] queryRows, int[] itemRows, Matrix out) {
    backend.pairs(vectors, queryRows, items(), itemRows, queryWeight, out);
  }

  private int[] withItemAlone(int[] queryRows, int[] itemRows) {
    return withItemAlone(queryRows, itemRows, queries().rows());
  }

  /** Where there is no query the item takes its place: λ item + (1 − λ) item = item. */
  private int[] withItemAlone(int[] queryRows, int[] itemRows, int firstItem) {
    if (!itemAlone) {
      return queryRows;
    }
    int[] rows = queryRows.clone();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i] < 0 ? firstItem + itemRows[i] : rows[i];
    }
    return rows;
  }

  /**
   * CH-4 of vectors that lie elsewhere.
   *
   * @param table queries, then items
   * @param firstItem where the items start
   * @param queryRows query of each pair [n], −1 for none
   * @param itemRows item of each pair [n], counted from {@code firstItem}
   * @param out receives [n, d]
   */
  void pair(Matrix table, int firstItem, int[] queryRows, int[] itemRows, Matrix out) {
    int[] rows = withItemAlone(queryRows, itemRows, firstItem);
    Matrix items = table.rows(firstItem, table.rows());
    backend.pairs(table, rows, items, itemRows, queryWeight, out);
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
    Matrix[] modalities = {z[0], z[1], z[2]};
    float[] g = gate.forward(modalities, present()).toArray();
    for (int i = 0; i < n; i++) {
      float lambda = asked[i] || !itemAlone ? queryWeight : 0;
      double sum = 0;
      double[] weights = new double[M];
      for (int m = 0; m < M; m++) {
        weights[m] = present()[m][i] ? Math.exp(g[g.length == M ? m : i * M + m]) : 0;
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
    backend.gather(items(), channels.eventItems(), out);
  }

  /**
   * The fused items and the queries of all candidates, apart.
   *
   * @param items receives [C, d]
   * @param asked receives [C, d], zeros where there is no query
   */
  public void candidateParts(Matrix items, Matrix asked) {
    backend.gather(items(), channels.candidateItems(), items);
    backend.gather(queries(), channels.candidateQueries(), asked);
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
    backend.pairsBackward(
        dKeys, eventQueries, channels.eventItems(), queryWeight, dVectors(), dItems());
    backend.pairsBackward(
        dCandidates,
        candidateQueries,
        channels.candidateItems(),
        queryWeight,
        dVectors(),
        dItems());
  }

  /** Adds the gradients of gate and maps, and those of the channels to the channels. */
  public void backward() {
    int u = z[0].rows();
    Matrix[] modalities = {z[0], z[1], z[2]};
    boolean[][] present = present();
    Matrix[] into = new Matrix[M + 1];
    for (int c = 0; c <= M; c++) {
      Matrix dInput = c == M ? channels.dQueries() : channels.dModalities()[c];
      into[c] = direct(c) ? dInput : scratch.zeros("dz" + CHANNELS[c], z[c].rows(), d);
    }
    Matrix[] dModalities = {into[0], into[1], into[2]};
    Matrix dg = gate.gradient(u);
    Matrix g = gate.forward(modalities, present);
    backend.fuseBackward(modalities, present, g, dItems(), dModalities, dg);
    gate.backward(modalities, present, dg, dModalities);
    backend.add(dQueries(), into[M]);
    for (Restoring.Channel channel : CHANNELS) {
      if (!direct(channel.ordinal())) {
        backward(channel, into[channel.ordinal()]);
      }
    }
  }

  /** Whether a channel enters the fusion as it is. */
  private boolean direct(int c) {
    return !unit && !restored.contains(CHANNELS[c]);
  }

  private void backward(Restoring.Channel channel, Matrix dz) {
    int c = channel.ordinal();
    Matrix dx = c == M ? channels.dQueries() : channels.dModalities()[c];
    if (!unit) {
      restoring.orElseThrow().backward(channel, input(c), dz, dx);
    } else if (!restored.contains(channel)) {
      backend.unitRowsBackward(y[c], dz, dx);
    } else {
      Matrix dy = scratch.zeros("dy", y[c].rows(), d);
      backend.unitRowsBackward(y[c], dz, dy);
      restoring.orElseThrow().backward(channel, input(c), dy, dx);
    }
  }
}
