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
      out[i] = Rows.dot(u, at, x, (long) rows[from + i] * d, d);
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
      FloatVector s0 = Rows.load(out, at + c);
      FloatVector s1 = Rows.load(out, at + c + LANES);
      FloatVector s2 = Rows.load(out, at + c + 2 * LANES);
      FloatVector s3 = Rows.load(out, at + c + 3 * LANES);
      for (int i = 0; i < n; i++) {
        FloatVector weight = FloatVector.broadcast(SPECIES, weights[i]);
        long row = (long) rows[from + i] * d + c;
        s0 = Rows.load(x, row).fma(weight, s0);
        s1 = Rows.load(x, row + LANES).fma(weight, s1);
        s2 = Rows.load(x, row + 2 * LANES).fma(weight, s2);
        s3 = Rows.load(x, row + 3 * LANES).fma(weight, s3);
      }
      Rows.store(s0, out, at + c);
      Rows.store(s1, out, at + c + LANES);
      Rows.store(s2, out, at + c + 2 * LANES);
      Rows.store(s3, out, at + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = Rows.get(out, at + c);
      for (int i = 0; i < n; i++) {
        sum = Math.fma(weights[i], Rows.get(x, (long) rows[from + i] * d + c), sum);
      }
      Rows.set(out, at + c, sum);
    }
  }

  /** {@code out += a Σ_i x[rows[from + i]]} for n rows of d floats. */
  static void addScaledSum(
      float a, MemorySegment x, int[] rows, int from, int n, int d, MemorySegment out, long at) {
    FloatVector factor = FloatVector.broadcast(SPECIES, a);
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector s0 = Rows.load(out, at + c);
      FloatVector s1 = Rows.load(out, at + c + LANES);
      FloatVector s2 = Rows.load(out, at + c + 2 * LANES);
      FloatVector s3 = Rows.load(out, at + c + 3 * LANES);
      for (int i = from; i < from + n; i++) {
        long row = (long) rows[i] * d + c;
        s0 = Rows.load(x, row).fma(factor, s0);
        s1 = Rows.load(x, row + LANES).fma(factor, s1);
        s2 = Rows.load(x, row + 2 * LANES).fma(factor, s2);
        s3 = Rows.load(x, row + 3 * LANES).fma(factor, s3);
      }
      Rows.store(s0, out, at + c);
      Rows.store(s1, out, at + c + LANES);
      Rows.store(s2, out, at + c + 2 * LANES);
      Rows.store(s3, out, at + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = Rows.get(out, at + c);
      for (int i = from; i < from + n; i++) {
        sum = Math.fma(a, Rows.get(x, (long) rows[i] * d + c), sum);
      }
      Rows.set(out, at + c, sum);
    }
  }

  /** {@code out += Σ x[i]} for the rows {@code [first, end)} of d floats, in their order. */
  static void addAll(MemorySegment x, int first, int end, int d, MemorySegment out, long at) {
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector s0 = Rows.load(out, at + c);
      FloatVector s1 = Rows.load(out, at + c + LANES);
      FloatVector s2 = Rows.load(out, at + c + 2 * LANES);
      FloatVector s3 = Rows.load(out, at + c + 3 * LANES);
      for (int i = first; i < end; i++) {
        long row = (long) i * d + c;
        s0 = s0.add(Rows.load(x, row));
        s1 = s1.add(Rows.load(x, row + LANES));
        s2 = s2.add(Rows.load(x, row + 2 * LANES));
        s3 = s3.add(Rows.load(x, row + 3 * LANES));
      }
      Rows.store(s0, out, at + c);
      Rows.store(s1, out, at + c + LANES);
      Rows.store(s2, out, at + c + 2 * LANES);
      Rows.store(s3, out, at + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = Rows.get(out, at + c);
      for (int i = first; i < end; i++) {
        sum += Rows.get(x, (long) i * d + c);
      }
      Rows.set(out, at + c, sum);
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
      FloatVector u0 = Rows.load(u, at + c);
      FloatVector u1 = Rows.load(u, at + c + LANES);
      FloatVector u2 = Rows.load(u, at + c + 2 * LANES);
      FloatVector u3 = Rows.load(u, at + c + 3 * LANES);
      FloatVector v0 = Rows.load(v, at + c);
      FloatVector v1 = Rows.load(v, at + c + LANES);
      FloatVector v2 = Rows.load(v, at + c + 2 * LANES);
      FloatVector v3 = Rows.load(v, at + c + 3 * LANES);
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
        float sum = Math.fma(a[i], Rows.get(u, at + c), Rows.get(y, place));
        Rows.set(y, place, Math.fma(b[i], Rows.get(v, at + c), sum));
      }
    }
  }

  private static void addPair(
      FloatVector a, FloatVector u, FloatVector b, FloatVector v, MemorySegment y, long at) {
    Rows.store(v.fma(b, u.fma(a, Rows.load(y, at))), y, at);
  }
}
