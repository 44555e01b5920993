package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Checks;

/**
 * What is searched for: the channel vectors of a query–item pair and the weights γ of the channels.
 *
 * @param vectors [M, d]; not copied, to be left alone
 * @param weights γ [M], the same for target and events; not copied, to be left alone
 */
public record Target(float[] vectors, float[] weights) {
  /** Checks that vectors hold M rows of the same length. */
  public Target {
    Checks.atLeast(1, "channels M", weights.length);
    if (vectors.length == 0 || vectors.length % weights.length != 0) {
      throw new IllegalArgumentException(
          "target has length %d: it must be a multiple of channels M=%d, and not 0"
              .formatted(vectors.length, weights.length));
    }
  }

  /** M. */
  public int channels() {
    return weights.length;
  }

  /** d. */
  public int dims() {
    return vectors.length / weights.length;
  }

  /** The fused vector q = Σ_i γ_i x_t⁽ⁱ⁾ [d]. */
  public float[] fused() {
    float[] fused = new float[dims()];
    fuse(fused);
    return fused;
  }

  /** Writes the fused vector [d]. */
  void fuse(float[] fused) {
    Arrays.fill(fused, 0);
    FusedKeys.add(vectors, 0, weights, fused, 0, dims());
  }

  /** Checks that events [L, channels, dims] can be compared with this target. */
  void checkShape(int channels, int dims) {
    Checks.sameLength("list of channels of the target", channels(), "that of events", channels);
    Checks.sameLength("vector of the target", dims(), "vector of an event", dims);
  }
}
