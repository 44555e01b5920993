package seminar.model;

import java.util.List;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * From what a target has seen to what it looks for next: the step between two layers of {@link
 * StackedAttention} (our STCA-2 to STCA-4).
 *
 * <pre>
 *   m = [t ; o_1 ; … ; o_j] M,   f = m + relu(m W_1 + b_1) W_2 + b_2,   q = √d f / ‖f‖
 * </pre>
 *
 * <p>Shapes: t, o, m, f, q [C, d]; M [(j + 1)·d, d]; W_1 [d, hidden], W_2 [hidden, d]. Near the
 * identity m is the mean of what it joins.
 */
final class QueryStep {
  private final Backend backend;
  private final int d;
  private final int hidden;
  private final Parameter join;
  private final Parameter first;
  private final Parameter firstBias;
  private final Parameter second;
  private final Parameter secondBias;
  private final Scratch scratch = new Scratch();
  private List<Matrix> parts;

  /**
   * Makes the parameters, named {@code name/...}.
   *
   * @param count j + 1, how many vectors are joined
   */
  QueryStep(
      Backend backend,
      Parameters parameters,
      String name,
      int count,
      int hidden,
      ModelOptions options) {
    this.backend = backend;
    this.hidden = hidden;
    d = options.dims();
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double noise = near ? AttentionValues.NOISE : 1 / Math.sqrt(3.0 * count * d);
    join = parameters.identities(name + "/join", count, d, near ? 1.0 / count : 0, noise);
    first = parameters.dense(name + "/first", d, hidden, 1 / Math.sqrt(3.0 * d));
    firstBias = parameters.dense(name + "/firstBias", 1, hidden, 0);
    double small = near ? AttentionValues.NOISE : 1 / Math.sqrt(3.0 * hidden);
    second = parameters.dense(name + "/second", hidden, d, small);
    secondBias = parameters.dense(name + "/secondBias", 1, d, 0);
  }

  /**
   * The next query.
   *
   * @param seen t and o_1 to o_j; kept until the backward pass
   * @param q receives [C, d]
   */
  void forward(List<Matrix> seen, Matrix q) {
    parts = List.copyOf(seen);
    Matrix m = scratch.matrix("m", q.rows(), d);
    joined(backend, parts, join, m);
    Matrix h = scratch.matrix("h", q.rows(), hidden);
    backend.dense().linear(m, first.value(), firstBias.value(), h);
    backend.rowwise().relu(h);
    Matrix f = scratch.matrix("f", q.rows(), d);
    backend.dense().linear(h, second.value(), secondBias.value(), f);
    backend.rowwise().add(m, f);
    backend.rowwise().unitRows(f, q);
    backend.rowwise().scale((float) Math.sqrt(d), q);
  }

  /**
   * Adds the gradients of the parameters and of what was joined.
   *
   * @param dq gradient of the query [C, d]; overwritten
   * @param dParts one for each part
   */
  void backward(Matrix dq, List<Matrix> dParts) {
    int c = dq.rows();
    backend.rowwise().scale((float) Math.sqrt(d), dq);
    Matrix df = scratch.zeros("df", c, d);
    backend.rowwise().unitRowsBackward(scratch.matrix("f", c, d), dq, df);
    Matrix h = scratch.matrix("h", c, hidden);
    Matrix dh = scratch.zeros("dh", c, hidden);
    backend.dense().linearBackwardWeight(h, df, second.gradient());
    backend.dense().linearBackwardBias(df, secondBias.gradient());
    backend.dense().linearBackwardInput(df, second.value(), dh);
    backend.rowwise().reluBackward(h, dh);
    backend.dense().linearBackwardWeight(scratch.matrix("m", c, d), dh, first.gradient());
    backend.dense().linearBackwardBias(dh, firstBias.gradient());
    backend.dense().linearBackwardInput(dh, first.value(), df); // df is dm now
    joinedBackward(backend, parts, join, df, dParts);
  }

  /** {@code [x_0 ; x_1 ; …] W}. */
  static void joined(Backend backend, List<Matrix> parts, Parameter w, Matrix out) {
    int d = out.cols();
    backend.dense().product(parts.getFirst(), w.value().rows(0, d), out);
    for (int i = 1; i < parts.size(); i++) {
      backend.dense().linearAdd(parts.get(i), w.value().rows(i * d, (i + 1) * d), out);
    }
  }

  /** Adds the gradients of {@link #joined}. */
  static void joinedBackward(
      Backend backend, List<Matrix> parts, Parameter w, Matrix dOut, List<Matrix> dParts) {
    int d = dOut.cols();
    for (int i = 0; i < parts.size(); i++) {
      Matrix dw = w.gradient().rows(i * d, (i + 1) * d);
      backend.dense().linearBackwardWeight(parts.get(i), dOut, dw);
      Matrix map = w.value().rows(i * d, (i + 1) * d);
      backend.dense().linearBackwardInput(dOut, map, dParts.get(i));
    }
  }
}
