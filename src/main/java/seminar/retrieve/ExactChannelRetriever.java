package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.quantize.Rows;

/**
 * Scores every event exactly from its channels, for targets with weights of their own: M·d
 * multiplications an event, where {@link ExactRetriever} takes d.
 */
public final class ExactChannelRetriever implements ChannelRetriever {
  private final ExactRetriever rows; // [L, M·d]
  private final int channels;
  private final int dims;

  private ExactChannelRetriever(float[] events, int channels, int dims) {
    this.rows = new ExactRetriever(events, channels * dims, channels * dims);
    this.channels = channels;
    this.dims = dims;
  }

  /**
   * Over events.
   *
   * @param events [L, channels, dims], copied
   * @throws IllegalArgumentException if the last event is not whole or a number is not finite
   */
  public static ExactChannelRetriever of(float[] events, int channels, int dims) {
    FusedKeys.count(events, channels, dims);
    Rows.finite("events", events, channels * dims);
    return new ExactChannelRetriever(events, channels, dims);
  }

  @Override
  public int size() {
    return rows.size();
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
    SearchScratch scratch = rows.takeScratch();
    spread(target, scratch.query);
    return rows.search(scratch, k, Subset.all());
  }

  /**
   * The score of every event [L].
   *
   * @throws IllegalArgumentException if the target has another shape than the events
   */
  public float[] scores(Target target) {
    float[] query = new float[rows.width()];
    spread(target, query);
    return rows.scores(query);
  }

  /** [γ_1 q, …, γ_M q]: its dot with the channels of an event is the fused score. */
  private void spread(Target target, float[] spread) {
    target.checkShape(channels, dims);
    float[] fused = target.fused();
    Arrays.fill(spread, 0);
    for (int m = 0; m < channels; m++) {
      Vectors.addScaled(target.weights()[m], fused, 0, spread, m * dims, dims);
    }
  }
}
