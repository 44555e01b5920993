package seminar.compute;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Checks;
import seminar.math.Lanes;

/**
 * Which numbers are dropped: a pure function of the seed and of a number's index, so that neither
 * threads nor order matter, and a backward pass needs no mask that was kept.
 *
 * <p>The seed and the upper 32 bits of the index give two keys (the finaliser of SplitMix64); the
 * lower 32 bits are hashed with them by shifts and two multiplications of 32 bits, which vectors
 * have. A number is dropped where its hash is among the lowest {@code rate · 2³²}.
 *
 * @param seed of the function; another one for each place and each step of a training
 * @param rate the share of numbers that are dropped, in [0, 1)
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">N. Srivastava et al. Dropout: A
 *     Simple Way to Prevent Neural Networks from Overfitting. JMLR 2014</a>
 * @see <a href="https://doi.org/10.1145/2063384.2063405">J. K. Salmon et al. Parallel Random
 *     Numbers: As Easy as 1, 2, 3. SC 2011</a>
 */
public record Dropout(long seed, double rate) {
  private static final Dropout NONE = new Dropout(0, 0);
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long LOWER = 0xFFFF_FFFFL;
  private static final int FIRST = 0x7FEB352D;
  private static final int SECOND = 0x846CA68B;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
  private static final IntVector ORDER = IntVector.zero(INTS).addIndex(1);

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if the rate is not in [0, 1)
   */
  public Dropout {
    Checks.within(0, Math.nextDown(1.0), "dropout rate", rate);
  }

  /** Nothing is dropped. */
  public static Dropout none() {
    return NONE;
  }

  /** Whether number {@code index} is kept. */
  public boolean keeps(long index) {
    long keys = keys(index);
    int hash = (int) index + (int) keys;
    hash = (hash ^ hash >>> 16) * FIRST ^ (int) (keys >>> 32);
    hash = (hash ^ hash >>> 15) * SECOND;
    return (hash ^ hash >>> 16) >= limit();
  }

  /** {@code 1 / (1 − rate)}, by which what is kept is multiplied. */
  public float factor() {
    return (float) (1 / (1 - rate));
  }

  /** Hashes below it, as signed numbers, are dropped. */
  private int limit() {
    return (int) Math.min(Integer.MAX_VALUE, Integer.MIN_VALUE + Math.round(rate * 0x1p32));
  }

  /** Two keys of 32 bits for all indexes with the same upper half. */
  private long keys(long index) {
    return mix(mix(seed + GOLDEN) + GOLDEN * (index >>> 32));
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  /**
   * Drops among n floats of a segment from float {@code at} on, the first of which is number {@code
   * index}, and multiplies the others by {@link #factor}.
   */
  void apply(MemorySegment x, long at, long n, long index) {
    for (long done = 0; done < n && rate > 0; ) {
      long upperEnds = LOWER + 1 - (index + done & LOWER);
      long some = Math.min(n - done, upperEnds);
      applyWithin(x, at + done, some, index + done);
      done += some;
    }
  }

  /** The same for numbers whose indexes have the same upper half. */
  private void applyWithin(MemorySegment x, long at, long n, long index) {
    long keys = keys(index);
    int limit = limit();
    float factor = factor();
    IntVector first = IntVector.broadcast(INTS, (int) keys);
    IntVector second = IntVector.broadcast(INTS, (int) (keys >>> 32));
    IntVector place = ORDER.add((int) index);
    int lanes = INTS.length();
    long i = 0;
    for (; i <= n - lanes; i += lanes) {
      VectorMask<Float> kept =
          hash(place, first, second).compare(VectorOperators.GE, limit).cast(Lanes.SPECIES);
      RowKernels.store(RowKernels.load(x, at + i).mul(factor).blend(0, kept.not()), x, at + i);
      place = place.add(lanes);
    }
    for (; i < n; i++) {
      RowKernels.set(x, at + i, keeps(index + i) ? factor * RowKernels.get(x, at + i) : 0);
    }
  }

  /** The hash of {@link #keeps}, lane by lane. */
  private static IntVector hash(IntVector place, IntVector first, IntVector second) {
    IntVector hash = place.add(first);
    hash = shifted(hash, 16).mul(FIRST).lanewise(VectorOperators.XOR, second);
    hash = shifted(hash, 15).mul(SECOND);
    return shifted(hash, 16);
  }

  private static IntVector shifted(IntVector x, int by) {
    return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, by));
  }
}
