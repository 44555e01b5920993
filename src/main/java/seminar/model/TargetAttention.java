package seminar.model;

import java.util.function.BiFunction;
import seminar.compute.Attended;
import seminar.compute.AttentionInput;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * Multi-head target attention over the K best events of each head: the attention of PSU, GSU and
 * ESU (paper §3.3.1 and §3.3.2; our TA-1 to TA-4).
 *
 * <pre>
 *   TA-1  s_hl = (t W_h^Q + b_h^Q) · (k_l W_h^K) / √d  [+ recency bias r_h(⌊log2 distance⌋)]
 *   TA-2  I_h = the min(K, n) best events of head h;  a_h = softmax of s_h over I_h
 *   TA-3  head_h = Σ_{l ∈ I_h} a_hl k_l W_h^V
 *   TA-4  u = [head_1 … head_H] W_O + b_O;   u = 0 where there are no events
 * </pre>
 *
 * <p>{@link AttentionFold} has W^Q and W^K, {@link AttentionValues} W^V and W_O. TA-2's choice is
 * the GSU, what follows is the ESU. With {@link AttentionOptions.Stages#OWN} the choice has its own
 * W^Q, W^K and recency bias. With {@link AttentionOptions#latest} some of I_h are the newest events
 * (with an end of the sequence it is one of them), and only the others are the best of the older.
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
  private final int latest;
  private final AttentionFold weigh;
  private final AttentionFold choose;
  private final AttentionValues values;
  private final Scratch scratch = new Scratch();
  private AttentionInput input;
  private Attended attended;

  /**
   * What is seen beside the events of a history.
   *
   * @param endKey row of the key that every candidate sees after its events, −1 for none: the pair
   *     &lt;EOS&gt; of the PSU
   * @param padKey row of the key that histories are padded with, −1 for none (released code)
   * @param length to how many events histories are padded
   */
  public record Beside(int endKey, int padKey, int length) {
    /** Events alone. */
    public static final Beside NOTHING = new Beside(-1, -1, 0);

    /** The end of the sequence too. */
    public static Beside end(int key) {
      return new Beside(key, -1, 0);
    }

    /** The same in histories padded to a length. */
    public Beside padded(int key, int toLength) {
      return new Beside(endKey, key, toLength);
    }
  }

  /** {@link #forward}, or {@link #score} where no backward pass follows. */
  @FunctionalInterface
  public interface Pass {
    /** The long-term interest of each candidate; see {@link #forward}. */
    Attended attend(Matrix keys, Matrix candidates, Groups groups, Beside beside, Matrix u);
  }

  /** Makes the parameters, named {@code attention/...} and {@code search/...}. */
  public TargetAttention(Backend backend, Parameters parameters, ModelOptions options) {
    this(backend, parameters, "attention", options);
  }

  /**
   * Makes the parameters with another name; for models with several attentions.
   *
   * @param name names begin with it
   */
  public TargetAttention(
      Backend backend, Parameters parameters, String name, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    heads = options.attention().heads();
    topK = options.topK();
    latest = Math.min(options.attention().latest(), topK);
    weigh = new AttentionFold(backend, parameters, name, options);
    boolean own = options.attention().stages() == AttentionOptions.Stages.OWN;
    choose = own ? new AttentionFold(backend, parameters, "search", options).frozen() : weigh;
    values = new AttentionValues(backend, parameters, name, options);
  }

  /**
   * The long-term interest of each candidate.
   *
   * @param keys fused events [E, d] and what is seen beside them; kept until the backward pass
   * @param candidates fused candidates [C, d]; kept until the backward pass
   * @param groups who sees what
   * @param beside rows of {@code keys} that belong to no history
   * @param u receives [C, d]
   * @return which events each head chose, and their weights
   */
  public Attended forward(Matrix keys, Matrix candidates, Groups groups, Beside beside, Matrix u) {
    input = input(keys, candidates, groups, beside, AttentionFold::forward);
    return forward(u);
  }

  /**
   * The same over events that something else has chosen: TA-2's softmax, TA-3 and TA-4 alone.
   *
   * @param choice at most K events for each candidate, which all heads attend to
   */
  public Attended forward(Matrix keys, Matrix candidates, Groups groups, Choice choice, Matrix u) {
    input = input(keys, groups, choice, weigh.forward(candidates));
    return forward(u);
  }

  /**
   * {@link #forward(Matrix, Matrix, Groups, Beside, Matrix)} without anything beside the events,
   * where TA-2 chooses them by other keys than are then weighed and summed: k̂ in place of k, with
   * the same queries, recency bias and {@link AttentionOptions#latest}. The choice has no gradient,
   * so the backward pass is the same.
   *
   * @param choosing for each row of {@code keys} the key k̂ that it is chosen by [E, d]
   */
  public Attended forwardChosenBy(
      Matrix choosing, Matrix keys, Matrix candidates, Groups groups, Matrix u) {
    input =
        input(keys, candidates, groups, Beside.NOTHING, AttentionFold::forward)
            .searchedIn(choosing);
    return forward(u);
  }

  private Attended forward(Matrix u) {
    attended = attend(u);
    values.forward(attended.pooled(), u);
    clearEmpty(u);
    return attended;
  }

  /**
   * The same without a backward pass to come. Maps that follow each other are multiplied first, so
   * that a candidate passes one map to its scores and one from its heads:
   *
   * <pre>
   *   r_h = t (W_h^Q (W_h^K)ᵀ / √d) + b_h^Q (W_h^K)ᵀ / √d,   u = Σ_h pooled_h (W_h^V W_h^O) + b_O
   * </pre>
   */
  public Attended score(Matrix keys, Matrix candidates, Groups groups, Beside beside, Matrix u) {
    input = input(keys, candidates, groups, beside, AttentionFold::score);
    return score(u);
  }

  /** The same over events that something else has chosen. */
  public Attended score(Matrix keys, Matrix candidates, Groups groups, Choice choice, Matrix u) {
    input = input(keys, groups, choice, weigh.score(candidates));
    return score(u);
  }

  /**
   * The same over events that something else has chosen for each head by itself.
   *
   * @param choice at most K events for each candidate and head [C, H]
   */
  public Attended scoreOfHeads(
      Matrix keys, Matrix candidates, Groups groups, Choice choice, Matrix u) {
    Matrix folded = weigh.score(candidates);
    input = new AttentionInput(keys, folded, weigh.recency().value(), groups, topK).chosen(choice);
    return score(u);
  }

  private Attended score(Matrix u) {
    attended = attend(u);
    values.score(attended.pooled(), u);
    clearEmpty(u);
    return attended;
  }

  /**
   * What each head looks for: an event l scores {@code k_l · r_h}, plus its recency bias.
   *
   * @param candidates fused candidates [C, d]
   * @return r [C, H·d], valid until the next call
   */
  public Matrix headQueries(Matrix candidates) {
    return choose.score(candidates);
  }

  /**
   * What is added to the scores of a choice by ⌊log2 distance⌋ [H, buckets]; no columns for none.
   */
  public Matrix recency() {
    return choose.recency().value();
  }

  /**
   * The parameters will not move any more, for a model in use: what {@link #score} multiplies in
   * each call is multiplied once.
   */
  public void fix() {
    weigh.fix();
    choose.fix();
    values.fix();
  }

  private Attended attend(Matrix u) {
    return backend.attention().attend(input, scratch.matrix("pooled", u.rows(), heads * d));
  }

  private AttentionInput input(Matrix keys, Groups groups, Choice choice, Matrix folded) {
    return new AttentionInput(keys, folded, weigh.recency().value(), groups, topK)
        .chosen(choice.forHeads(heads));
  }

  private AttentionInput input(
      Matrix keys,
      Matrix candidates,
      Groups groups,
      Beside beside,
      BiFunction<AttentionFold, Matrix, Matrix> fold) {
    Matrix folded = fold.apply(weigh, candidates);
    AttentionInput plain = new AttentionInput(keys, folded, weigh.recency().value(), groups, topK);
    Matrix searching = folded;
    if (choose != weigh) {
      searching = fold.apply(choose, candidates);
      plain = plain.searchedBy(searching, choose.recency().value());
    }
    plain = plain.keeping(latest);
    if (beside.endKey >= 0) {
      plain = plain.withEnd(beside.endKey);
    }
    if (beside.padKey >= 0) {
      plain = plain.paddedTo(beside.length, padScores(keys, beside.padKey, searching));
    }
    return plain;
  }

  /** The choice score of the pad for each candidate and head [C, H]. */
  private Matrix padScores(Matrix keys, int padKey, Matrix searching) {
    int rows = searching.rows() * heads;
    Matrix scores = scratch.matrix("padScores", rows, 1);
    Matrix pad = keys.rows(padKey, padKey + 1).reshape(d, 1);
    backend.dense().product(searching.reshape(rows, d), pad, scores);
    return scores.reshape(searching.rows(), heads);
  }

  /**
   * Adds the gradients of the parameters, of {@code dKeys} [E, d] and of {@code dCandidates} [C,
   * d]. The projections of an own choice get none.
   */
  public void backward(Matrix du, Matrix dKeys, Matrix dCandidates) {
    int c = du.rows();
    clearEmpty(du);
    Matrix dPooled = scratch.zeros("dPooled", c, heads * d);
    values.backward(attended.pooled(), du, dPooled);
    Matrix dFolded = scratch.zeros("dFolded", c, heads * d);
    Matrix dRecency = weigh.recency().gradient();
    backend
        .attention()
        .attendBackward(
            input, attended, dPooled, new AttentionInput.Gradient(dKeys, dFolded, dRecency));
    weigh.backward(dFolded, dCandidates);
  }

  /** u = 0, and no gradient, where a candidate sees nothing. */
  private void clearEmpty(Matrix u) {
    if (input.endRow() < 0) {
      AttentionLayer.clearEmpty(input.groups(), u);
    }
  }
}
