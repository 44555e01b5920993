package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.Vectors;

/** Weighted sums of the channels of flat events [L, M, d]. */
public final class FusedKeys {
  private FusedKeys() {}

  /** {@code fused += Σ_m γ_m x⁽ᵐ⁾} for the event that starts at {@code offset}. */
  static void add(
      float[] events, int offset, float[] weights, float[] fused, int fusedOffset, int dims) {
    for (int m = 0; m < weights.length; m++) {
      Vectors.addScaled(weights[m], events, offset + m * dims, fused, fusedOffset, dims);
    }
  }

  /**
   * The fused keys k_l = Σ_m γ_m x_l⁽ᵐ⁾ [L, d] of all events [L, M, d].
   *
   * @throws IllegalArgumentException if the last event is not whole
   */
  public static float[] keys(float[] events, float[] weights, int dims) {
    count(events, weights.length, dims);
    int width = weights.length * dims;
    float[] keys = new float[events.length / weights.length];
    for (int l = 0; l < events.length / width; l++) {
      add(events, l * width, weights, keys, l * dims, dims);
    }
    return keys;
  }

  /**
   * L for events [L, channels, dims].
   *
   * @throws IllegalArgumentException if the last event is not whole
   */
  static int count(float[] events, int channels, int dims) {
    Checks.atLeast(1, "channels M", channels);
    Checks.atLeast(1, "dims d", dims);
    if (events.length % (channels * dims) != 0) {
      throw new IllegalArgumentException(
          "events has length %d: it must be a multiple of M·d=%d"
              .formatted(events.length, channels * dims));
    }
    return events.length / (channels * dims);
  }
}
