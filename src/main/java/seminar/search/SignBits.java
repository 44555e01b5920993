package seminar.search;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Rng;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * SimHash: the pairs of a batch as the signs of random projections, packed into words (Charikar
 * 2002).
 *
 * <pre>
 *   bit b of x = 1[(x R + r)_b &gt; 0],   R [d, m] of independent normal numbers, r = 0 as a rule
 * </pre>
 *
 * <p>The share of equal bits of two vectors is on average {@code 1 − angle / π}. R and r are drawn
 * once and kept with the model, or R is drawn anew in each step of training, which the paper of ETA
 * calls multi-round hashing; an evaluation uses the kept one. Shapes: m bits, ⌈m / 64⌉ words for
 * each vector.
 *
 * @see <a href="https://doi.org/10.1145/509907.509965">Charikar. STOC 2002</a>
 */
final class SignBits {
  private final Backend backend;
  private final Parameter projection;
  private final Parameter bias;
  private final boolean anew;
  private final int bits;
  private final int words;
  private final Scratch scratch = new Scratch();
  private long[] events = new long[0];
  private long[] candidates = new long[0];

  /**
   * Makes the parameters {@code search/projection} and {@code search/projectionBias}, which never
   * learn.
   *
   * @param bits m
   * @param biased whether r is random too, as in the released code; else it is zero
   * @param anew whether each step of training draws R
   */
  SignBits(
      Backend backend, Parameters parameters, int dims, int bits, boolean biased, boolean anew) {
    this.backend = backend;
    this.anew = anew;
    this.bits = bits;
    words = Math.ceilDiv(bits, Long.SIZE);
    double bound = 1 / Math.sqrt(dims);
    projection =
        biased
            ? parameters.uniform("search/projection", dims, bits, bound)
            : parameters.dense("search/projection", dims, bits, 1);
    bias =
        biased
            ? parameters.uniform("search/projectionBias", 1, bits, bound)
            : parameters.dense("search/projectionBias", 1, bits, 0);
    projection.freeze(true);
    bias.freeze(true);
  }

  /** Packs the events and the candidates of a batch. */
  void encode(EncodedBatch encoded) {
    Matrix r = projection(encoded.seed());
    events = packed("event bits", encoded.pairs(), r);
    candidates = packed("candidate bits", encoded.candidates(), r);
  }

  /** R [d, m] of a step. */
  private Matrix projection(long seed) {
    Matrix kept = projection.value();
    if (!anew || seed == Interests.EVALUATION) {
      return kept;
    }
    float[] values = new float[kept.length()];
    Rng.gaussian(Rng.stream("search/projection", seed), values, 1);
    return Matrix.of(kept.rows(), kept.cols(), values);
  }

  private long[] packed(String name, Matrix x, Matrix r) {
    Matrix projected = scratch.matrix(name, x.rows(), bits);
    backend.dense().linear(x, r, bias.value(), projected);
    float[] values = projected.toArray();
    long[] packed = new long[x.rows() * words];
    for (int i = 0; i < x.rows(); i++) {
      for (int b = 0; b < bits; b++) {
        if (values[i * bits + b] > 0) {
          packed[i * words + b / Long.SIZE] |= 1L << b;
        }
      }
    }
    return packed;
  }

  /** How many bits of a candidate and of an event differ. */
  int distance(int candidate, int event) {
    int distance = 0;
    for (int w = 0; w < words; w++) {
      distance += Long.bitCount(candidates[candidate * words + w] ^ events[event * words + w]);
    }
    return distance;
  }

  /** The bucket of each event: its bits {@code [from, from + width)}, the first one lowest. */
  int[] ofEvents(int from, int width) {
    return buckets(events, from, width);
  }

  /** The bucket of each candidate. */
  int[] ofCandidates(int from, int width) {
    return buckets(candidates, from, width);
  }

  private int[] buckets(long[] packed, int from, int width) {
    int[] buckets = new int[packed.length / words];
    Arrays.setAll(buckets, i -> bucket(packed, i * words, from, width));
    return buckets;
  }

  private static int bucket(long[] packed, int start, int from, int width) {
    int bucket = 0;
    for (int b = 0; b < width; b++) {
      int at = from + b;
      bucket |= (int) (packed[start + at / Long.SIZE] >>> at & 1) << b;
    }
    return bucket;
  }
}
