package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Dense products by OpenBLAS, everything irregular by the Vector API on the same memory.
 *
 * <p>Work is cut into blocks that depend on the shapes alone, so results are the same bits for any
 * number of threads.
 */
public final class CpuBackend implements Backend {
  private final Workers workers;
  private final CpuDense dense;
  private final CpuLookup lookup;
  private final CpuAttention attention;
  private final CpuFusion fusion;
  private final CpuUnit unit;
  private final CpuRows rows;

  private CpuBackend(Workers workers) {
    this.workers = workers;
    lookup = new CpuLookup(workers);
    dense = new CpuDense(workers, lookup);
    attention = new CpuAttention(workers);
    fusion = new CpuFusion(lookup);
    unit = new CpuUnit(lookup);
    rows = new CpuRows(lookup);
  }

  /** A backend whose work is done by these threads. */
  public static CpuBackend of(Workers workers) {
    return new CpuBackend(workers);
  }

  @Override
  public void linear(Matrix x, Matrix w, Matrix b, Matrix y) {
    dense.linear(x, w, b, y);
  }

  @Override
  public void product(Matrix x, Matrix w, Matrix y) {
    dense.product(x, w, y);
  }

  @Override
  public void linearAdd(Matrix x, Matrix w, Matrix y) {
    dense.linearAdd(x, w, y);
  }

  @Override
  public void linearBackwardInput(Matrix dy, Matrix w, Matrix dx) {
    dense.linearBackwardInput(dy, w, dx);
  }

  @Override
  public void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw) {
    dense.linearBackwardWeight(x, dy, dw);
  }

  @Override
  public void linearBackwardBias(Matrix dy, Matrix db) {
    dense.linearBackwardBias(dy, db);
  }

  @Override
  public void perHead(Matrix x, Matrix w, boolean transposed, Matrix y) {
    dense.perHead(x, w, transposed, y);
  }

  @Override
  public void perHeadBackward(
      Matrix x, Matrix w, boolean transposed, Matrix dy, Matrix dx, Matrix dw) {
    dense.perHeadBackward(x, w, transposed, dy, dx, dw);
  }

  @Override
  public void relu(Matrix x) {
    rows.relu(x);
  }

  @Override
  public void reluBackward(Matrix y, Matrix dx) {
    rows.reluBackward(y, dx);
  }

  @Override
  public void scale(float factor, Matrix x) {
    rows.scale(factor, x);
  }

  @Override
  public void add(Matrix x, Matrix y) {
    rows.add(x, y);
  }

  @Override
  public void gather(Matrix table, int[] rows, Matrix out) {
    lookup.gather(table, rows, out);
  }

  @Override
  public void scatterAdd(Matrix x, int[] rows, Matrix table) {
    lookup.scatterAdd(1, x, rows, table);
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
  public void unitRows(Matrix x, Matrix out) {
    unit.unitRows(x, out);
  }

  @Override
  public void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    unit.unitRowsBackward(x, dOut, dx);
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
  public Attended attend(AttentionInput input, Matrix pooled) {
    return attention.attend(input, pooled);
  }

  @Override
  public void attendBackward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    attention.backward(input, attended, dPooled, gradient);
  }

  @Override
  public void rowDots(Matrix a, Matrix b, Matrix out) {
    rows.rowDots(a, b, out);
  }

  @Override
  public void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    rows.rowDotsBackward(a, b, dOut, da, db);
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
