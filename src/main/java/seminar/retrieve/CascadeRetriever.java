package seminar.retrieve;

import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Two stages: for every pair of a target channel and an event channel about the K nearest events,
 * then the exact fused score of their union (paper §4.1, the baselines ANN and LSH).
 *
 * <p>With exact lists ({@link #of}) it is the bound: no approximate index over channels gets better
 * candidates under the same metric. What it misses are events that are good in sum and outstanding
 * in no pair of channels. With K = L nothing is missed. {@link #hnsw} walks graphs and {@link #lsh}
 * compares signs.
 *
 * <p>Cost: M² lists, then (M + 1)·d multiplications for each candidate. Immutable and thread-safe.
 */
public final class CascadeRetriever implements ChannelRetriever {
  private final float[] events; // [L, M, d]
  private final int count;
  private final int channels;
  private final int dims;
  private final ChannelLists lists;

  /** What is near in the first stage. */
  public enum Metric {
    /** The largest inner product, as the final score. */
    INNER_PRODUCT,
    /**
     * The smallest Euclidean distance, the default of the index in the released evaluation; another
     * order than the final score's unless norms are equal.
     */
    L2;

    /** Larger is nearer. */
    float nearness(float[] a, int aOffset, float[] b, int bOffset, int dims) {
      return switch (this) {
        case INNER_PRODUCT -> Vectors.dot(a, aOffset, b, bOffset, dims);
        case L2 -> -Vectors.squaredDistance(a, aOffset, b, bOffset, dims);
      };
    }
  }

  /**
   * How graphs are built and walked: those of a cascade, and that of an {@link HnswRetriever}.
   *
   * @param links M, neighbours of a node; twice as many on the lowest level
   * @param constructionWidth efConstruction, candidates while a node is linked
   * @param searchWidth efSearch, candidates while a graph is walked; never less than K
   * @param seed of the nodes' levels
   */
  public record GraphOptions(int links, int constructionWidth, int searchWidth, long seed) {
    /** Checks the ranges. */
    public GraphOptions {
      Checks.within(1, 512, "links M", links);
      Checks.within(1, 3200, "efConstruction", constructionWidth);
      Checks.atLeast(1, "efSearch", searchWidth);
    }

    /** What the released evaluation uses: M = 64, efConstruction = 64, efSearch = 32. */
    public static GraphOptions script() {
      return new GraphOptions(64, 64, 32, 1);
    }
  }

  private CascadeRetriever(float[] events, int channels, int dims, ChannelLists lists) {
    this.events = events;
    this.count = events.length / channels / dims;
    this.channels = channels;
    this.dims = dims;
    this.lists = lists;
  }

  /**
   * With exact lists, over events [L, channels, dims], copied.
   *
   * @throws IllegalArgumentException if the last event is not whole, a number is not finite or a
   *     vector too long or too short for inner products to be told
   */
  public static CascadeRetriever of(float[] events, int channels, int dims, Metric metric) {
    float[] copy = checked(events, channels, dims);
    return new CascadeRetriever(
        copy, channels, dims, new ChannelLists.Exact(copy, channels, dims, metric));
  }

  /**
   * With a graph for each channel, over events [L, channels, dims], copied. Same events and options
   * give the same graphs for any number of threads.
   *
   * @throws IllegalArgumentException if the last event is not whole, a number is not finite, a
   *     vector is too long or too short for inner products to be told, or there are more links than
   *     an array holds
   */
  public static CascadeRetriever hnsw(
      float[] events,
      int channels,
      int dims,
      Metric metric,
      GraphOptions options,
      Workers workers) {
    float[] copy = checked(events, channels, dims);
    return new CascadeRetriever(
        copy, channels, dims, new GraphLists(copy, channels, dims, metric, options, workers));
  }

  /**
   * With rotated signs of each channel, over events [L, channels, dims], copied; the released
   * evaluation has 4·d bits.
   *
   * @throws IllegalArgumentException if {@code bits} is below 1, the last event is not whole, a
   *     number is not finite or a vector too long or too short for inner products to be told
   */
  public static CascadeRetriever lsh(
      float[] events, int channels, int dims, int bits, SplittableRandom rng) {
    float[] copy = checked(events, channels, dims);
    return new CascadeRetriever(
        copy, channels, dims, ChannelLists.Hashed.of(copy, channels, dims, bits, rng));
  }

  private static float[] checked(float[] events, int channels, int dims) {
    FusedKeys.count(events, channels, dims);
    Rows.finite("events", events, channels * dims);
    Rows.bounded("vectors of events", events, dims);
    return events.clone();
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public Retrieval search(Target target, int k) {
    Checks.atLeast(1, "K", k);
    target.checkShape(channels, dims);
    Rows.bounded("target", target.vectors(), dims);
    boolean[] candidate = new boolean[count];
    int listed = Math.min(k, count);
    Cost cost = new Cost(0, 0, 0);
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels && count > 0; j++) {
        cost = cost.plus(lists.mark(target.vectors(), i * dims, j, listed, candidate));
      }
    }
    int[] ids = marked(candidate);
    TopK top = TopK.of(rescore(target, ids), k);
    int[] found = new int[top.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = ids[top.indices()[i]];
    }
    long rescoring = (channels + 1L) * dims * ids.length;
    Cost second = new Cost(0, rescoring, 4L * channels * dims * ids.length);
    return new Retrieval(new TopK(found, top.scores()), cost.plus(second));
  }

  private static int[] marked(boolean[] candidate) {
    int union = 0;
    for (boolean in : candidate) {
      union += in ? 1 : 0;
    }
    int[] ids = new int[union];
    for (int l = 0, next = 0; l < candidate.length; l++) {
      if (candidate[l]) {
        ids[next++] = l;
      }
    }
    return ids;
  }

  private float[] rescore(Target target, int[] ids) {
    float[] query = target.fused();
    float[] scores = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      float[] key = new float[dims];
      FusedKeys.add(events, ids[i] * channels * dims, target.weights(), key, 0, dims);
      scores[i] = Vectors.dot(query, key);
    }
    return scores;
  }
}
