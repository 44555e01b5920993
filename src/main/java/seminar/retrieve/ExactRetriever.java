package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Vectors;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Scores every event exactly: the truth that the others are measured against.
 *
 * <p>With <b>fused</b> keys k_l = Σ_j γ_j x_l⁽ʲ⁾, computed once because the weights do not depend
 * on the target, an event takes d multiplications; <b>per channel</b>, where weights come with each
 * target, it takes M·d. (The exact search unit of the paper, ESU, is another thing: an attention on
 * the events found.)
 *
 * <p>A score's products are added from the first dimension to the last, on every machine.
 */
public final class ExactRetriever extends ScanRetriever {
  private final KeyBlocks rows; // [L, d] fused, else [L, M·d]
  private final int channels;
  private final int dims;
  private final float[] fusedWeights; // γ of the fused keys; empty per channel

  private ExactRetriever(KeyBlocks rows, int channels, int dims, float[] fusedWeights) {
    this.rows = rows;
    this.channels = channels;
    this.dims = dims;
    this.fusedWeights = fusedWeights;
  }

  /**
   * For targets that all have these weights.
   *
   * @param events [L, M, dims]
   * @param weights γ [M]
   * @throws IllegalArgumentException if the last event is not whole or a number is not finite
   */
  public static ExactRetriever fused(float[] events, int dims, float[] weights) {
    Fusion.count(events, weights.length, dims);
    float[] keys = Fusion.keys(events, weights, dims);
    Rows.finite("fused keys", keys, dims);
    return new ExactRetriever(new KeyBlocks(keys, dims), weights.length, dims, weights.clone());
  }

  /**
   * For targets with weights of their own.
   *
   * @param events [L, channels, dims], copied
   * @throws IllegalArgumentException if the last event is not whole or a number is not finite
   */
  public static ExactRetriever perChannel(float[] events, int channels, int dims) {
    Fusion.count(events, channels, dims);
    Rows.finite("events", events, channels * dims);
    return new ExactRetriever(new KeyBlocks(events, channels * dims), channels, dims, new float[0]);
  }

  @Override
  public int size() {
    return rows.rows();
  }

  /** d with fused keys, else M·d. */
  @Override
  public int width() {
    return fusedWeights.length > 0 ? dims : channels * dims;
  }

  @Override
  public long bytes() {
    return 4L * size() * width();
  }

  @Override
  void query(Target target, float[] query) {
    target.checkShape(channels, dims);
    if (fusedWeights.length > 0) {
      if (!Arrays.equals(fusedWeights, target.weights())) {
        throw new IllegalArgumentException(
            "target has weights %s, keys are fused with %s: use ExactRetriever.perChannel"
                .formatted(Arrays.toString(target.weights()), Arrays.toString(fusedWeights)));
      }
      target.fuse(query);
    } else {
      spread(target, query);
    }
  }

  /** [γ_1 q, …, γ_M q]: its dot with the channels of an event is the fused score. */
  private void spread(Target target, float[] spread) {
    float[] fused = target.fused();
    Arrays.fill(spread, 0);
    for (int m = 0; m < channels; m++) {
      Vectors.addScaled(target.weights()[m], fused, 0, spread, m * dims, dims);
    }
  }

  @Override
  void scan(Scratch scratch) {
    for (int first = 0; first < size(); first += KeyBlocks.CHUNK) {
      int count = rows.score(scratch.query, first, scratch.scores);
      scratch.best.offer(scratch.scores, count, first);
    }
  }

  @Override
  Cost cost() {
    return new Cost(0, (long) size() * width() + (long) channels * dims, bytes());
  }

  @Override
  Scratch newScratch() {
    return new Scratch(width(), new float[0][]);
  }

  /**
   * The score of every event [L].
   *
   * @throws IllegalArgumentException as {@link #search}
   */
  public float[] scores(Target target) {
    float[] query = new float[width()];
    query(target, query);
    float[] scores = new float[size()];
    float[] chunk = new float[KeyBlocks.CHUNK];
    for (int first = 0; first < scores.length; first += KeyBlocks.CHUNK) {
      int count = rows.score(query, first, chunk);
      System.arraycopy(chunk, 0, scores, first, count);
    }
    return scores;
  }
}
