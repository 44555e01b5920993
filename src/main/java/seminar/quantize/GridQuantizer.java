package seminar.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Writes every number of a vector as one of 2^b evenly spaced levels, and the vector's length
 * beside them, such that inner products are unbiased: with a random rotation before it, the
 * multi-bit form of RaBitQ. Nothing is learned.
 *
 * <pre>
 *   g_i ∈ {±1, ±3, …, ±(2^b − 1)}     the direction of x to which g is nearest by angle
 *   scale = ‖x‖² / ⟨x, g⟩              so ⟨x, scale·g⟩ = ‖x‖²
 * </pre>
 *
 * <p>Of all vectors of levels the one with the least angle to x is found exactly: as x grows from
 * 0, each of its numbers steps from level to level, and the best g is one of those passed. With one
 * bit it is the signs of x. After a random rotation the estimate of an inner product is unbiased
 * over rotations, and its error is {@code ‖q‖ ‖x‖ √(1 − c²) / c · ε / √(d − 1)} with c the cosine
 * of x and g, ε nearly standard normal: {@link #bound}.
 *
 * <p>Shapes: vectors [L, d]; codes of up to four bits lie together in columns of at most 16
 * centroids, four numbers to a column with one bit and two with two, so that a four-bit scan reads
 * them. Cost of encoding: a sort of d·2^(b−1) numbers a vector. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1145/3654970">Gao, Long. RaBitQ: quantizing high-dimensional
 *     vectors with a theoretical error bound for approximate nearest neighbor search. SIGMOD
 *     2024</a>
 * @see <a href="https://doi.org/10.1145/3725413">Gao et al. Practical and asymptotically optimal
 *     quantization of high-dimensional vectors. SIGMOD 2025</a>
 */
public final class GridQuantizer extends Quantizer {
  private static final int NIBBLE = 4;

  private final int dims;
  private final int bits;
  private final int together; // numbers of a column
  private final ProductQuantizer levels; // of d rounded up to whole columns

  private GridQuantizer(int dims, int bits) {
    this.dims = dims;
    this.bits = bits;
    this.together = Math.max(1, NIBBLE / bits);
    int columns = Math.ceilDiv(dims, together);
    int centroids = 1 << bits * together;
    float[] codebook = new float[Math.multiplyExact(columns * centroids, together)];
    for (int i = 0; i < codebook.length; i++) {
      codebook[i] = level(i / together % centroids >> i % together * bits & (1 << bits) - 1);
    }
    this.levels = ProductQuantizer.of(codebook, columns * together, columns);
  }

  /**
   * The grid of so many bits a number.
   *
   * @param bits b, 1 to 8
   * @throws IllegalArgumentException if {@code dims} is below 1 or {@code bits} out of range
   */
  public static GridQuantizer of(int dims, int bits) {
    Checks.atLeast(1, "dims d", dims);
    Checks.within(1, 8, "bits b", bits);
    return new GridQuantizer(dims, bits);
  }

  /**
   * RaBitQ: the mean of {@code vectors} [n, dims] is taken away, what is left is turned at random,
   * and its numbers are written by so many bits.
   *
   * @param bits b, 1 to 8
   * @throws IllegalArgumentException if {@code bits} is out of range, there is no vector, or as
   *     {@link Rows#bounded}
   */
  public static Quantizer rabitq(float[] vectors, int dims, int bits, SplittableRandom rng) {
    Rotation turn = Rotation.random(dims, rng);
    return CenteredQuantizer.of(
        CenteredQuantizer.mean(vectors, dims), RotatedQuantizer.of(turn, of(dims, bits)));
  }

  private float level(int code) {
    return 2 * code - ((1 << bits) - 1);
  }

  /** b. */
  public int bits() {
    return bits;
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public int columns() {
    return levels.columns();
  }

  @Override
  public int centroids() {
    return levels.centroids();
  }

  @Override
  Codes write(float[] vectors, Workers workers) {
    int rows = vectors.length / dims;
    Codes codes = new Codes(rows, columns(), centroids());
    float[] scales = new float[rows];
    workers.forEach(
        rows,
        (shard, from, to) -> {
          Search search = new Search();
          for (int l = from; l < to; l++) {
            scales[l] = search.encode(vectors, l * dims, codes, l);
          }
        });
    return codes.scaled(scales);
  }

  /** Finds the levels of one vector after the other; for one thread. */
  private final class Search {
    private final int[] steps = new int[dims]; // how often |x_i| has stepped up
    private final long[] crossings = new long[dims * ((1 << bits - 1) - 1)];

    /** Writes the codes of a vector; its scale. */
    float encode(float[] x, int at, Codes codes, int row) {
      double product = 0; // ⟨|x|, |g|⟩
      double squares = 0;
      for (int i = 0; i < dims; i++) {
        product += Math.abs((double) x[at + i]);
        squares += (double) x[at + i] * x[at + i];
      }
      Arrays.fill(steps, 0);
      product = climb(x, at, product);
      for (int s = 0, i = 0; s < codes.columns(); s++) {
        int code = 0;
        for (int j = 0; j < together && i < dims; j++, i++) {
          int half = 1 << bits - 1;
          code |= (x[at + i] >= 0 ? half + steps[i] : half - 1 - steps[i]) << j * bits;
        }
        codes.set(row * codes.columns() + s, code);
      }
      return product == 0 ? 0 : (float) (squares / product);
    }

    /**
     * Lets x grow until its numbers have passed all levels, goes back to where the cosine was
     * largest, and returns the inner product there. The factor at which |x_i| passes to level 2k +
     * 1 is k / |x_i|.
     */
    private double climb(float[] x, int at, double start) {
      int count = 0;
      for (int i = 0; i < dims; i++) {
        float size = Math.abs(x[at + i]);
        for (int k = 1; k < 1 << bits - 1 && size > 0; k++) {
          // positive floats are ordered as their bits
          crossings[count++] = (long) Float.floatToRawIntBits(k / size) << Integer.SIZE | i;
        }
      }
      Arrays.sort(crossings, 0, count);
      double product = start;
      double squares = dims;
      double best = product * product / squares;
      double bestProduct = product;
      int bestAt = 0;
      for (int n = 0; n < count; n++) {
        int i = (int) crossings[n];
        steps[i]++;
        product += 2.0 * Math.abs(x[at + i]);
        squares += 8.0 * steps[i];
        if (product * product / squares > best) {
          best = product * product / squares;
          bestProduct = product;
          bestAt = n + 1;
        }
      }
      for (int n = count - 1; n >= bestAt; n--) {
        steps[(int) crossings[n]]--;
      }
      return bestProduct;
    }
  }

  /**
   * How far an estimated inner product is from the true one, but for a share of queries: {@code ε ·
   * ‖q‖ · √(‖scale·g‖² − ‖x‖²) / √(d − 1)} with ε as many standard deviations, after a random
   * rotation.
   *
   * @param vectors [L, d]
   * @param codes [L, columns] that {@link #encode} made of them
   * @return [L], for a query of length 1 and ε = 1
   */
  public float[] bound(float[] vectors, Codes codes) {
    float[] decoded = decode(codes);
    float[] bounds = new float[codes.rows()];
    for (int l = 0; l < bounds.length; l++) {
      double coarse = Rows.length(decoded, l * dims, dims);
      double own = Rows.length(vectors, l * dims, dims);
      double apart = Math.max(0, coarse * coarse - own * own);
      bounds[l] = (float) Math.sqrt(apart / Math.max(1, dims - 1));
    }
    return bounds;
  }

  @Override
  public float[] decode(Codes codes) {
    checkCodes(codes);
    float[] padded = levels.decode(codes);
    float[] vectors = new float[codes.rows() * dims];
    for (int l = 0; l < codes.rows(); l++) {
      System.arraycopy(padded, l * levels.dims(), vectors, l * dims, dims);
    }
    return vectors;
  }

  @Override
  public void tables(float[] query, float[][] tables) {
    levels.tables(levels.dims() == dims ? query : Arrays.copyOf(query, levels.dims()), tables);
  }

  @Override
  public long tableMultiplications() {
    return levels.tableMultiplications();
  }
}
