package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.quantize.Cost;

/**
 * Scores every event exactly: the truth that the others are measured against.
 *
 * <p>With <b>fused</b> keys k_l = Σ_j γ_j x_l⁽ʲ⁾, computed once because the weights do not depend
 * on the target, an event takes d multiplications; <b>per channel</b>, where weights come with each
 * target, it takes M·d. (The exact search unit of the paper, ESU, is another thing: an attention on
 * the events found.)
 */
public final class ExactRetriever implements Retriever {
  private final float[] rows; // [L, d] fused, else [L, M, d]
  private final int count;
  private final int channels;
  private final int dims;
  private final float[] fusedWeights; // γ of the fused keys; empty per channel

  private ExactRetriever(float[] rows, int count, int channels, int dims, float[] fusedWeights) {
    this.rows = rows;
    this.count = count;
    this.channels = channels;
    this.dims = dims;
    this.fusedWeights = fusedWeights;
  }

  /**
   * For targets that all have these weights.
   *
   * @param events [L, M, dims]
   * @param weights γ [M]
   * @throws IllegalArgumentException if the last event is not whole
   */
  public static ExactRetriever fused(float[] events, int dims, float[] weights) {
    int count = Fusion.count(events, weights.length, dims);
    float[] keys = Fusion.keys(events, weights, dims);
    return new ExactRetriever(keys, count, weights.length, dims, weights.clone());
  }

  /**
   * For targets with weights of their own.
   *
   * @param events [L, channels, dims], copied
   * @throws IllegalArgumentException if the last event is not whole
   */
  public static ExactRetriever perChannel(float[] events, int channels, int dims) {
    int count = Fusion.count(events, channels, dims);
    return new ExactRetriever(events.clone(), count, channels, dims, new float[0]);
  }

  @Override
  public int size() {
    return count;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if keys are fused with other weights than the target's
   */
  @Override
  public Retrieval search(Target target, int k) {
    Checks.atLeast(1, "K", k);
    float[] scores = scores(target);
    long multiplications = (long) rows.length + (long) channels * dims;
    return new Retrieval(TopK.of(scores, k), new Cost(0, multiplications, 4L * rows.length));
  }

  /**
   * The score of every event [L].
   *
   * @throws IllegalArgumentException as {@link #search}
   */
  public float[] scores(Target target) {
    target.checkShape(channels, dims);
    if (fusedWeights.length > 0 && !Arrays.equals(fusedWeights, target.weights())) {
      throw new IllegalArgumentException(
          "target has weights %s, keys are fused with %s: use ExactRetriever.perChannel"
              .formatted(Arrays.toString(target.weights()), Arrays.toString(fusedWeights)));
    }
    float[] query = fusedWeights.length > 0 ? target.fused() : spread(target);
    float[] scores = new float[count];
    for (int l = 0; l < count; l++) {
      scores[l] = Vectors.dot(rows, l * query.length, query, 0, query.length);
    }
    return scores;
  }

  /** [γ_1 q, …, γ_M q]: its dot with the channels of an event is the fused score. */
  private float[] spread(Target target) {
    float[] fused = target.fused();
    float[] spread = new float[channels * dims];
    for (int m = 0; m < channels; m++) {
      Vectors.addScaled(target.weights()[m], fused, 0, spread, m * dims, dims);
    }
    return spread;
  }
}
