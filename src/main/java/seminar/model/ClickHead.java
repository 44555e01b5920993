package seminar.model;

import java.util.List;
import java.util.Optional;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Checks;

/**
 * From a candidate and its long-term interest to a click logit (paper §3.3.2, f_θ; our CTR-1).
 *
 * <pre>  logit = relu([u ; t ; f] W_1 + b_1) W_2 + b_2  [+ s · (u·t)] [+ bias of the item]</pre>
 *
 * <p>Shapes: u, t [C, d]; f [C, F], features of user, item, user and item, and context, F = 0 for
 * none; W_1 [2 d + F, hidden]; logit [C, 1]. The terms in brackets are options
 * (docs/DEPARTURES.md): with them the head starts from the agreement of candidate and interest
 * instead of having to discover it. With {@link ModelOptions#shortTerm} a second interest u_S is
 * read beside u:
 *
 * <pre>
 *   CTR-3  logit = relu([u ; t ; f ; u_S] W_1 + b_1) W_2 + b_2  [+ s · (u·t) + s_S · (u_S·t)] …
 * </pre>
 */
public final class ClickHead {
  private final Backend backend;
  private final int d;
  private final int hidden;
  private final int side;
  private final Parameter first;
  private final Parameter firstBias;
  private final Parameter second;
  private final Parameter secondBias;
  private final Parameter agreement;
  private final Parameter itemBias;
  private final Optional<HeadBranch> shortTerm;
  private final Scratch scratch = new Scratch();
  private final Distinct items;
  private Matrix u;
  private Matrix t;
  private Matrix f;
  private int[] itemRows;

  /**
   * Makes the parameters, named {@code head/...}.
   *
   * @param largestItem the largest item id of a candidate
   */
  public ClickHead(Backend backend, Parameters parameters, int largestItem, ModelOptions options) {
    this(backend, parameters, "head", largestItem, options);
  }

  /**
   * Makes the parameters with another name; for models with several heads.
   *
   * @param name names begin with it
   * @param largestItem the largest item id of a candidate
   */
  public ClickHead(
      Backend backend, Parameters parameters, String name, int largestItem, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    HeadOptions head = options.head();
    hidden = head.hidden();
    side = head.sideFeatures();
    int inputs = 2 * d + side;
    first = parameters.dense(name + "/first", inputs, hidden, 1 / Math.sqrt(3.0 * inputs));
    firstBias = parameters.dense(name + "/firstBias", 1, hidden, 0);
    second = parameters.dense(name + "/second", hidden, 1, 1 / Math.sqrt(3.0 * hidden));
    secondBias = parameters.dense(name + "/secondBias", 1, 1, 0);
    agreement =
        parameters.identities(
            name + "/agreement", head.agreement() ? 1 : 0, 1, head.agreementStart(), 0);
    itemBias = parameters.table(name + "/itemBias", head.itemBias() ? largestItem + 1 : 0, 1, 0);
    items = new Distinct(largestItem);
    double scale = 1 / Math.sqrt(3.0 * (inputs + d));
    shortTerm =
        options.shortTerm() == 0
            ? Optional.empty()
            : Optional.of(new HeadBranch(backend, parameters, name + "/shortTerm", options, scale));
  }

  /**
   * Click logits of a head that reads one interest.
   *
   * @param u interest [C, d]; kept until the backward pass
   * @param t fused candidates [C, d]; kept until the backward pass
   * @param batch names the candidates and brings their side features
   * @param logits receives [C, 1]
   */
  public void forward(Matrix u, Matrix t, Batch batch, Matrix logits) {
    forward(List.of(u), t, batch, logits);
  }

  /**
   * Click logits.
   *
   * @param interests u, and after it u_S where the model has a short term [C, d]; kept until the
   *     backward pass
   * @param t fused candidates [C, d]; kept until the backward pass
   * @param batch names the candidates and brings their side features
   * @param logits receives [C, 1]
   * @throws IllegalArgumentException if there are more or fewer interests
   */
  public void forward(List<Matrix> interests, Matrix t, Batch batch, Matrix logits) {
    int read = shortTerm.isPresent() ? 2 : 1;
    Checks.sameLength("interests", interests.size(), "interests of the head", read);
    u = interests.getFirst();
    this.t = t;
    int c = u.rows();
    Matrix h = scratch.matrix("hidden", c, hidden);
    backend.dense().linear(u, first.value().rows(0, d), firstBias.value(), h);
    backend.dense().linearAdd(t, first.value().rows(d, 2 * d), h);
    if (side > 0) {
      f = scratch.matrix("side", c, side);
      f.set(batch.sideFeatures(side));
      backend.dense().linearAdd(f, first.value().rows(2 * d, 2 * d + side), h);
    }
    shortTerm.ifPresent(branch -> branch.addToHidden(interests.getLast(), h));
    backend.rowwise().relu(h);
    backend.dense().linear(h, second.value(), secondBias.value(), logits);
    if (hasAgreement()) {
      Matrix product = scratch.matrix("product", c, 1);
      backend.rowwise().rowDots(u, t, product);
      backend.dense().linearAdd(product, agreement.value(), logits);
    }
    shortTerm.ifPresent(branch -> branch.addToLogits(t, logits));
    if (hasItemBias()) {
      addItemBias(batch.candidateItems(), logits);
    }
  }

  private void addItemBias(int[] candidateItems, Matrix logits) {
    items.number(candidateItems);
    itemRows = items.rows(candidateItems);
    Matrix bias = scratch.matrix("bias", itemRows.length, 1);
    backend.lookup().gather(itemBias.value(), candidateItems, bias);
    backend.rowwise().add(bias, logits);
  }

  /**
   * Adds the gradients of the parameters, of {@code du} and of {@code dt} [C, d], given that of the
   * logits [C, 1].
   */
  public void backward(Matrix dLogits, Matrix du, Matrix dt) {
    backward(dLogits, List.of(du), dt);
  }

  /** The same with a gradient for each interest. */
  public void backward(Matrix dLogits, List<Matrix> dInterests, Matrix dt) {
    int c = u.rows();
    Matrix du = dInterests.getFirst();
    Matrix dLatest = dInterests.getLast();
    if (hasItemBias()) {
      backend.lookup().scatterAdd(dLogits, itemRows, itemBias.touch(items.ids()));
    }
    if (hasAgreement()) {
      Matrix product = scratch.matrix("product", c, 1);
      backend.dense().linearBackwardWeight(product, dLogits, agreement.gradient());
      Matrix dProduct = scratch.zeros("dProduct", c, 1);
      backend.dense().linearBackwardInput(dLogits, agreement.value(), dProduct);
      backend.rowwise().rowDotsBackward(u, t, dProduct, du, dt);
    }
    shortTerm.ifPresent(branch -> branch.logitsBackward(dLogits, t, dLatest, dt));
    Matrix h = scratch.matrix("hidden", c, hidden);
    backend.dense().linearBackwardWeight(h, dLogits, second.gradient());
    backend.dense().linearBackwardBias(dLogits, secondBias.gradient());
    Matrix dh = scratch.zeros("dHidden", c, hidden);
    backend.dense().linearBackwardInput(dLogits, second.value(), dh);
    backend.rowwise().reluBackward(h, dh);
    backend.dense().linearBackwardBias(dh, firstBias.gradient());
    backend.dense().linearBackwardWeight(u, dh, first.gradient().rows(0, d));
    backend.dense().linearBackwardWeight(t, dh, first.gradient().rows(d, 2 * d));
    if (side > 0) {
      backend.dense().linearBackwardWeight(f, dh, first.gradient().rows(2 * d, 2 * d + side));
    }
    backend.dense().linearBackwardInput(dh, first.value().rows(0, d), du);
    backend.dense().linearBackwardInput(dh, first.value().rows(d, 2 * d), dt);
    shortTerm.ifPresent(branch -> branch.hiddenBackward(dh, dLatest));
  }

  private boolean hasAgreement() {
    return agreement.value().rows() > 0;
  }

  private boolean hasItemBias() {
    return itemBias.value().rows() > 0;
  }
}
