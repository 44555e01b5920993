package seminar.retrieve;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.quantization.OptimizedScalarQuantizer;
import seminar.math.Checks;
import seminar.math.Lanes;
import seminar.quantize.CenteredQuantizer;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Scores every event from numbers that are rounded one by one, with an interval for each event
 * (Lucene's optimized scalar quantization): what search engines do today.
 *
 * <pre>
 *   x_i ≈ m_i + low + δ·c_i,   ⟨q, x⟩ ≈ ⟨q, m⟩ + low · Σ_i q_i + δ · Σ_i c_i q_i
 * </pre>
 *
 * <p>m is the mean of the vectors; low and δ are chosen for each vector such that the error along
 * it counts most. A code takes a byte in memory here, whatever its bits, and is multiplied with the
 * query's floats: it is compared by what it finds in so many bits, not by its speed.
 *
 * @see <a
 *     href="https://lucene.apache.org/core/10_2_0/core/org/apache/lucene/util/quantization/OptimizedScalarQuantizer.html">Lucene,
 *     OptimizedScalarQuantizer</a>
 */
public final class ScalarRetriever extends ScanRetriever {
  private static final VectorSpecies<Float> FLOATS = Lanes.SPECIES;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, jdk.incubator.vector.VectorShape.forBitSize(8 * FLOATS.length()));

  private final int dims;
  private final int bits;
  private final int count;
  private final float[] center;
  private final byte[] codes; // [L, d]
  private final float[] low; // [L]
  private final float[] step; // [L], δ

  private ScalarRetriever(float[] keys, int dims, int bits) {
    this.dims = dims;
    this.bits = bits;
    this.count = keys.length / dims;
    this.center = count == 0 ? new float[dims] : CenteredQuantizer.mean(keys, dims);
    this.codes = new byte[keys.length];
    this.low = new float[count];
    this.step = new float[count];
    OptimizedScalarQuantizer quantizer =
        new OptimizedScalarQuantizer(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
    float[] key = new float[dims];
    byte[] code = new byte[dims];
    for (int l = 0; l < count; l++) {
      System.arraycopy(keys, l * dims, key, 0, dims);
      var interval = quantizer.scalarQuantize(key, code, (byte) bits, center);
      System.arraycopy(code, 0, codes, l * dims, dims);
      low[l] = interval.lowerInterval();
      step[l] = (interval.upperInterval() - interval.lowerInterval()) / ((1 << bits) - 1);
    }
  }

  /**
   * Over fused keys [L, dims].
   *
   * @param bits of a number, 1 to 8
   * @throws IllegalArgumentException if {@code bits} is out of range, or as {@link Rows#bounded}
   */
  public static ScalarRetriever of(float[] keys, int dims, int bits) {
    Rows.bounded("keys", keys, dims);
    Checks.within(1, 8, "bits", bits);
    return new ScalarRetriever(keys, dims, bits);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public int width() {
    return dims;
  }

  /** Packed bits and two floats of each event. */
  @Override
  public long bytes() {
    return (long) count * (Math.ceilDiv(dims * bits, 8) + 8);
  }

  @Override
  void prepare(SearchScratch scratch) {
    double sum = 0;
    double common = 0;
    for (int i = 0; i < dims; i++) {
      sum += scratch.query[i];
      common += (double) scratch.query[i] * center[i];
    }
    scratch.offset = (float) sum;
    scratch.shift = (float) common;
  }

  @Override
  void scan(SearchScratch scratch, int from, int to) {
    float[] scores = scratch.scores;
    for (int first = from; first < to; first += KeyBlocks.CHUNK) {
      int rows = Math.min(KeyBlocks.CHUNK, to - first);
      for (int i = 0; i < rows; i++) {
        int l = first + i;
        scores[i] = low[l] * scratch.offset + step[l] * product(scratch.query, l * dims);
      }
      scratch.best.offer(scores, rows, first);
    }
  }

  /** Σ c_i q_i. */
  private float product(float[] query, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i < FLOATS.loopBound(dims); i += FLOATS.length()) {
      ByteVector code = ByteVector.fromArray(BYTES, codes, at + i);
      FloatVector numbers = (FloatVector) code.convertShape(VectorOperators.B2F, FLOATS, 0);
      if (bits == 8) {
        numbers = numbers.add(256, numbers.lt(0)); // bytes have signs
      }
      sum = numbers.fma(FloatVector.fromArray(FLOATS, query, i), sum);
    }
    float total = Lanes.sum(sum);
    for (; i < dims; i++) {
      total = Math.fma(codes[at + i] & 0xFF, query[i], total);
    }
    return total;
  }

  @Override
  Cost cost() {
    return new Cost(0, (long) count * (dims + 2) + 2L * dims, bytes());
  }

  @Override
  SearchScratch newScratch() {
    return new SearchScratch(dims, new float[0][]);
  }
}
