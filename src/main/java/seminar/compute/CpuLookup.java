package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Rows of tables by their numbers on the CPU, on several threads where there is enough to do; see
 * {@link Backend.Lookup} for what each method computes.
 */
final class CpuLookup implements Backend.Lookup {
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

  @Override
  public void gather(Matrix table, int[] rows, Matrix out) {
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
              RowKernels.clear(to, (long) i * d, d);
            } else {
              RowKernels.copy(from, (long) rows[i] * d, to, (long) i * d, d);
            }
          }
        });
  }

  @Override
  public void scatterAdd(Matrix x, int[] rows, Matrix table) {
    scatterAdd(1, x, rows, table);
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
              RowKernels.addScaled(factor, from, (long) i * d, to, (long) rows[i] * d, d);
            }
          }
        });
  }

  @Override
  public void bag(Matrix table, Ragged lists, Matrix out) {
    int d = Checks.sameLength("table columns", table.cols(), "out columns", out.cols());
    Checks.sameLength("lists", lists.size(), "rows of out", out.rows());
    MemorySegment from = table.segment();
    MemorySegment to = out.segment();
    ranges(
        lists.size(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            RowKernels.clear(to, (long) i * d, d);
            ChosenRows.addScaledSum(
                1f / lists.length(i),
                from,
                lists.ids(),
                lists.offsets()[i],
                lists.length(i),
                d,
                to,
                (long) i * d);
          }
        });
  }

  @Override
  public void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    int d = Checks.sameLength("table columns", dTable.cols(), "out columns", dOut.cols());
    checkRows(lists.ids(), dTable.rows());
    MemorySegment from = dOut.segment();
    MemorySegment to = dTable.segment();
    int[] ids = lists.ids();
    tableRanges(
        (long) ids.length * d,
        dTable.rows(),
        (shard, first, end) -> {
          for (int i = 0; i < lists.size(); i++) {
            float share = 1f / lists.length(i);
            for (int j = lists.offsets()[i]; j < lists.offsets()[i + 1]; j++) {
              if (ids[j] >= first && ids[j] < end) {
                RowKernels.addScaled(share, from, (long) i * d, to, (long) ids[j] * d, d);
              }
            }
          }
        });
  }

  @Override
  public void adam(
      Matrix value,
      Matrix gradient,
      Matrix mean,
      Matrix variance,
      int[] rows,
      Backend.AdamStep step) {
    int d = Checks.sameLength("value columns", value.cols(), "gradient columns", gradient.cols());
    Checks.sameLength("rows", rows.length, "rows of gradient", gradient.rows());
    MemorySegment g = gradient.segment();
    MemorySegment x = value.segment();
    MemorySegment m = mean.segment();
    MemorySegment v = variance.segment();
    workers.forEach(
        rows.length,
        (shard, from, to) -> {
          for (int i = from; i < to; i++) {
            RowKernels.adam(x, m, v, (long) rows[i] * d, g, (long) i * d, d, step);
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
