package seminar.compute;

/**
 * Another backend whose every operation is timed: wall time, floating-point operations and the
 * bytes that must move at least go to an account of a {@link Meter}.
 *
 * <p>Accounts are named after the operation and, where it matters, its width: {@code linear 512 →
 * 64}, {@code gather 64}. Operations and bytes follow from the shapes; see {@link Work} for what
 * counts. Results are those of the other backend.
 *
 * <p>Thread safety: one thread at a time, as the meter.
 */
public final class MeteredBackend implements Backend {
  private final Backend backend;
  private final Meter meter;

  private MeteredBackend(Backend backend, Meter meter) {
    this.backend = backend;
    this.meter = meter;
  }

  /** This backend, with its work written down. */
  public static MeteredBackend of(Backend backend, Meter meter) {
    return new MeteredBackend(backend, meter);
  }

  private void run(String name, Work work, Runnable operation) {
    meter.time(name, work.flops(), work.bytes(), operation);
  }

  private static String map(String name, Matrix w) {
    return name + " " + w.rows() + " → " + w.cols();
  }

  private static String width(String name, Matrix x) {
    return name + " " + x.cols();
  }

  private static double floats(Matrix... matrices) {
    double sum = 0;
    for (Matrix matrix : matrices) {
      sum += matrix.length();
    }
    return sum;
  }

  @Override
  public void linear(Matrix x, Matrix w, Matrix b, Matrix y) {
    Work work = Work.product(x, w, floats(x, w, b, y));
    run(map("linear", w), work, () -> backend.linear(x, w, b, y));
  }

  @Override
  public void product(Matrix x, Matrix w, Matrix y) {
    Work work = Work.product(x, w, floats(x, w, y));
    run(map("product", w), work, () -> backend.product(x, w, y));
  }

  @Override
  public void linearAdd(Matrix x, Matrix w, Matrix y) {
    Work work = Work.product(x, w, floats(x, w, y, y));
    run(map("linearAdd", w), work, () -> backend.linearAdd(x, w, y));
  }

  @Override
  public void linearBackwardInput(Matrix dy, Matrix w, Matrix dx) {
    Work work = Work.product(dy, w, floats(dy, w, dx, dx));
    run(map("linearBackwardInput", w), work, () -> backend.linearBackwardInput(dy, w, dx));
  }

  @Override
  public void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw) {
    Work work = Work.product(x, dw, floats(x, dy, dw, dw));
    run(map("linearBackwardWeight", dw), work, () -> backend.linearBackwardWeight(x, dy, dw));
  }

  @Override
  public void linearBackwardBias(Matrix dy, Matrix db) {
    Work work = Work.each(dy.length(), 1, 1);
    run(width("linearBackwardBias", dy), work, () -> backend.linearBackwardBias(dy, db));
  }

  @Override
  public void perHead(Matrix x, Matrix w, boolean transposed, Matrix y) {
    Work work = Work.perHead(x, w, 1, floats(x, w, y));
    run(map("perHead", w), work, () -> backend.perHead(x, w, transposed, y));
  }

  @Override
  public void perHeadBackward(
      Matrix x, Matrix w, boolean transposed, Matrix dy, Matrix dx, Matrix dw) {
    Work work = Work.perHead(x, w, 2, floats(x, w, dy, dx, dx, dw, dw));
    run(
        map("perHeadBackward", w),
        work,
        () -> backend.perHeadBackward(x, w, transposed, dy, dx, dw));
  }

  @Override
  public void relu(Matrix x) {
    run("relu", Work.each(x.length(), 1, 2), () -> backend.relu(x));
  }

  @Override
  public void reluBackward(Matrix y, Matrix dx) {
    run("reluBackward", Work.each(y.length(), 1, 3), () -> backend.reluBackward(y, dx));
  }

  @Override
  public void scale(float factor, Matrix x) {
    run("scale", Work.each(x.length(), 1, 2), () -> backend.scale(factor, x));
  }

  @Override
  public void add(Matrix x, Matrix y) {
    run("add", Work.each(x.length(), 1, 3), () -> backend.add(x, y));
  }

  @Override
  public void gather(Matrix table, int[] rows, Matrix out) {
    Work work = Work.rows(rows, table, 1, out.length(), 0);
    run(width("gather", out), work, () -> backend.gather(table, rows, out));
  }

  @Override
  public void scatterAdd(Matrix x, int[] rows, Matrix table) {
    Work work = Work.rows(rows, table, 2, x.length(), x.length());
    run(width("scatterAdd", x), work, () -> backend.scatterAdd(x, rows, table));
  }

  @Override
  public void bag(Matrix table, Ragged lists, Matrix out) {
    double sums = (double) lists.ids().length * table.cols() + out.length();
    Work work = Work.rows(lists.ids(), table, 1, out.length(), sums);
    run(width("bag", out), work, () -> backend.bag(table, lists, out));
  }

  @Override
  public void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    double sums = (double) lists.ids().length * dTable.cols() + dOut.length();
    Work work = Work.rows(lists.ids(), dTable, 2, dOut.length(), sums);
    run(width("bagBackward", dOut), work, () -> backend.bagBackward(dOut, lists, dTable));
  }

  @Override
  public void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    Work work = Work.fuse(channels, out, 2, 1);
    run("fuse", work, () -> backend.fuse(channels, present, gate, out));
  }

  @Override
  public void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    Work work = Work.fuse(channels, dOut, 4, 3);
    run(
        "fuseBackward",
        work,
        () -> backend.fuseBackward(channels, present, gate, dOut, dChannels, dGate));
  }

  @Override
  public void unitRows(Matrix x, Matrix out) {
    run(width("unitRows", x), Work.each(x.length(), 3, 2), () -> backend.unitRows(x, out));
  }

  @Override
  public void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    Work work = Work.each(x.length(), 8, 4);
    run(width("unitRowsBackward", x), work, () -> backend.unitRowsBackward(x, dOut, dx));
  }

  @Override
  public void pairs(
      Matrix queries,
      int[] queryRows,
      Matrix items,
      int[] itemRows,
      float queryWeight,
      Matrix out) {
    Work work = Work.pairs(out, queries, items, 1, 3);
    run("pairs", work, () -> backend.pairs(queries, queryRows, items, itemRows, queryWeight, out));
  }

  @Override
  public void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    Work work = Work.pairs(dOut, dQueries, dItems, 2, 4);
    run(
        "pairsBackward",
        work,
        () -> backend.pairsBackward(dOut, queryRows, itemRows, queryWeight, dQueries, dItems));
  }

  @Override
  public Attended attend(AttentionInput input, Matrix pooled) {
    long start = System.nanoTime();
    Attended attended = backend.attend(input, pooled);
    double seconds = (System.nanoTime() - start) / 1e9;
    Work work = Work.attend(input, attended);
    meter.add("attend", seconds, work.flops(), work.bytes());
    return attended;
  }

  @Override
  public void attendBackward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    run(
        "attendBackward",
        Work.attendBackward(input, attended),
        () -> backend.attendBackward(input, attended, dPooled, gradient));
  }

  @Override
  public void rowDots(Matrix a, Matrix b, Matrix out) {
    run("rowDots", Work.each(a.length(), 2, 2), () -> backend.rowDots(a, b, out));
  }

  @Override
  public void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    Work work = Work.each(a.length(), 4, 6);
    run("rowDotsBackward", work, () -> backend.rowDotsBackward(a, b, dOut, da, db));
  }

  @Override
  public double binaryCrossEntropy(Matrix logits, float[] labels, float[] weights, Matrix dLogits) {
    double[] loss = new double[1];
    run(
        "binaryCrossEntropy",
        Work.each(labels.length, 15, 4),
        () -> loss[0] = backend.binaryCrossEntropy(logits, labels, weights, dLogits));
    return loss[0];
  }

  @Override
  public void adam(
      Matrix value, Matrix gradient, Matrix mean, Matrix variance, int[] rows, AdamStep step) {
    Work work = Work.each(gradient.length(), 13, 7);
    run("adam", work, () -> backend.adam(value, gradient, mean, variance, rows, step));
  }
}
