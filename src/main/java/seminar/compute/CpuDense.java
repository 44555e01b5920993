package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import seminar.compute.Blas.Operand;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Dense products on the CPU, cut into blocks of rows that depend on the shapes alone; see {@link
 * Backend.Dense} for what each computes.
 */
final class CpuDense implements Backend.Dense {
  /** Rows of a product that are worth a task of their own. */
  private static final int BLOCK = 64;

  /** Rows of x that are worth a part of a weight gradient. */
  private static final int PART = 512;

  /** The most parts of a weight gradient: each holds a matrix as large as the weights. */
  private static final int MOST_PARTS = 16;

  private static final Matrix NOTHING = Matrix.zeros(0, 0);

  /** Memory that one call at a time takes and gives back; others make their own. */
  private final AtomicReference<Matrix> partialSums = new AtomicReference<>(NOTHING);

  private final Workers workers;
  private final CpuLookup lookup;

  CpuDense(Workers workers, CpuLookup lookup) {
    this.workers = workers;
    this.lookup = lookup;
  }

  /** Runs the body over blocks of rows {@code [from, to)}. */
  private void blocks(int rows, RowRange body) {
    int blocks = (rows + BLOCK - 1) / BLOCK;
    workers.forEach(
        blocks, (shard, from, to) -> body.run(from * BLOCK, Math.min(rows, to * BLOCK)));
  }

  @FunctionalInterface
  private interface RowRange {
    void run(int from, int to);
  }

  @Override
  public void linear(Matrix x, Matrix w, Matrix b, Matrix y) {
    checkLinear(x, w, y);
    Checks.sameLength("bias", b.length(), "columns of y", y.cols());
    MemorySegment bias = b.segment();
    MemorySegment out = y.segment();
    blocks(
        y.rows(),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            RowKernels.copy(bias, 0, out, (long) i * y.cols(), y.cols());
          }
          multiplyRows(x, w, 1, y, from, to);
        });
  }

  @Override
  public void product(Matrix x, Matrix w, Matrix y) {
    checkLinear(x, w, y);
    blocks(y.rows(), (from, to) -> multiplyRows(x, w, 0, y, from, to));
  }

  @Override
  public void linearAdd(Matrix x, Matrix w, Matrix y) {
    checkLinear(x, w, y);
    blocks(y.rows(), (from, to) -> multiplyRows(x, w, 1, y, from, to));
  }

  private static void checkLinear(Matrix x, Matrix w, Matrix y) {
    Checks.sameLength("rows of x", x.rows(), "rows of y", y.rows());
    Checks.sameLength("columns of x", x.cols(), "rows of W", w.rows());
    Checks.sameLength("columns of W", w.cols(), "columns of y", y.cols());
  }

  private static void multiplyRows(Matrix x, Matrix w, float beta, Matrix y, int from, int to) {
    Blas.multiply(
        to - from,
        y.cols(),
        x.cols(),
        1,
        Operand.of(x).at((long) from * x.cols()),
        Operand.of(w),
        beta,
        Operand.of(y).at((long) from * y.cols()));
  }

  @Override
  public void linearBackwardInput(Matrix dy, Matrix w, Matrix dx) {
    checkLinear(dx, w, dy);
    blocks(
        dx.rows(),
        (from, to) ->
            Blas.multiply(
                to - from,
                dx.cols(),
                dy.cols(),
                1,
                Operand.of(dy).at((long) from * dy.cols()),
                Operand.of(w).transpose(),
                1,
                Operand.of(dx).at((long) from * dx.cols())));
  }

  /**
   * Parts of rows of x have partial sums of their own, added in their order: blocks of columns of x
   * would need no sums, but read x in short pieces at half the speed.
   */
  @Override
  public void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw) {
    checkLinear(x, dw, dy);
    int n = x.rows();
    int parts = Math.min(MOST_PARTS, n / PART);
    if (n == 0) {
      return;
    }
    if (parts <= 1) {
      multiplyPart(x, dy, 0, n, 1, Operand.of(dw));
      return;
    }
    int size = dw.length();
    Matrix held = partialSums.getAndSet(NOTHING);
    Matrix memory = held.length() < parts * size ? Matrix.zeros(parts, size) : held;
    MemorySegment sums = memory.segment();
    workers.forEach(
        parts,
        (shard, a, b) -> {
          int from = (int) ((long) n * a / parts);
          int to = (int) ((long) n * b / parts);
          Operand sum = new Operand(sums, dw.cols(), false).at((long) a * size);
          multiplyPart(x, dy, from, to, 0, sum);
        });
    addParts(sums, parts, dw);
    partialSums.set(memory);
  }

  private static void multiplyPart(Matrix x, Matrix dy, int from, int to, float beta, Operand sum) {
    Blas.multiply(
        x.cols(),
        dy.cols(),
        to - from,
        1,
        Operand.of(x).at((long) from * x.cols()).transpose(),
        Operand.of(dy).at((long) from * dy.cols()),
        beta,
        sum);
  }

  private void addParts(MemorySegment parts, int count, Matrix sum) {
    MemorySegment to = sum.segment();
    int d = sum.cols();
    lookup.ranges(
        sum.rows(),
        d,
        (shard, first, end) -> {
          for (int part = 0; part < count; part++) {
            long at = (long) first * d;
            long from = (long) part * sum.length() + at;
            RowKernels.addScaled(1, parts, from, to, at, (end - first) * d);
          }
        });
  }

  @Override
  public void linearBackwardBias(Matrix dy, Matrix db) {
    int d = Checks.sameLength("columns of dy", dy.cols(), "bias", db.length());
    MemorySegment gradient = dy.segment();
    int shards = CpuLookup.shards(dy.rows(), d);
    if (shards == 1) {
      ChosenRows.addAll(gradient, 0, dy.rows(), d, db.segment(), 0);
      return;
    }
    Matrix sums = Matrix.zeros(shards, d);
    MemorySegment parts = sums.segment();
    lookup.ranges(
        dy.rows(),
        d,
        (shard, first, end) -> ChosenRows.addAll(gradient, first, end, d, parts, (long) shard * d));
    addParts(parts, sums.rows(), db);
  }

  @Override
  public void perHead(Matrix x, Matrix w, boolean transposed, Matrix y) {
    int heads = heads(x, w, y);
    int d = w.cols();
    blocks(
        x.rows(),
        (from, to) -> {
          for (int h = 0; h < heads; h++) {
            long at = (long) from * x.cols() + h * d;
            Operand map = Operand.of(w).at((long) h * d * d);
            Blas.multiply(
                to - from,
                d,
                d,
                1,
                Operand.of(x).at(at),
                transposed ? map.transpose() : map,
                0,
                Operand.of(y).at(at));
          }
        });
  }

  @Override
  public void perHeadBackward(
      Matrix x, Matrix w, boolean transposed, Matrix dy, Matrix dx, Matrix dw) {
    int heads = heads(x, w, dy);
    int d = w.cols();
    if (x.rows() == 0) {
      return;
    }
    blocks(
        x.rows(),
        (from, to) -> {
          for (int h = 0; h < heads; h++) {
            long at = (long) from * x.cols() + h * d;
            Operand map = Operand.of(w).at((long) h * d * d);
            Blas.multiply(
                to - from,
                d,
                d,
                1,
                Operand.of(dy).at(at),
                transposed ? map : map.transpose(),
                1,
                Operand.of(dx).at(at));
          }
        });
    workers.forEach(
        heads,
        (shard, from, to) -> {
          for (int h = from; h < to; h++) {
            Operand left = Operand.of(transposed ? dy : x).at(h * d).transpose();
            Operand right = Operand.of(transposed ? x : dy).at(h * d);
            Operand gradient = Operand.of(dw).at((long) h * d * d);
            Blas.multiply(d, d, x.rows(), 1, left, right, 1, gradient);
          }
        });
  }

  private static int heads(Matrix x, Matrix w, Matrix y) {
    Checks.sameLength("columns of x", x.cols(), "rows of W", w.rows());
    Checks.sameLength("x", x.length(), "y", y.length());
    return w.rows() / w.cols();
  }
}
