package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;

/** Work on each row, or on each number, alone on the CPU; see {@link Backend}. */
final class CpuRows {
  private final CpuLookup lookup;

  CpuRows(CpuLookup lookup) {
    this.lookup = lookup;
  }

  void relu(Matrix x) {
    lookup.ranges(
        x.rows(),
        x.cols(),
        (shard, first, end) -> {
          Matrix part = x.rows(first, end);
          Rows.relu(part.segment(), part.length());
        });
  }

  void reluBackward(Matrix y, Matrix dx) {
    checkSame("y", y, "dx", dx);
    lookup.ranges(
        y.rows(),
        y.cols(),
        (shard, first, end) -> {
          Matrix part = y.rows(first, end);
          Rows.reluBackward(part.segment(), dx.rows(first, end).segment(), part.length());
        });
  }

  void scale(float factor, Matrix x) {
    MemorySegment numbers = x.segment();
    int d = x.cols();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          long at = (long) first * d;
          Rows.setScaled(factor, numbers, at, numbers, at, (end - first) * d);
        });
  }

  void add(Matrix x, Matrix y) {
    checkSame("x", x, "y", y);
    int d = x.cols();
    MemorySegment from = x.segment();
    MemorySegment to = y.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          long at = (long) first * d;
          Rows.addScaled(1, from, at, to, at, (end - first) * d);
        });
  }

  private static void checkSame(String name, Matrix x, String otherName, Matrix y) {
    Checks.sameLength("rows of " + name, x.rows(), "rows of " + otherName, y.rows());
    Checks.sameLength("columns of " + name, x.cols(), "columns of " + otherName, y.cols());
  }

  void rowDots(Matrix a, Matrix b, Matrix out) {
    int d = Checks.sameLength("columns of a", a.cols(), "columns of b", b.cols());
    MemorySegment x = a.segment();
    MemorySegment y = b.segment();
    MemorySegment dots = out.segment();
    lookup.ranges(
        a.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            Rows.set(dots, i, Rows.dot(x, (long) i * d, y, (long) i * d, d));
          }
        });
  }

  void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    int d = Checks.sameLength("columns of a", a.cols(), "columns of b", b.cols());
    MemorySegment x = a.segment();
    MemorySegment y = b.segment();
    MemorySegment dx = da.segment();
    MemorySegment dy = db.segment();
    MemorySegment gradient = dOut.segment();
    lookup.ranges(
        a.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            float g = Rows.get(gradient, i);
            Rows.addScaled(g, y, at, dx, at, d);
            Rows.addScaled(g, x, at, dy, at, d);
          }
        });
  }
}
