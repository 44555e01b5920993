package seminar.model;

import java.util.SplittableRandom;
import seminar.compute.Backend;
import seminar.compute.Dropout;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.compute.SelfAttention;

/**
 * One layer of {@link SequenceEncoder}: events attend to those before them, then each passes a
 * feed-forward net; both add to what is there (our SEQ-2 and SEQ-3).
 *
 * <pre>
 *   a = norm(x),   y = x + dropout(SA(a W_Q, a W_K, a W_V))
 *   f = norm(y),   x' = y + dropout(relu(f W_1 + b_1) W_2 + b_2)
 * </pre>
 *
 * <p>Shapes: x, y, x' [E, d]; all W [d, d]; b [1, d].
 */
final class SequenceBlock {
  private final Backend backend;
  private final int d;
  private final int heads;
  private final Norm attentionNorm;
  private final Parameter query;
  private final Parameter key;
  private final Parameter value;
  private final Norm forwardNorm;
  private final Parameter first;
  private final Parameter firstBias;
  private final Parameter second;
  private final Parameter secondBias;
  private final Scratch scratch = new Scratch();
  private SelfAttention attention;
  private Matrix attended; // SA before dropout
  private Dropout dropAttended;
  private Dropout dropHidden;
  private Dropout dropForward;
  private Matrix a;
  private Matrix y;
  private Matrix f;
  private Matrix h;

  /** Makes the parameters, named {@code name/...}. */
  SequenceBlock(Backend backend, Parameters parameters, String name, int dims, int heads) {
    this.backend = backend;
    this.heads = heads;
    d = dims;
    double scale = 1 / Math.sqrt(d); // Glorot and Bengio's, of a square map
    attentionNorm = new Norm(backend, parameters, name + "/attentionNorm", d);
    query = parameters.dense(name + "/query", d, d, scale);
    key = parameters.dense(name + "/key", d, d, scale);
    value = parameters.dense(name + "/value", d, d, scale);
    forwardNorm = new Norm(backend, parameters, name + "/forwardNorm", d);
    first = parameters.dense(name + "/first", d, d, scale);
    firstBias = parameters.dense(name + "/firstBias", 1, d, 0);
    second = parameters.dense(name + "/second", d, d, scale);
    secondBias = parameters.dense(name + "/secondBias", 1, d, 0);
  }

  /**
   * The layer.
   *
   * @param x [E, d], kept until the backward pass
   * @param starts of the histories
   * @param rate what is dropped
   * @param seeds of what is dropped
   * @return x' [E, d], valid until the next call
   */
  Matrix forward(Matrix x, int[] starts, double rate, SplittableRandom seeds) {
    a = attentionNorm.forward(x);
    Dropout weights = new Dropout(seeds.nextLong(), rate);
    dropAttended = new Dropout(seeds.nextLong(), rate);
    dropHidden = new Dropout(seeds.nextLong(), rate);
    dropForward = new Dropout(seeds.nextLong(), rate);
    attention =
        new SelfAttention(
            product(a, query, "q"),
            product(a, key, "k"),
            product(a, value, "v"),
            heads,
            starts,
            true,
            weights);
    attended = room("attended");
    backend.attention().attendSelf(attention, attended);
    y = copy(attended, "y");
    backend.rowwise().dropout(dropAttended, y);
    backend.rowwise().add(x, y);
    f = forwardNorm.forward(y);
    h = room("h");
    backend.dense().linear(f, first.value(), firstBias.value(), h);
    backend.rowwise().relu(h);
    backend.rowwise().dropout(dropHidden, h);
    Matrix out = room("out");
    backend.dense().linear(h, second.value(), secondBias.value(), out);
    backend.rowwise().dropout(dropForward, out);
    backend.rowwise().add(y, out);
    return out;
  }

  private Matrix room(String name) {
    return scratch.matrix(name, a.rows(), d);
  }

  private Matrix copy(Matrix x, String name) {
    Matrix copy = zeros(name);
    backend.rowwise().add(x, copy);
    return copy;
  }

  private Matrix product(Matrix x, Parameter w, String name) {
    Matrix y = room(name);
    backend.dense().product(x, w.value(), y);
    return y;
  }

  /**
   * Adds the gradients of the parameters.
   *
   * @param x what {@link #forward} was given
   * @param dx gradient of x' at first, of x afterwards [E, d]
   */
  void backward(Matrix x, Matrix dx) {
    Matrix dOut = copy(dx, "dOut");
    backend.rowwise().dropout(dropForward, dOut);
    backend.dense().linearBackwardWeight(h, dOut, second.gradient());
    backend.dense().linearBackwardBias(dOut, secondBias.gradient());
    Matrix dh = zeros("dh");
    backend.dense().linearBackwardInput(dOut, second.value(), dh);
    backend.rowwise().dropout(dropHidden, dh);
    backend.rowwise().reluBackward(h, dh);
    backend.dense().linearBackwardWeight(f, dh, first.gradient());
    backend.dense().linearBackwardBias(dh, firstBias.gradient());
    Matrix df = zeros("df");
    backend.dense().linearBackwardInput(dh, first.value(), df);
    forwardNorm.backward(y, df, dx); // dx is dy now

    Matrix dAttended = copy(dx, "dOut");
    backend.rowwise().dropout(dropAttended, dAttended);
    SelfAttention.Gradient gradient =
        new SelfAttention.Gradient(zeros("dq"), zeros("dk"), zeros("dv"));
    backend.attention().attendSelfBackward(attention, attended, dAttended, gradient);
    Matrix da = zeros("da");
    productBackward(query, gradient.queries(), da);
    productBackward(key, gradient.keys(), da);
    productBackward(value, gradient.values(), da);
    attentionNorm.backward(x, da, dx);
  }

  private void productBackward(Parameter w, Matrix dy, Matrix da) {
    backend.dense().linearBackwardWeight(a, dy, w.gradient());
    backend.dense().linearBackwardInput(dy, w.value(), da);
  }

  private Matrix zeros(String name) {
    return scratch.zeros(name, a.rows(), d);
  }
}
