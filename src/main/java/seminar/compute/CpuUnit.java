package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;

/** Unit vectors of rows on the CPU; see {@link Backend#unitRows}. */
final class CpuUnit {
  /** The third powers of longer and of shorter rows leave the range of a float. */
  private static final double LONG = 1e12;

  private static final double SHORT = 1e-12;

  private final CpuLookup lookup;

  CpuUnit(CpuLookup lookup) {
    this.lookup = lookup;
  }

  void unitRows(Matrix x, Matrix out) {
    int d = Checks.sameLength("columns of x", x.cols(), "columns of out", out.cols());
    Checks.sameLength("rows of x", x.rows(), "rows of out", out.rows());
    MemorySegment from = x.segment();
    MemorySegment to = out.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            double norm = Math.sqrt(Rows.dot(from, at, from, at, d));
            if (norm > SHORT && norm < LONG) {
              Rows.setScaled((float) (1 / norm), from, at, to, at, d);
            } else {
              unitOfExtreme(from, to, at, d);
            }
          }
        });
  }

  private static void unitOfExtreme(MemorySegment x, MemorySegment out, long at, int d) {
    double norm = wideNorm(x, at, d);
    for (int i = 0; i < d; i++) {
      Rows.set(out, at + i, norm == 0 ? 0 : (float) (Rows.get(x, at + i) / norm));
    }
  }

  /** With {@code u = x / ‖x‖}: {@code dx += (g − (g · u) u) / ‖x‖}. */
  void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    int d = Checks.sameLength("columns of x", x.cols(), "columns of dOut", dOut.cols());
    Checks.sameLength("rows of x", x.rows(), "rows of dOut", dOut.rows());
    Checks.sameLength("x", x.length(), "dx", dx.length());
    MemorySegment from = x.segment();
    MemorySegment g = dOut.segment();
    MemorySegment to = dx.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            double norm = Math.sqrt(Rows.dot(from, at, from, at, d));
            if (norm > SHORT && norm < LONG) {
              float back = (float) (-Rows.dot(g, at, from, at, d) / (norm * norm * norm));
              Rows.addScaledPair((float) (1 / norm), g, at, back, from, at, to, at, d);
            } else {
              backwardOfExtreme(from, g, to, at, d);
            }
          }
        });
  }

  private static void backwardOfExtreme(
      MemorySegment x, MemorySegment g, MemorySegment dx, long at, int d) {
    double norm = wideNorm(x, at, d);
    double along = 0;
    for (int i = 0; i < d && norm > 0; i++) {
      along += Rows.get(g, at + i) * (Rows.get(x, at + i) / norm);
    }
    for (int i = 0; i < d && norm > 0; i++) {
      double across = Rows.get(g, at + i) - along * (Rows.get(x, at + i) / norm);
      Rows.add(dx, at + i, (float) (across / norm));
    }
  }

  /** {@code ‖x‖} in double precision. */
  private static double wideNorm(MemorySegment x, long at, int d) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double value = Rows.get(x, at + i);
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
