package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Checks;
import seminar.math.Lanes;
import seminar.math.VectorMath;

/**
 * Losses of a positive against its negatives on the CPU; see {@link Backend.Contrasts}.
 *
 * <p>Numbers are worked on in a buffer, where what is left out, and what fills the last vector, is
 * −∞: its exponential is 0, and so are its term and its gradient.
 */
final class CpuContrast implements Backend.Contrasts {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  // Of the series of log1p. Constants, for a method that makes them would be one too many for the
  // compiler to put in line, and then every vector is an object.
  private static final FloatVector TERM_13 = FloatVector.broadcast(SPECIES, 2f / 13);
  private static final FloatVector TERM_11 = FloatVector.broadcast(SPECIES, 2f / 11);
  private static final FloatVector TERM_9 = FloatVector.broadcast(SPECIES, 2f / 9);
  private static final FloatVector TERM_7 = FloatVector.broadcast(SPECIES, 2f / 7);
  private static final FloatVector TERM_5 = FloatVector.broadcast(SPECIES, 2f / 5);
  private static final FloatVector TERM_3 = FloatVector.broadcast(SPECIES, 2f / 3);
  private static final FloatVector TERM_1 = FloatVector.broadcast(SPECIES, 2);

  /** The numbers of a buffer: it lies in the nearest cache. */
  private static final int BUFFER = 1024;

  /** A number of these losses costs as much as so many that are only read and written. */
  private static final int COST = 8;

  private final CpuLookup lookup;

  CpuContrast(CpuLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public double binaryContrast(
      Matrix positives,
      Matrix negatives,
      int[] same,
      double p,
      double q,
      Matrix dPositives,
      Matrix dNegatives) {
    int n = check(positives, negatives, same, dPositives, dNegatives);
    long m = negatives.cols();
    int cost = cost(negatives);
    double[] losses = new double[CpuLookup.shards(n, cost)];
    MemorySegment z = positives.segment();
    MemorySegment y = negatives.segment();
    MemorySegment dz = dPositives.segment();
    MemorySegment dy = dNegatives.segment();
    lookup.ranges(
        n,
        cost,
        (shard, first, end) -> {
          float[] x = new float[BUFFER];
          double loss = 0;
          for (int i = first; i < end; i += BUFFER) {
            int some = Math.min(BUFFER, end - i);
            int filled = load(z, i, x, some);
            negate(x, some);
            loss += p * softplus(x, filled, (float) -p);
            store(x, dz, i, some);
          }
          int row = first;
          for (long at = first * m; at < end * m; at += BUFFER) {
            int some = (int) Math.min(BUFFER, end * m - at);
            int filled = load(y, at, x, some);
            for (; row < end && row * m + same[row] < at + some; row++) {
              if (same[row] >= 0) {
                x[(int) (row * m + same[row] - at)] = Float.NEGATIVE_INFINITY;
              }
            }
            loss += q * softplus(x, filled, (float) q);
            store(x, dy, at, some);
          }
          losses[shard] = loss;
        });
    return Arrays.stream(losses).sum();
  }

  @Override
  public double softmaxContrast(
      Matrix positives,
      Matrix negatives,
      int[] same,
      double weight,
      Matrix dPositives,
      Matrix dNegatives) {
    int n = check(positives, negatives, same, dPositives, dNegatives);
    int m = negatives.cols();
    int cost = cost(negatives);
    double[] losses = new double[CpuLookup.shards(n, cost)];
    MemorySegment z = positives.segment();
    MemorySegment y = negatives.segment();
    MemorySegment dz = dPositives.segment();
    MemorySegment dy = dNegatives.segment();
    lookup.ranges(
        n,
        cost,
        (shard, first, end) -> {
          float[] x = new float[m + LANES];
          double loss = 0;
          for (int i = first; i < end; i++) {
            int filled = load(y, (long) i * m, x, m);
            if (same[i] >= 0) {
              x[same[i]] = Float.NEGATIVE_INFINITY;
            }
            float positive = RowKernels.get(z, i);
            float most = Math.max(positive, largest(x, filled));
            double others = exponentials(x, filled, most);
            double own = VectorMath.exp(positive - most);
            double sum = own + others;
            // log1p keeps the digits of a small loss.
            loss += own == 1 ? Math.log1p(others) : most - positive + Math.log(sum);
            RowKernels.set(dz, i, (float) (-weight * others / sum));
            scale(x, filled, (float) (weight / sum));
            store(x, dy, (long) i * m, m);
          }
          losses[shard] = loss;
        });
    return weight * Arrays.stream(losses).sum();
  }

  private static int check(
      Matrix positives, Matrix negatives, int[] same, Matrix dPositives, Matrix dNegatives) {
    int n = Checks.sameLength("positives", positives.length(), "negatives", negatives.rows());
    Checks.sameLength("same", same.length, "positives", n);
    Checks.sameLength("dPositives", dPositives.length(), "positives", n);
    Checks.sameLength("rows of dNegatives", dNegatives.rows(), "rows of negatives", n);
    Checks.sameLength(
        "columns of dNegatives", dNegatives.cols(), "columns of negatives", negatives.cols());
    for (int i = 0; i < n; i++) {
      Checks.within(Integer.MIN_VALUE, negatives.cols() - 1, "same[i]", same[i]);
    }
    return n;
  }

  private static int cost(Matrix negatives) {
    return COST * (negatives.cols() + 1);
  }

  /** Fills the buffer with n numbers, the last vector with −∞; returns the length with these. */
  private static int load(MemorySegment from, long at, float[] x, int n) {
    MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, at * Float.BYTES, x, 0, n);
    int filled = (n + LANES - 1) / LANES * LANES;
    Arrays.fill(x, n, filled, Float.NEGATIVE_INFINITY);
    return filled;
  }

  private static void store(float[] x, MemorySegment to, long at, int n) {
    MemorySegment.copy(x, 0, to, ValueLayout.JAVA_FLOAT, at * Float.BYTES, n);
  }

  private static void negate(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = -x[i];
    }
  }

  /**
   * Sum of {@code log(1 + eˣ)} over full vectors; each x becomes {@code weight · σ(x)}.
   *
   * <p>With {@code t = e^{−|x|}}: {@code log(1 + eˣ) = max(x, 0) + log(1 + t)}, and {@code log(1 +
   * t) = 2 artanh s} with {@code s = t / (2 + t) ≤ 1/3}, seven terms of whose series leave 2e-8.
   */
  private static double softplus(float[] x, int n, float weight) {
    FloatVector losses = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector t = VectorMath.exp(v.abs().neg());
      losses = losses.add(v.max(0).add(log1p(t)));
      FloatVector less = t.blend(one, v.compare(VectorOperators.GE, 0));
      less.mul(weight).div(t.add(1)).intoArray(x, i);
    }
    return Lanes.sum(losses);
  }

  private static FloatVector log1p(FloatVector t) {
    FloatVector s = t.div(t.add(2));
    FloatVector square = s.mul(s);
    FloatVector sum = square.fma(TERM_13, TERM_11);
    sum = sum.fma(square, TERM_9);
    sum = sum.fma(square, TERM_7);
    sum = sum.fma(square, TERM_5);
    sum = sum.fma(square, TERM_3);
    sum = sum.fma(square, TERM_1);
    return sum.mul(s);
  }

  private static float largest(float[] x, int n) {
    FloatVector most = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += LANES) {
      most = most.max(FloatVector.fromArray(SPECIES, x, i));
    }
    return Lanes.max(most);
  }

  /** Each x becomes {@code e^(x − most)}; returns their sum. */
  private static double exponentials(float[] x, int n, float most) {
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += LANES) {
      FloatVector power = VectorMath.exp(FloatVector.fromArray(SPECIES, x, i).sub(most));
      power.intoArray(x, i);
      sums = sums.add(power);
    }
    return Lanes.sum(sums);
  }

  private static void scale(float[] x, int n, float by) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector.fromArray(SPECIES, x, i).mul(by).intoArray(x, i);
    }
  }
}
