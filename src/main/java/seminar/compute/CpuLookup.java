package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Gather, scatter-add and work on rows on the CPU, on several threads where there is enough to do;
 * see {@link Backend} for what each computes.
 */
final class CpuLookup {
  /** Floats that are worth waking other threads for. */
  private static final int PARALLEL = 1 << 16;

  private final Workers workers;

  CpuLookup(Workers workers) {
    this.workers = workers;
  }

  /**
   * Runs the body over ranges of n rows of d floats. The ranges depend on n and d alone, so sums
   * kept for each range and added in their order are the same bits for any number of threads.
   */
  void ranges(int n, int d, Workers.Shard body) {
    if (shards(n, d) == 1) {
      body.run(0, 0, n);
    } else {
      workers.forEach(n, body);
    }
  }

  /** How many ranges {@link #ranges} makes. */
  static int shards(int n, int d) {
    return (long) n * d < PARALLEL ? 1 : Workers.shards(n);
  }

  void gather(Matrix table, int[] rows, Matrix out) {
    Checks.sameLength("rows", rows.length, "rows of out", out.rows());
    int d = Checks.sameLength("table columns", table.cols(), "out columns", out.cols());
    MemorySegment from = table.segment();
    MemorySegment to = out.segment();
    ranges(
        rows.length,
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            if (rows[i] < 0) {
              Rows.clear(to, (long) i * d, d);
            } else {
              Rows.copy(from, (long) rows[i] * d, to, (long) i * d, d);
            }
          }
        });
  }

  /** {@code table[rows[i]] += factor · x[i]}, for rising i; negative rows are left out. */
  void scatterAdd(float factor, Matrix x, int[] rows, Matrix table) {
    Checks.sameLength("rows", rows.length, "rows of x", x.rows());
    int d = Checks.sameLength("table columns", table.cols(), "x columns", x.cols());
    checkRows(rows, table.rows());
    MemorySegment from = x.segment();
    MemorySegment to = table.segment();
    tableRanges(
        (long) rows.length * d,
        table.rows(),
        (shard, first, end) -> {
          for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= first && rows[i] < end) {
              Rows.addScaled(factor, from, (long) i * d, to, (long) rows[i] * d, d);
            }
          }
        });
  }

  /**
   * Runs the body over ranges of the rows of a table, one for each thread, where {@code floats} are
   * worth it. A body that looks through all that is to be added and takes what belongs to its range
   * adds to each row in the order of what is added, however many ranges there are.
   */
  void tableRanges(long floats, int tableRows, Workers.Shard body) {
    int parts = floats < PARALLEL ? 1 : workers.threads();
    workers.forEach(
        parts,
        (shard, a, b) -> {
          int first = (int) ((long) tableRows * a / parts);
          int end = (int) ((long) tableRows * b / parts);
          body.run(shard, first, end);
        });
  }

  static void checkRows(int[] rows, int tableRows) {
    for (int row : rows) {
      if (row >= tableRows) {
        throw new IndexOutOfBoundsException(
            "row %d of a table of %d rows".formatted(row, tableRows));
      }
    }
  }
}
