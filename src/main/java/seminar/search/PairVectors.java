package seminar.search;

import java.util.LinkedHashMap;
import java.util.Map;
import seminar.compute.Matrix;
import seminar.data.Queries;
import seminar.math.Checks;
import seminar.model.Channels;
import seminar.model.Fusion;
import seminar.model.ModelOptions;

/**
 * The fused pairs of a trained model and what its heads look for in them, as plain arrays: what an
 * index of a history is made of, and asked with (paper §3.3.3).
 *
 * <p>Shapes: n pairs, H heads, d dims. Thread safety: one thread at a time.
 */
public final class PairVectors {
  private final Channels channels;
  private final Fusion fusion;
  private final Interest interest;
  private final int dims;
  private final int heads;

  PairVectors(Channels channels, Fusion fusion, Interest interest, ModelOptions options) {
    this.channels = channels;
    this.fusion = fusion;
    this.interest = interest;
    dims = options.dims();
    heads = options.attention().heads();
  }

  /**
   * Refuses models whose choice no index of such vectors could make.
   *
   * @throws IllegalArgumentException if events are not chosen by inner products and recency alone
   */
  static void checkChoice(Method method, ModelOptions options) {
    if (!method.choosesByAttention()) {
      throw new IllegalArgumentException(
          "%s does not choose events by inner products: index SEMINAR or TWIN"
              .formatted(method.kind()));
    }
    if (options.channels().taskGate()) {
      throw new IllegalArgumentException(
          "%s has a gate for each task, so that an item has no vector of its own: index a model without"
              .formatted(method.kind()));
    }
    if (FullAttention.isPadded(options)) {
      throw new IllegalArgumentException(
          "%s pads histories with a pair that competes with their events: index a model without pads"
              .formatted(method.kind()));
    }
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** H. */
  public int heads() {
    return heads;
  }

  /** What beside inner products decides which events a head keeps. */
  public ChoiceRule rule() {
    return interest.rule();
  }

  /**
   * What text, image, attributes and query add to pairs; their sum is the pair. A pair that occurs
   * again is computed once, so that it has the same bits at every place.
   *
   * @param items item of each pair [n]
   * @param queries query of each pair [n]; 0 for none
   * @return [4][n, d]
   */
  public float[][] parts(int[] items, int[] queries) {
    Checks.sameLength("items", items.length, "queries", queries.length);
    Map<Long, Integer> rows = new LinkedHashMap<>(); // a pair's row among the distinct ones
    int[] row = new int[items.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = rows.computeIfAbsent(pair(items[i], queries[i]), pair -> rows.size());
    }
    int[] someItems =
        rows.keySet().stream().mapToInt(pair -> (int) (pair >> Integer.SIZE)).toArray();
    int[] someQueries = rows.keySet().stream().mapToInt(Long::intValue).toArray();
    return spread(distinct(someItems, someQueries), row);
  }

  private static long pair(int item, int query) {
    return (long) item << Integer.SIZE | Integer.toUnsignedLong(query);
  }

  private float[][] distinct(int[] items, int[] queries) {
    boolean[] asked = new boolean[queries.length];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = channels.hasVector(queries[i]);
    }
    channels.encodeAlone(items, queries);
    fusion.fuse(channels);
    return fusion.parts(asked);
  }

  /** Rows of {@code parts} [4][·, d], one for each place. */
  private float[][] spread(float[][] parts, int[] row) {
    float[][] spread = new float[parts.length][row.length * dims];
    for (int part = 0; part < parts.length; part++) {
      for (int i = 0; i < row.length; i++) {
        System.arraycopy(parts[part], row[i] * dims, spread[part], i * dims, dims);
      }
    }
    return spread;
  }

  /**
   * Fused pairs.
   *
   * @param items item of each pair [n]
   * @param queries query of each pair [n]; {@link Queries#EMPTY} for none
   * @return [n, d]
   */
  public float[] keys(int[] items, int[] queries) {
    float[][] parts = parts(items, queries);
    float[] keys = new float[items.length * dims];
    for (float[] part : parts) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] += part[i];
      }
    }
    return keys;
  }

  /**
   * What each head looks for when this pair is the candidate: event l scores {@code k_l · r_h}.
   *
   * @return r [H][d]
   */
  public float[][] headQueries(int item, int query) {
    return headQueries(keys(new int[] {item}, new int[] {query}));
  }

  /**
   * What each head looks for when the candidate's pair is this vector, for instance what a
   * quantizer left of it.
   *
   * @param key [d]
   * @return r [H][d]
   */
  public float[][] headQueries(float[] key) {
    Checks.sameLength("key", key.length, "vector of an event", dims);
    float[] r = interest.headQueries(Matrix.of(1, dims, key)).toArray();
    float[][] perHead = new float[heads][dims];
    for (int h = 0; h < heads; h++) {
      System.arraycopy(r, h * dims, perHead[h], 0, dims);
    }
    return perHead;
  }
}
