package seminar.serve;

import java.util.SplittableRandom;
import seminar.math.Workers;
import seminar.quantize.KMeans;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.search.PairVectors;

/**
 * Codes of pairs as the paper has them (§3.3.3): the direction of each channel product-quantized,
 * its length, and with it the channel's weight, beside.
 *
 * <pre>
 *   k_l = Σ_m ‖x_m‖ x̂_m,   k̂_l = Σ_m ‖x_m‖ q_m(x̂_m)
 * </pre>
 *
 * <p>A score by look-ups in its tables, for a target that is quantized too, is the inner product of
 * what the codes stand for. Shapes: n pairs, M = 4 channels, d dims.
 */
final class ChannelCodes {
  private final MultiModalQuantizer quantizer;
  private final Workers workers;

  private ChannelCodes(MultiModalQuantizer quantizer, Workers workers) {
    this.quantizer = quantizer;
    this.workers = workers;
  }

  /**
   * Learns a codebook for each channel.
   *
   * @param parts [M][n, d]
   * @param pieces S
   * @param clustering of each piece
   */
  static ChannelCodes fit(
      float[][] parts,
      int dims,
      int pieces,
      KMeans.Options clustering,
      SplittableRandom rng,
      Workers workers) {
    float[] units = parts(parts, dims).units;
    ProductQuantizer.Options settings = new ProductQuantizer.Options(pieces, clustering);
    return new ChannelCodes(
        MultiModalQuantizer.fit(units, parts.length, dims, settings, rng, workers), workers);
  }

  /** Codes of two bytes each where there are more than 256 centroids, and a float for a length. */
  double bytes() {
    int code = quantizer.centroids() > 256 ? 2 : 1;
    return quantizer.channels() * (quantizer.subspaces() * code + (double) Float.BYTES);
  }

  /** What the codes of pairs stand for [n, d]. */
  float[] decoded(float[][] parts) {
    int d = quantizer.dims();
    Parts apart = parts(parts, d);
    float[] units = quantizer.decode(quantizer.encode(apart.units, workers));
    float[] sums = new float[parts[0].length];
    for (int row = 0; row < apart.lengths.length; row++) {
      int pair = row / parts.length;
      for (int j = 0; j < d; j++) {
        sums[pair * d + j] += apart.lengths[row] * units[row * d + j];
      }
    }
    return sums;
  }

  /** The same of one pair [d]. */
  float[] decoded(PairVectors vectors, int item, int query) {
    return decoded(vectors.parts(new int[] {item}, new int[] {query}));
  }

  /**
   * Directions and lengths.
   *
   * @param units [n, M, d]; a zero vector stays zero
   * @param lengths [n, M]
   */
  private record Parts(float[] units, float[] lengths) {}

  private static Parts parts(float[][] parts, int d) {
    int n = parts[0].length / d;
    int channels = parts.length;
    Parts apart = new Parts(new float[n * channels * d], new float[n * channels]);
    for (int row = 0; row < n * channels; row++) {
      float[] channel = parts[row % channels];
      int from = row / channels * d;
      double squares = 0;
      for (int j = 0; j < d; j++) {
        squares += (double) channel[from + j] * channel[from + j];
      }
      double length = Math.sqrt(squares);
      apart.lengths[row] = (float) length;
      for (int j = 0; j < d && length > 0; j++) {
        apart.units[row * d + j] = (float) (channel[from + j] / length);
      }
    }
    return apart;
  }
}
