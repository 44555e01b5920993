package seminar.compute;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Arithmetic of one row with several rows of a matrix, most often chosen by their numbers;
 * positions are counted in floats.
 *
 * <p>Columns are worked on four vectors at a time, which stay in registers while the rows pass, so
 * each float of a chosen row is read once; what is left of the columns goes one by one.
 */
final class ChosenRows {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private ChosenRows() {}

  /** {@code out[i] = u · x[rows[from + i]]} for n rows of d floats. */
  static void dots(
      MemorySegment u, long at, MemorySegment x, int[] rows, int from, int n, int d, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = RowKernels.dot(u, at, x, (long) rows[from + i] * d, d);
    }
  }

  /** {@code out += Σ_i weights[i] · x[rows[from + i]]} for n rows of d floats. */
  static void addSum(
      float[] weights,
      MemorySegment x,
      int[] rows,
      int from,
      int n,
      int d,
      MemorySegment out,
      long at) {
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector s0 = RowKernels.load(out, at + c);
      FloatVector s1 = RowKernels.load(out, at + c + LANES);
      FloatVector s2 = RowKernels.load(out, at + c + 2 * LANES);
      FloatVector s3 = RowKernels.load(out, at + c + 3 * LANES);
      for (int i = 0; i < n; i++) {
        FloatVector weight = FloatVector.broadcast(SPECIES, weights[i]);
        long row = (long) rows[from + i] * d + c;
        s0 = RowKernels.load(x, row).fma(weight, s0);
        s1 = RowKernels.load(x, row + LANES).fma(weight, s1);
        s2 = RowKernels.load(x, row + 2 * LANES).fma(weight, s2);
        s3 = RowKernels.load(x, row + 3 * LANES).fma(weight, s3);
      }
      RowKernels.store(s0, out, at + c);
      RowKernels.store(s1, out, at + c + LANES);
      RowKernels.store(s2, out, at + c + 2 * LANES);
      RowKernels.store(s3, out, at + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = RowKernels.get(out, at + c);
      for (int i = 0; i < n; i++) {
        sum = Math.fma(weights[i], RowKernels.get(x, (long) rows[from + i] * d + c), sum);
      }
      RowKernels.set(out, at + c, sum);
    }
  }

  /** {@code out += a Σ_i x[rows[from + i]]} for n rows of d floats. */
  static void addScaledSum(
      float a, MemorySegment x, int[] rows, int from, int n, int d, MemorySegment out, long at) {
    FloatVector factor = FloatVector.broadcast(SPECIES, a);
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector s0 = RowKernels.load(out, at + c);
      FloatVector s1 = RowKernels.load(out, at + c + LANES);
      FloatVector s2 = RowKernels.load(out, at + c + 2 * LANES);
      FloatVector s3 = RowKernels.load(out, at + c + 3 * LANES);
      for (int i = from; i < from + n; i++) {
        long row = (long) rows[i] * d + c;
        s0 = RowKernels.load(x, row).fma(factor, s0);
        s1 = RowKernels.load(x, row + LANES).fma(factor, s1);
        s2 = RowKernels.load(x, row + 2 * LANES).fma(factor, s2);
        s3 = RowKernels.load(x, row + 3 * LANES).fma(factor, s3);
      }
      RowKernels.store(s0, out, at + c);
      RowKernels.store(s1, out, at + c + LANES);
      RowKernels.store(s2, out, at + c + 2 * LANES);
      RowKernels.store(s3, out, at + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = RowKernels.get(out, at + c);
      for (int i = from; i < from + n; i++) {
        sum = Math.fma(a, RowKernels.get(x, (long) rows[i] * d + c), sum);
      }
      RowKernels.set(out, at + c, sum);
    }
  }

  /** {@code out += Σ x[i]} for the rows {@code [first, end)} of d floats, in their order. */
  static void addAll(MemorySegment x, int first, int end, int d, MemorySegment out, long at) {
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector s0 = RowKernels.load(out, at + c);
      FloatVector s1 = RowKernels.load(out, at + c + LANES);
      FloatVector s2 = RowKernels.load(out, at + c + 2 * LANES);
      FloatVector s3 = RowKernels.load(out, at + c + 3 * LANES);
      for (int i = first; i < end; i++) {
        long row = (long) i * d + c;
        s0 = s0.add(RowKernels.load(x, row));
        s1 = s1.add(RowKernels.load(x, row + LANES));
        s2 = s2.add(RowKernels.load(x, row + 2 * LANES));
        s3 = s3.add(RowKernels.load(x, row + 3 * LANES));
      }
      RowKernels.store(s0, out, at + c);
      RowKernels.store(s1, out, at + c + LANES);
      RowKernels.store(s2, out, at + c + 2 * LANES);
      RowKernels.store(s3, out, at + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = RowKernels.get(out, at + c);
      for (int i = first; i < end; i++) {
        sum += RowKernels.get(x, (long) i * d + c);
      }
      RowKernels.set(out, at + c, sum);
    }
  }

  /** {@code y[rows[from + i]] += a[i] u + b[i] v} for n rows of d floats. */
  static void addOuter(
      float[] a,
      MemorySegment u,
      float[] b,
      MemorySegment v,
      long at,
      MemorySegment y,
      int[] rows,
      int from,
      int n,
      int d) {
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector u0 = RowKernels.load(u, at + c);
      FloatVector u1 = RowKernels.load(u, at + c + LANES);
      FloatVector u2 = RowKernels.load(u, at + c + 2 * LANES);
      FloatVector u3 = RowKernels.load(u, at + c + 3 * LANES);
      FloatVector v0 = RowKernels.load(v, at + c);
      FloatVector v1 = RowKernels.load(v, at + c + LANES);
      FloatVector v2 = RowKernels.load(v, at + c + 2 * LANES);
      FloatVector v3 = RowKernels.load(v, at + c + 3 * LANES);
      for (int i = 0; i < n; i++) {
        FloatVector first = FloatVector.broadcast(SPECIES, a[i]);
        FloatVector second = FloatVector.broadcast(SPECIES, b[i]);
        long row = (long) rows[from + i] * d + c;
        addPair(first, u0, second, v0, y, row);
        addPair(first, u1, second, v1, y, row + LANES);
        addPair(first, u2, second, v2, y, row + 2 * LANES);
        addPair(first, u3, second, v3, y, row + 3 * LANES);
      }
    }
    for (; c < d; c++) {
      for (int i = 0; i < n; i++) {
        long place = (long) rows[from + i] * d + c;
        float sum = Math.fma(a[i], RowKernels.get(u, at + c), RowKernels.get(y, place));
        RowKernels.set(y, place, Math.fma(b[i], RowKernels.get(v, at + c), sum));
      }
    }
  }

  private static void addPair(
      FloatVector a, FloatVector u, FloatVector b, FloatVector v, MemorySegment y, long at) {
    RowKernels.store(v.fma(b, u.fma(a, RowKernels.load(y, at))), y, at);
  }
}
