package seminar.model;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * W^V of all heads, W_O and b_O: what turns pooled events into an interest (the right side of our
 * TA-3, and TA-4).
 *
 * <pre>  u = [p_1 W_1^V … p_H W_H^V] W_O + b_O,   p_h = Σ_l a_hl k_l</pre>
 *
 * <p>Shapes: C candidates, H heads, pooled p [C, H·d], W^V [H·d, d], W_O [H·d, d], b_O [1, d], u
 * [C, d].
 */
final class AttentionValues {
  /** Standard deviation of the noise beside an identity. */
  static final double NOISE = 0.02;

  private final Backend backend;
  private final int d;
  private final int heads;
  private final Parameter value;
  private final Parameter output;
  private final Parameter outputBias;
  private final Scratch scratch = new Scratch();
  private boolean fixed;
  private Matrix maps; // W_h^V W_h^O, one under the other

  /** Makes the parameters, named {@code prefix/...}. */
  AttentionValues(Backend backend, Parameters parameters, String prefix, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    heads = options.attention().heads();
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double noise = near ? NOISE : 1 / Math.sqrt(3.0 * d);
    value = AttentionFold.square(parameters, prefix + "/value", options, false);
    output = parameters.identities(prefix + "/output", heads, d, near ? 1.0 / heads : 0, noise);
    outputBias = parameters.dense(prefix + "/outputBias", 1, d, 0);
  }

  /** u of these pooled events, which the backward pass needs again. */
  void forward(Matrix pooled, Matrix u) {
    Matrix head = scratch.matrix("head", u.rows(), heads * d);
    backend.dense().perHead(pooled, value.value(), false, head);
    backend.dense().linear(head, output.value(), outputBias.value(), u);
  }

  /** u without a backward pass to come: {@code Σ_h p_h (W_h^V W_h^O) + b_O}. */
  void score(Matrix pooled, Matrix u) {
    if (!fixed || maps == null) {
      maps = scratch.matrix("maps", heads * d, d);
      for (int from = 0; from < heads * d; from += d) {
        int to = from + d;
        Matrix map = maps.rows(from, to);
        backend.dense().product(value.value().rows(from, to), output.value().rows(from, to), map);
      }
    }
    backend.dense().linear(pooled, maps, outputBias.value(), u);
  }

  /** The parameters will not move any more: {@link #score} multiplies the maps once. */
  void fix() {
    fixed = true;
    maps = null;
  }

  /** Adds the gradients of the parameters and of the pooled events, after {@link #forward}. */
  void backward(Matrix pooled, Matrix du, Matrix dPooled) {
    int c = du.rows();
    Matrix head = scratch.matrix("head", c, heads * d);
    backend.dense().linearBackwardWeight(head, du, output.gradient());
    backend.dense().linearBackwardBias(du, outputBias.gradient());
    Matrix dHead = scratch.zeros("dHead", c, heads * d);
    backend.dense().linearBackwardInput(du, output.value(), dHead);
    backend.dense().perHeadBackward(pooled, value.value(), false, dHead, dPooled, value.gradient());
  }
}
