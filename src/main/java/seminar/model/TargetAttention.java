package seminar.model;

import seminar.compute.Attended;
import seminar.compute.AttentionInput;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.compute.Targets;

/**
 * Multi-head target attention over the K best events of each head (paper §3.3.1 and §3.3.2; our
 * TA-1 to TA-4).
 *
 * <pre>
 *   TA-1  s_hl = (t W_h^Q + b_h^Q) · (k_l W_h^K) / √d  [+ recency bias r_h(⌊log2 distance⌋)]
 *   TA-2  I_h = the min(K, n) best events of head h;  a_h = softmax of s_h over I_h
 *   TA-3  head_h = Σ_{l ∈ I_h} a_hl k_l W_h^V
 *   TA-4  u = [head_1 … head_H] W_O + b_O;   u = 0 where there are no events
 * </pre>
 *
 * <p>Factored: TA-1 projects the target once, {@code r_h = (t W_h^Q + b_h^Q) (W_h^K)ᵀ / √d}, and
 * scores with {@code k_l · r_h}; TA-3 pools the keys first and projects the sum. Same result, H·d²
 * per target instead of 2·H·n·d².
 *
 * <p>Shapes: E keys, C candidates, H heads of full width d.
 *
 * @see <a href="https://doi.org/10.1145/3580305.3599922">Chang et al. TWIN. KDD 2023</a>
 */
public final class TargetAttention {
  private final Backend backend;
  private final int d;
  private final int heads;
  private final int topK;
  private final Parameter query;
  private final Parameter queryBias;
  private final Parameter key;
  private final Parameter value;
  private final Parameter output;
  private final Parameter outputBias;
  private final Parameter recency;
  private final Scratch scratch = new Scratch();
  private AttentionInput input;
  private Attended attended;
  private Matrix candidates;

  /** Makes the parameters, named {@code prefix/...}. */
  public TargetAttention(
      Backend backend, Parameters parameters, String prefix, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    heads = options.heads();
    topK = options.topK();
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double identity = near ? 1 : 0;
    double noise = near ? 0.02 : 1 / Math.sqrt(3.0 * d);
    query = parameters.sideBySide(prefix + "/query", heads, d, identity, noise);
    queryBias = parameters.dense(prefix + "/queryBias", 1, heads * d, 0);
    key = parameters.identities(prefix + "/key", heads, d, identity, noise);
    value = parameters.identities(prefix + "/value", heads, d, identity, noise);
    output = parameters.identities(prefix + "/output", heads, d, identity / heads, noise);
    outputBias = parameters.dense(prefix + "/outputBias", 1, d, 0);
    recency = parameters.dense(prefix + "/recency", heads, options.recencyBuckets(), 0);
  }

  /**
   * The long-term interest of each candidate.
   *
   * @param keys fused events [E, d]; kept until the backward pass
   * @param candidates fused candidates [C, d]; kept until the backward pass
   * @param targets who sees what
   * @param u receives [C, d]
   * @return which events each head chose, and their weights
   */
  public Attended forward(Matrix keys, Matrix candidates, Targets targets, Matrix u) {
    this.candidates = candidates;
    int c = candidates.rows();
    Matrix q = scratch.matrix("q", c, heads * d); // t W^Q + b^Q
    backend.linear(candidates, query.value(), queryBias.value(), q);
    Matrix folded = scratch.matrix("folded", c, heads * d); // r
    backend.perHead(q, key.value(), true, folded);
    backend.scale((float) (1 / Math.sqrt(d)), folded);
    Matrix pooled = scratch.matrix("pooled", c, heads * d);
    input = new AttentionInput(keys, folded, recency.value(), targets, topK);
    attended = backend.attend(input, pooled);
    Matrix head = scratch.matrix("head", c, heads * d);
    backend.perHead(pooled, value.value(), false, head);
    backend.linear(head, output.value(), outputBias.value(), u);
    clearEmpty(u);
    return attended;
  }

  /**
   * Adds the gradients of the parameters, of {@code dKeys} [E, d] and of {@code dCandidates} [C,
   * d].
   */
  public void backward(Matrix du, Matrix dKeys, Matrix dCandidates) {
    int c = du.rows();
    clearEmpty(du);
    Matrix head = scratch.matrix("head", c, heads * d);
    backend.linearBackwardWeight(head, du, output.gradient());
    backend.linearBackwardBias(du, outputBias.gradient());
    Matrix dHead = scratch.zeros("dHead", c, heads * d);
    backend.linearBackwardInput(du, output.value(), dHead);

    Matrix dPooled = scratch.zeros("dPooled", c, heads * d);
    backend.perHeadBackward(
        attended.pooled(), value.value(), false, dHead, dPooled, value.gradient());

    Matrix dFolded = scratch.zeros("dFolded", c, heads * d);
    backend.attendBackward(
        input, attended, dPooled, new AttentionInput.Gradient(dKeys, dFolded, recency.gradient()));

    backend.scale((float) (1 / Math.sqrt(d)), dFolded);
    Matrix q = scratch.matrix("q", c, heads * d);
    Matrix dq = scratch.zeros("dq", c, heads * d);
    backend.perHeadBackward(q, key.value(), true, dFolded, dq, key.gradient());
    backend.linearBackwardBias(dq, queryBias.gradient());
    backend.linearBackwardWeight(candidates, dq, query.gradient());
    backend.linearBackwardInput(dq, query.value(), dCandidates);
  }

  /** u = 0, and no gradient, where a candidate sees no event. */
  private void clearEmpty(Matrix u) {
    Targets targets = input.targets();
    for (int g = 0; g < targets.groupCount(); g++) {
      if (targets.events(g) == 0) {
        u.rows(targets.candidates()[g], targets.candidates()[g + 1]).clear();
      }
    }
  }
}
