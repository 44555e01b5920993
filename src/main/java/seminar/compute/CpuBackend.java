package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.compute.Blas.Operand;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Dense products by OpenBLAS, everything irregular by the Vector API on the same memory.
 *
 * <p>Work is cut into blocks that depend on the shapes alone, so results are the same bits for any
 * number of threads.
 */
public final class CpuBackend implements Backend {
  /** Rows of a dense product that are worth a task of their own. */
  private static final int BLOCK = 64;

  /** Floats that are worth waking other threads for. */
  private static final int PARALLEL = 1 << 16;

  private final Workers workers;
  private final CpuAttention attention;
  private final CpuFusion fusion;

  private CpuBackend(Workers workers) {
    this.workers = workers;
    attention = new CpuAttention(workers);
    fusion = new CpuFusion();
  }

  /** A backend whose work is done by these threads. */
  public static CpuBackend of(Workers workers) {
    return new CpuBackend(workers);
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
            Rows.copy(bias, 0, out, (long) i * y.cols(), y.cols());
          }
          multiplyRows(x, w, y, from, to);
        });
  }

  @Override
  public void linearAdd(Matrix x, Matrix w, Matrix y) {
    checkLinear(x, w, y);
    blocks(y.rows(), (from, to) -> multiplyRows(x, w, y, from, to));
  }

  private static void checkLinear(Matrix x, Matrix w, Matrix y) {
    Checks.sameLength("rows of x", x.rows(), "rows of y", y.rows());
    Checks.sameLength("columns of x", x.cols(), "rows of W", w.rows());
    Checks.sameLength("columns of W", w.cols(), "columns of y", y.cols());
  }

  private static void multiplyRows(Matrix x, Matrix w, Matrix y, int from, int to) {
    Blas.multiply(
        to - from,
        y.cols(),
        x.cols(),
        1,
        Operand.of(x).at((long) from * x.cols()),
        Operand.of(w),
        1,
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

  @Override
  public void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw) {
    checkLinear(x, dw, dy);
    // Blocks of rows of dW, not of x: no partial sums.
    workers.forEach(
        (dw.rows() + 31) / 32,
        (shard, a, b) -> {
          int from = a * 32;
          int to = Math.min(dw.rows(), b * 32);
          Blas.multiply(
              to - from,
              dw.cols(),
              x.rows(),
              1,
              Operand.of(x).at(from).transpose(),
              Operand.of(dy),
              1,
              Operand.of(dw).at((long) from * dw.cols()));
        });
  }

  @Override
  public void linearBackwardBias(Matrix dy, Matrix db) {
    Checks.sameLength("columns of dy", dy.cols(), "bias", db.length());
    MemorySegment gradient = dy.segment();
    MemorySegment sum = db.segment();
    for (int i = 0; i < dy.rows(); i++) {
      Rows.addScaled(1, gradient, (long) i * dy.cols(), sum, 0, dy.cols());
    }
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

  @Override
  public void relu(Matrix x) {
    Rows.relu(x.segment(), x.length());
  }

  @Override
  public void reluBackward(Matrix y, Matrix dx) {
    Rows.reluBackward(
        y.segment(), dx.segment(), Checks.sameLength("y", y.length(), "dx", dx.length()));
  }

  @Override
  public void scale(float factor, Matrix x) {
    Rows.setScaled(factor, x.segment(), 0, x.segment(), 0, x.length());
  }

  @Override
  public void add(Matrix x, Matrix y) {
    Rows.addScaled(
        1, x.segment(), 0, y.segment(), 0, Checks.sameLength("x", x.length(), "y", y.length()));
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
        (first, end) -> {
          for (int i = first; i < end; i++) {
            if (rows[i] < 0) {
              Rows.clear(to, (long) i * d, d);
            } else {
              Rows.copy(from, (long) rows[i] * d, to, (long) i * d, d);
            }
          }
        });
  }

  @Override
  public void scatterAdd(Matrix x, int[] rows, Matrix table) {
    Checks.sameLength("rows", rows.length, "rows of x", x.rows());
    int d = Checks.sameLength("table columns", table.cols(), "x columns", x.cols());
    MemorySegment from = x.segment();
    MemorySegment to = table.segment();
    // Each range of table rows looks for its own: a row's sum is in the order of i, however many
    // ranges there are.
    checkRows(rows, table.rows());
    int parts = (long) rows.length * d < PARALLEL ? 1 : workers.threads();
    workers.forEach(
        parts,
        (shard, a, b) -> {
          int first = (int) ((long) table.rows() * a / parts);
          int end = (int) ((long) table.rows() * b / parts);
          for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= first && rows[i] < end) {
              Rows.addScaled(1, from, (long) i * d, to, (long) rows[i] * d, d);
            }
          }
        });
  }

  private static void checkRows(int[] rows, int tableRows) {
    for (int row : rows) {
      if (row >= tableRows) {
        throw new IndexOutOfBoundsException(
            "row %d of a table of %d rows".formatted(row, tableRows));
      }
    }
  }

  /** Runs the body over ranges of rows, on several threads where there is enough to do. */
  private void ranges(int rows, int d, RowRange body) {
    if ((long) rows * d < PARALLEL) {
      body.run(0, rows);
    } else {
      workers.forEach(rows, (shard, from, to) -> body.run(from, to));
    }
  }

  @Override
  public void bag(Matrix table, Ragged lists, Matrix out) {
    fusion.bag(table, lists, out);
  }

  @Override
  public void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    fusion.bagBackward(dOut, lists, dTable);
  }

  @Override
  public void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    fusion.fuse(channels, present, gate, out);
  }

  @Override
  public void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    fusion.fuseBackward(channels, present, gate, dOut, dChannels, dGate);
  }

  @Override
  public void pairs(
      Matrix queries,
      int[] queryRows,
      Matrix items,
      int[] itemRows,
      float queryWeight,
      Matrix out) {
    fusion.pairs(queries, queryRows, items, itemRows, queryWeight, out);
  }

  @Override
  public void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    fusion.pairsBackward(dOut, queryRows, itemRows, queryWeight, dQueries, dItems);
  }

  @Override
  public Attended attend(
      Matrix keys, Matrix folded, Matrix bias, Targets targets, int topK, Matrix pooled) {
    return attention.attend(keys, folded, bias, targets, topK, pooled);
  }

  @Override
  public void attendBackward(
      Matrix keys,
      Matrix folded,
      Targets targets,
      Attended attended,
      Matrix dPooled,
      Matrix dKeys,
      Matrix dFolded,
      Matrix dBias) {
    attention.backward(keys, folded, targets, attended, dPooled, dKeys, dFolded, dBias);
  }

  @Override
  public void rowDots(Matrix a, Matrix b, Matrix out) {
    int d = Checks.sameLength("columns of a", a.cols(), "columns of b", b.cols());
    MemorySegment x = a.segment();
    MemorySegment y = b.segment();
    MemorySegment dots = out.segment();
    for (int i = 0; i < a.rows(); i++) {
      Rows.set(dots, i, Rows.dot(x, (long) i * d, y, (long) i * d, d));
    }
  }

  @Override
  public void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    int d = Checks.sameLength("columns of a", a.cols(), "columns of b", b.cols());
    MemorySegment gradient = dOut.segment();
    for (int i = 0; i < a.rows(); i++) {
      float g = Rows.get(gradient, i);
      Rows.addScaled(g, b.segment(), (long) i * d, da.segment(), (long) i * d, d);
      Rows.addScaled(g, a.segment(), (long) i * d, db.segment(), (long) i * d, d);
    }
  }

  @Override
  public double binaryCrossEntropy(Matrix logits, float[] labels, float[] weights, Matrix dLogits) {
    Checks.sameLength("labels", labels.length, "logits", logits.length());
    Checks.sameLength("weights", weights.length, "logits", logits.length());
    MemorySegment z = logits.segment();
    MemorySegment dz = dLogits.segment();
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double x = Rows.get(z, i);
      loss += weights[i] * (Math.max(x, 0) - x * labels[i] + Math.log1p(Math.exp(-Math.abs(x))));
      Rows.set(dz, i, (float) (weights[i] * (1 / (1 + Math.exp(-x)) - labels[i])));
    }
    return loss;
  }

  @Override
  public void adam(
      Matrix value, Matrix gradient, Matrix mean, Matrix variance, int[] rows, AdamStep step) {
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
            Rows.adam(x, m, v, (long) rows[i] * d, g, (long) i * d, d, step);
          }
        });
  }
}
