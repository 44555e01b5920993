package seminar.search;

import seminar.compute.Attended;
import seminar.compute.AttentionInput;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.compute.Weighing;
import seminar.loss.ClickLoss;
import seminar.model.ClickHead;
import seminar.model.HeadOptions;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * SIM's soft search: the K events of the largest inner products, trained by an auxiliary loss of
 * its own, since the choice has no gradient.
 *
 * <pre>
 *   SIM-1  r_l = (k_l W_b) · (t W_a [+ b_a])
 *   SIM-2  U_r = Σ_l r_l k_l                      over all events, without a softmax
 *   SIM-3  L = L_ctr(head) + α L_ctr(f_aux(U_r, t))
 * </pre>
 *
 * <p>Factored: {@code r_l = k_l · q} with {@code q = (t W_a + b_a) W_bᵀ}. Shapes: W [d, d]; b_a is
 * the released code's.
 *
 * @see <a href="https://doi.org/10.1145/3340531.3412744">Pi et al. SIM. CIKM 2020, §3.1</a>
 */
final class TrainedSearch implements EventSearch {
  private static final double NOISE = 0.02;

  private final Backend backend;
  private final int d;
  private final int topK;
  private final double weight;
  private final Parameter query; // W_a
  private final Parameter queryBias;
  private final Parameter key; // W_b
  private final ClickHead head;
  private final ClickLoss loss;
  private final Scratch scratch = new Scratch();
  private EncodedBatch encoded;
  private Matrix q;
  private Matrix folded;

  /**
   * Makes the parameters, named {@code search/...}.
   *
   * @param largestItem the largest item id of a candidate
   * @param weight α
   * @param biased whether there is a b_a
   */
  TrainedSearch(
      Backend backend,
      Parameters parameters,
      int largestItem,
      ModelOptions options,
      double weight,
      boolean biased) {
    this.backend = backend;
    this.weight = weight;
    d = options.dims();
    topK = options.topK();
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double noise = near ? NOISE : 1 / Math.sqrt(3.0 * d);
    query = parameters.identities("search/query", 1, d, near ? 1 : 0, noise);
    queryBias = parameters.dense("search/queryBias", 1, d, 0);
    queryBias.freeze(!biased);
    key = parameters.identities("search/key", 1, d, near ? 1 : 0, noise);
    HeadOptions small = HeadOptions.paper().withHidden(options.head().hidden());
    ModelOptions plain = options.withHead(small).withShortTerm(0);
    head = new ClickHead(backend, parameters, "search/head", largestItem, plain);
    loss = new ClickLoss(backend);
  }

  @Override
  public Choice choose(EncodedBatch given) {
    encoded = given;
    Matrix t = encoded.candidates();
    q = scratch.matrix("q", t.rows(), d);
    backend.dense().linear(t, query.value(), queryBias.value(), q);
    folded = scratch.zeros("folded", t.rows(), d);
    backend.dense().linearBackwardInput(q, key.value(), folded); // q W_bᵀ
    Matrix ignored = scratch.matrix("sum", t.rows(), d);
    Attended best = backend.attention().attend(input(topK).withWeighing(Weighing.ONES), ignored);
    return new Choice(best.kept(), best.selected());
  }

  private AttentionInput input(int k) {
    return new AttentionInput(encoded.pairs(), folded, Matrix.zeros(1, 0), encoded.groups(), k);
  }

  /** SIM-2 and the second term of SIM-3. */
  @Override
  public double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
    Matrix t = encoded.candidates();
    int c = t.rows();
    int all = Math.max(1, encoded.groups().mostEvents());
    AttentionInput everything = input(all).withWeighing(Weighing.SCORES);
    Matrix pooled = scratch.matrix("U_r", c, d);
    Attended attended = backend.attention().attend(everything, pooled);
    Matrix logits = scratch.matrix("logits", c, 1);
    head.forward(pooled, t, encoded.batch(), logits);
    Matrix dLogits = scratch.matrix("dLogits", c, 1);
    double value = loss.of(logits, labels, dLogits);
    backend.rowwise().scale((float) weight, dLogits);

    Matrix dPooled = scratch.zeros("dU_r", c, d);
    Matrix dt = gradient.candidates().getFirst();
    head.backward(dLogits, dPooled, dt);
    Matrix dFolded = scratch.zeros("dFolded", c, d);
    Matrix dKeys = gradient.keys().getFirst();
    backend
        .attention()
        .attendBackward(
            everything,
            attended,
            dPooled,
            new AttentionInput.Gradient(dKeys, dFolded, Matrix.zeros(1, 0)));
    Matrix dq = scratch.zeros("dq", c, d);
    backend.dense().linearAdd(dFolded, key.value(), dq);
    backend.dense().linearBackwardWeight(dFolded, q, key.gradient());
    backend.dense().linearBackwardWeight(t, dq, query.gradient());
    backend.dense().linearBackwardBias(dq, queryBias.gradient());
    backend.dense().linearBackwardInput(dq, query.value(), dt);
    return weight * value;
  }
}
