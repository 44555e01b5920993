package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.quantize.Cost;

/**
 * Two stages: for every pair of a target channel and an event channel the K nearest events, then
 * the exact fused score of their union (paper §4.1, the baselines ANN and LSH).
 *
 * <p>The lists here are exact, so this is the bound: no approximate index over channels (HNSW, LSH)
 * gets better candidates under the same metric. What it misses are events that are good in sum and
 * outstanding in no pair of channels. With K = L nothing is missed.
 *
 * <p>Cost: M²·L·d multiplications for the lists, then (M + 1)·d for each candidate.
 */
public final class CascadeRetriever implements Retriever {
  private final float[] events; // [L, M, d]
  private final int count;
  private final int channels;
  private final int dims;
  private final Metric metric;

  /** What is near in the first stage. */
  public enum Metric {
    /** The largest inner product, as the final score. */
    INNER_PRODUCT,
    /**
     * The smallest Euclidean distance, the default of the index in the released evaluation; another
     * order than the final score's unless norms are equal.
     */
    L2
  }

  private CascadeRetriever(float[] events, int count, int channels, int dims, Metric metric) {
    this.events = events;
    this.count = count;
    this.channels = channels;
    this.dims = dims;
    this.metric = metric;
  }

  /**
   * Over events [L, channels, dims], copied.
   *
   * @throws IllegalArgumentException if the last event is not whole
   */
  public static CascadeRetriever of(float[] events, int channels, int dims, Metric metric) {
    int count = Fusion.count(events, channels, dims);
    return new CascadeRetriever(events.clone(), count, channels, dims, metric);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Retrieval search(Target target, int k) {
    Checks.atLeast(1, "K", k);
    target.checkShape(channels, dims);
    boolean[] candidate = candidates(target, k);
    int union = 0;
    for (boolean in : candidate) {
      union += in ? 1 : 0;
    }
    int[] ids = new int[union];
    for (int l = 0, next = 0; l < count; l++) {
      if (candidate[l]) {
        ids[next++] = l;
      }
    }
    TopK top = TopK.of(rescore(target, ids), k);
    int[] found = new int[top.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = ids[top.indices()[i]];
    }
    long lists = (long) channels * events.length;
    long multiplications = lists + (channels + 1L) * dims * union;
    return new Retrieval(
        new TopK(found, top.scores()), new Cost(0, multiplications, 4L * events.length));
  }

  /** The union of the K nearest of every pair of channels. */
  private boolean[] candidates(Target target, int k) {
    boolean[] candidate = new boolean[count];
    float[] nearness = new float[count];
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels; j++) {
        for (int l = 0; l < count; l++) {
          nearness[l] = nearness(target.vectors(), i * dims, (l * channels + j) * dims);
        }
        for (int event : TopK.of(nearness, k).indices()) {
          candidate[event] = true;
        }
      }
    }
    return candidate;
  }

  private float nearness(float[] target, int targetOffset, int eventOffset) {
    return switch (metric) {
      case INNER_PRODUCT -> Vectors.dot(target, targetOffset, events, eventOffset, dims);
      case L2 -> -Vectors.squaredDistance(target, targetOffset, events, eventOffset, dims);
    };
  }

  private float[] rescore(Target target, int[] ids) {
    float[] query = target.fused();
    float[] scores = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      float[] key = new float[dims];
      Fusion.add(events, ids[i] * channels * dims, target.weights(), key, 0, dims);
      scores[i] = Vectors.dot(query, key);
    }
    return scores;
  }
}
