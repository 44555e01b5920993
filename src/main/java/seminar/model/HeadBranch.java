package seminar.model;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * What the short-term interest adds to the click head (our CTR-3): further rows of its first layer,
 * and a multiple of its own of the agreement with the candidate.
 *
 * <pre>
 *   hidden += u_S W_S,   logit += s_S · (u_S·t)
 * </pre>
 *
 * <p>Shapes: u_S, t [C, d]; W_S [d, hidden]; s_S [1, 1], or none where the head has no agreement.
 */
final class HeadBranch {
  private final Backend backend;
  private final Parameter map;
  private final Parameter agreement;
  private final Scratch scratch = new Scratch();
  private Matrix u;

  /**
   * Makes the parameters, named {@code prefix} and {@code prefixAgreement}.
   *
   * @param scale standard deviation of W_S at first
   */
  HeadBranch(
      Backend backend, Parameters parameters, String prefix, ModelOptions options, double scale) {
    this.backend = backend;
    HeadOptions head = options.head();
    map = parameters.dense(prefix, options.dims(), head.hidden(), scale);
    agreement =
        parameters.identities(
            prefix + "Agreement", head.agreement() ? 1 : 0, 1, head.agreementStart(), 0);
  }

  /**
   * Adds to the hidden layer, before its ReLU.
   *
   * @param interest u_S; kept until the backward pass
   */
  void addToHidden(Matrix interest, Matrix hidden) {
    u = interest;
    backend.dense().linearAdd(u, map.value(), hidden);
  }

  /** Adds to the logits, after {@link #addToHidden}. */
  void addToLogits(Matrix t, Matrix logits) {
    if (hasAgreement()) {
      Matrix product = scratch.matrix("product", u.rows(), 1);
      backend.rowwise().rowDots(u, t, product);
      backend.dense().linearAdd(product, agreement.value(), logits);
    }
  }

  /** Adds the gradients of s_S, of u_S and of the candidates, given that of the logits. */
  void logitsBackward(Matrix dLogits, Matrix t, Matrix du, Matrix dt) {
    if (hasAgreement()) {
      Matrix product = scratch.matrix("product", u.rows(), 1);
      backend.dense().linearBackwardWeight(product, dLogits, agreement.gradient());
      Matrix dProduct = scratch.zeros("dProduct", u.rows(), 1);
      backend.dense().linearBackwardInput(dLogits, agreement.value(), dProduct);
      backend.rowwise().rowDotsBackward(u, t, dProduct, du, dt);
    }
  }

  /** Adds the gradients of W_S and of u_S, given that of the hidden layer before its ReLU. */
  void hiddenBackward(Matrix dHidden, Matrix du) {
    backend.dense().linearBackwardWeight(u, dHidden, map.gradient());
    backend.dense().linearBackwardInput(dHidden, map.value(), du);
  }

  private boolean hasAgreement() {
    return agreement.value().rows() > 0;
  }
}
