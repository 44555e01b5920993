package seminar.compute;

import seminar.math.Checks;

/**
 * What self-attention of ragged histories reads: each event looks at events of its own history.
 *
 * <p>Letters: B histories, E events, H heads, d dims of all heads together. Head h has the columns
 * {@code [h · d/H, (h + 1) · d/H)}. Histories of no event and of one are fine.
 *
 * @param queries q [E, d]
 * @param keys k [E, d]
 * @param values v [E, d]
 * @param heads H
 * @param starts B + 1 rising positions from 0 to E: history b has the events {@code [starts[b],
 *     starts[b + 1])}
 * @param causal whether an event sees only itself and the events before it
 * @param dropout which weights are dropped; see {@link #place}
 */
public record SelfAttention(
    Matrix queries,
    Matrix keys,
    Matrix values,
    int heads,
    int[] starts,
    boolean causal,
    Dropout dropout) {
  /** Checks that the shapes belong together. */
  public SelfAttention {
    int d = Checks.sameLength("columns of keys", keys.cols(), "columns of queries", queries.cols());
    Checks.sameLength("columns of values", values.cols(), "columns of queries", d);
    Checks.sameLength("rows of keys", keys.rows(), "rows of queries", queries.rows());
    Checks.sameLength("rows of values", values.rows(), "rows of queries", queries.rows());
    int perHead = d / Checks.atLeast(1, "H", heads);
    Checks.sameLength("columns of queries", d, "H · ⌊d/H⌋", heads * perHead);
    Checks.atLeast(1, "starts.length", starts.length);
    Checks.within(0, 0, "starts[0]", starts[0]);
    for (int b = 1; b < starts.length; b++) {
      Checks.atLeast(starts[b - 1], "starts[" + b + "]", starts[b]);
    }
    Checks.sameLength("last start", starts[starts.length - 1], "events", queries.rows());
  }

  /** E. */
  public int events() {
    return queries.rows();
  }

  /** B. */
  public int histories() {
    return starts.length - 1;
  }

  /** d, the width of all heads together. */
  public int dims() {
    return queries.cols();
  }

  /** d/H, the width of one head. */
  public int headDims() {
    return queries.cols() / heads;
  }

  /** {@code 1/√(d/H)}, by which inner products are multiplied. */
  public float scale() {
    return (float) (1 / Math.sqrt(headDims()));
  }

  /** How many events history b has. */
  public int length(int b) {
    return starts[b + 1] - starts[b];
  }

  /**
   * The index, in the dropout, of the weight that event e gives to event l in head h: {@code (e · H
   * + h) · 2³² + l}, e and l counted over all histories.
   */
  public long place(int e, int l, int h) {
    return ((long) e * heads + h << 32) + l;
  }

  /**
   * Where the gradients of the inputs are added.
   *
   * @param queries [E, d]
   * @param keys [E, d]
   * @param values [E, d]
   */
  public record Gradient(Matrix queries, Matrix keys, Matrix values) {}
}
