package seminar.model;

import java.util.List;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * W^Q, b^Q and W^K of all heads, and the recency bias: what turns a target into scores (the left
 * side of our TA-1).
 *
 * <pre>  r_h = (t W_h^Q + b_h^Q) (W_h^K)ᵀ / √d</pre>
 *
 * <p>Shapes: C candidates t [C, d], H heads, W^Q [d, H·d], b^Q [1, H·d], W^K [H·d, d], r [C, H·d].
 */
final class AttentionFold {
  private final Backend backend;
  private final int d;
  private final int heads;
  private final Parameter query;
  private final Parameter queryBias;
  private final Parameter key;
  private final Parameter recency;
  private final Scratch scratch = new Scratch();
  private Matrix candidates;
  private boolean fixed;
  private Matrix map; // W^Q (W^K)ᵀ / √d, where parameters are fixed
  private Matrix bias;

  /** Makes the parameters, named {@code prefix/...}. */
  AttentionFold(Backend backend, Parameters parameters, String prefix, ModelOptions options) {
    this.backend = backend;
    AttentionOptions attention = options.attention();
    d = options.dims();
    heads = attention.heads();
    query = square(parameters, prefix + "/query", options, true);
    if (attention.projections() == AttentionOptions.Projections.TRAINED) {
      backend.rowwise().scale((float) attention.sharpness(), query.value());
    }
    queryBias = parameters.dense(prefix + "/queryBias", 1, heads * d, 0);
    key = square(parameters, prefix + "/key", options, false);
    recency = parameters.dense(prefix + "/recency", heads, attention.recencyBuckets(), 0);
    if (attention.recencyStart() > 0) {
      recency.set(falling(attention));
    }
    if (attention.projections() == AttentionOptions.Projections.RELEASED) {
      queryBias.freeze(true);
    }
  }

  /** A recency bias that falls with distance, [H, buckets]. */
  private static float[] falling(AttentionOptions attention) {
    int buckets = attention.recencyBuckets();
    float[] bias = new float[attention.heads() * buckets];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) (-attention.slope(i / buckets) * (i % buckets));
    }
    return bias;
  }

  /** W_h of all heads: trained from near the identity or small numbers, or random for good. */
  static Parameter square(
      Parameters parameters, String name, ModelOptions options, boolean sideBySide) {
    int d = options.dims();
    int heads = options.attention().heads();
    if (options.attention().projections() == AttentionOptions.Projections.RELEASED) {
      double bound = 1 / Math.sqrt(d);
      Parameter random =
          sideBySide
              ? parameters.uniform(name, d, heads * d, bound)
              : parameters.uniform(name, heads * d, d, bound);
      random.freeze(true);
      return random;
    }
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double noise = near ? AttentionValues.NOISE : 1 / Math.sqrt(3.0 * d);
    return sideBySide
        ? parameters.sideBySide(name, heads, d, near ? 1 : 0, noise)
        : parameters.identities(name, heads, d, near ? 1 : 0, noise);
  }

  /** The same, never to learn: a choice has no gradient. */
  AttentionFold frozen() {
    for (Parameter parameter : List.of(query, queryBias, key, recency)) {
      parameter.freeze(true);
    }
    return this;
  }

  /** The parameters will not move any more: {@link #score} multiplies the maps once. */
  void fix() {
    fixed = true;
    map = null;
  }

  /** The recency bias [H, buckets]. */
  Parameter recency() {
    return recency;
  }

  /** r of these candidates, which are kept until the backward pass. */
  Matrix forward(Matrix t) {
    candidates = t;
    Matrix q = scratch.matrix("q", t.rows(), heads * d); // t W^Q + b^Q
    backend.dense().linear(t, query.value(), queryBias.value(), q);
    Matrix folded = scratch.matrix("folded", t.rows(), heads * d); // r
    return fold(q, folded);
  }

  /** r without a backward pass to come: {@code t (W^Q (W^K)ᵀ / √d) + b^Q (W^K)ᵀ / √d}. */
  Matrix score(Matrix t) {
    if (!fixed || map == null) {
      map = fold(query.value(), scratch.matrix("map", d, heads * d));
      bias = fold(queryBias.value(), scratch.matrix("bias", 1, heads * d));
    }
    Matrix folded = scratch.matrix("folded", t.rows(), heads * d);
    backend.dense().linear(t, map, bias, folded);
    return folded;
  }

  /** {@code x_h (W_h^K)ᵀ / √d}. */
  private Matrix fold(Matrix x, Matrix folded) {
    backend.dense().perHead(x, key.value(), true, folded);
    backend.rowwise().scale((float) (1 / Math.sqrt(d)), folded);
    return folded;
  }

  /** Adds the gradients of the parameters and of the candidates, given that of r. */
  void backward(Matrix dFolded, Matrix dCandidates) {
    int c = dFolded.rows();
    backend.rowwise().scale((float) (1 / Math.sqrt(d)), dFolded);
    Matrix q = scratch.matrix("q", c, heads * d);
    Matrix dq = scratch.zeros("dq", c, heads * d);
    backend.dense().perHeadBackward(q, key.value(), true, dFolded, dq, key.gradient());
    backend.dense().linearBackwardBias(dq, queryBias.gradient());
    backend.dense().linearBackwardWeight(candidates, dq, query.gradient());
    backend.dense().linearBackwardInput(dq, query.value(), dCandidates);
  }
}
