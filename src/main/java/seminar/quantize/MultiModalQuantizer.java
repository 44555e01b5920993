package seminar.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * One product quantizer for each channel of an event (paper §3.3.3): query, text, image,
 * attributes.
 *
 * <p>Shapes: events [L, M, d], codes [L, M·S] with the subspaces of a channel together. All
 * channels share d, S and C. Vectors are quantized as they are, norms included. Immutable and
 * thread-safe.
 */
public final class MultiModalQuantizer {
  private final List<ProductQuantizer> channels;

  private MultiModalQuantizer(List<ProductQuantizer> channels) {
    this.channels = List.copyOf(channels);
  }

  /**
   * Learns a codebook for each channel of {@code events} [n, channels, dims].
   *
   * @throws IllegalArgumentException if {@code dims} is not a multiple of S, there is no event, the
   *     last one is not whole, or a number is not finite
   */
  public static MultiModalQuantizer fit(
      float[] events,
      int channels,
      int dims,
      ProductQuantizer.Options options,
      SplittableRandom rng,
      Workers workers) {
    Checks.atLeast(1, "channels M", channels);
    Checks.atLeast(1, "dims d", dims);
    int n = Rows.finite("events", events, Math.multiplyExact(channels, dims));
    List<ProductQuantizer> fitted = new ArrayList<>();
    for (int m = 0; m < channels; m++) {
      float[] channel = new float[n * dims];
      for (int i = 0; i < n; i++) {
        System.arraycopy(events, (i * channels + m) * dims, channel, i * dims, dims);
      }
      fitted.add(ProductQuantizer.fit(channel, dims, options, rng.split(), workers));
    }
    return new MultiModalQuantizer(fitted);
  }

  /**
   * From quantizers that are already known, one for each channel.
   *
   * @throws IllegalArgumentException if there is none or they differ in d, S or C
   */
  public static MultiModalQuantizer of(List<ProductQuantizer> channels) {
    Checks.atLeast(1, "channels M", channels.size());
    ProductQuantizer first = channels.getFirst();
    for (ProductQuantizer channel : channels) {
      Checks.sameLength("vector of channel 0", first.dims(), "vector of another", channel.dims());
      Checks.sameLength("row of codes", first.subspaces(), "that of another", channel.subspaces());
      Checks.sameLength("codebook", first.centroids(), "that of another", channel.centroids());
    }
    return new MultiModalQuantizer(channels);
  }

  /** M. */
  public int channels() {
    return channels.size();
  }

  /** d. */
  public int dims() {
    return channels.getFirst().dims();
  }

  /** S, the paper's N_bit. */
  public int subspaces() {
    return channels.getFirst().subspaces();
  }

  /** C. */
  public int centroids() {
    return channels.getFirst().centroids();
  }

  /** The quantizer of one channel. */
  public ProductQuantizer channel(int m) {
    return channels.get(m);
  }

  /**
   * The codes [L, M·S] of {@code events} [L, M, d].
   *
   * @throws IllegalArgumentException if the last event is not whole or a number is not finite
   */
  public Codes encode(float[] events, Workers workers) {
    int width = channels() * dims();
    Codes codes =
        new Codes(Rows.finite("events", events, width), channels() * subspaces(), centroids());
    for (int m = 0; m < channels(); m++) {
      channels.get(m).encode(events, m * dims(), width, codes, m * subspaces(), workers);
    }
    return codes;
  }

  /**
   * The events [L, M, d] that {@code codes} [L, M·S] stand for.
   *
   * @throws IllegalArgumentException if the codes have another M·S or C
   */
  public float[] decode(Codes codes) {
    checkCodes(codes);
    int width = channels() * dims();
    float[] events = new float[codes.rows() * width];
    for (int m = 0; m < channels(); m++) {
      channels.get(m).decode(codes, m * subspaces(), events, m * dims(), width);
    }
    return events;
  }

  void checkCodes(Codes codes) {
    Checks.sameLength("M·S sub-vectors", channels() * subspaces(), "row of codes", codes.columns());
    Checks.sameLength("codebook", centroids(), "that of the codes", codes.centroids());
  }
}
