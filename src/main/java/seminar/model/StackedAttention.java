package seminar.model;

import java.util.ArrayList;
import java.util.List;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Checks;

/**
 * Stacked target-to-history cross attention (STCA): the target attends to all events, and with what
 * it saw it attends again; nothing is chosen, and events never attend to each other.
 *
 * <pre>
 *   STCA-1  o_j = attention of q_j over all L events: TA-1, TA-3, TA-4 with all of them for I_h
 *   STCA-2  m_j = [t ; o_1 ; … ; o_j] M_j
 *   STCA-3  f_j = m_j + relu(m_j W_1 + b_1) W_2 + b_2
 *   STCA-4  q_1 = t,   q_{j+1} = √d f_j / ‖f_j‖
 *   STCA-5  u = [o_1 ; … ; o_J] U,   or o_1 where J = 1;   u = 0 where there are no events
 * </pre>
 *
 * <p>Near the identity M_j and U take means, so that one layer begins as target attention with K =
 * L, and several as the mean of that and of what target and history together look for. What the
 * paper has otherwise stands in docs/DEPARTURES.md.
 *
 * <p>Cost of a candidate and layer: {@code 2·H·L·d} multiplications forward and {@code 5·H·L·d}
 * backward, linear in L, beside {@code (4·H + j)·d² + 2·d·hidden} that do not depend on L. Memory:
 * nothing of size L is kept for a candidate ({@link Backend.Attention#attendAll}).
 *
 * <p>Shapes: E keys, C candidates, J layers, H heads of full width d.
 *
 * @see <a href="https://arxiv.org/abs/2511.06077">Guan et al. Make It Long, Keep It Fast. 2025</a>
 */
public final class StackedAttention {
  private final Backend backend;
  private final int d;
  private final List<AttentionLayer> layers = new ArrayList<>();
  private final List<QueryStep> steps = new ArrayList<>(); // one before each layer but the first
  private final Parameter output; // no rows for one layer
  private final Scratch scratch = new Scratch();
  private List<Matrix> seen; // t, o_1, …, o_J

  /**
   * Makes the parameters, named {@code stca/LAYER/...} and {@code stca/output}.
   *
   * @param count J
   * @param hidden width of the feed-forward layers
   */
  public StackedAttention(
      Backend backend, Parameters parameters, int count, int hidden, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    for (int j = 1; j <= Checks.atLeast(1, "layers J", count); j++) {
      String name = "stca/" + j;
      if (j > 1) {
        steps.add(new QueryStep(backend, parameters, name, j, hidden, options));
      }
      layers.add(new AttentionLayer(backend, parameters, name, options));
    }
    int joined = count > 1 ? count : 0;
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    double noise = near ? AttentionValues.NOISE : 1 / Math.sqrt(3.0 * count * d);
    output = parameters.identities("stca/output", joined, d, near ? 1.0 / count : 0, noise);
  }

  /**
   * The interest of each candidate.
   *
   * @param keys fused events [E, d]; kept until the backward pass
   * @param candidates fused candidates [C, d]; kept until the backward pass
   * @param groups who sees what
   * @param learning whether a backward pass follows; if not, maps that follow each other are
   *     multiplied first
   * @param u receives [C, d]
   */
  public void forward(Matrix keys, Matrix candidates, Groups groups, boolean learning, Matrix u) {
    int c = candidates.rows();
    seen = new ArrayList<>(List.of(candidates));
    for (int j = 0; j < layers.size(); j++) {
      Matrix q = candidates;
      if (j > 0) {
        q = scratch.matrix("q" + j, c, d);
        steps.get(j - 1).forward(seen, q);
      }
      Matrix o = layers.size() == 1 ? u : scratch.matrix("o" + j, c, d);
      layers.get(j).forward(keys, q, groups, learning, o);
      seen.add(o);
    }
    if (layers.size() > 1) {
      QueryStep.joined(backend, seen.subList(1, seen.size()), output, u);
    }
  }

  /**
   * The weights that the last layer gave to all events in the pass before. They take C · H · L
   * places, so ask for few candidates at a time.
   */
  public Attended weights() {
    return layers.getLast().weights();
  }

  /**
   * Adds the gradients of the parameters, of {@code dKeys} [E, d] and of {@code dCandidates} [C,
   * d].
   *
   * @param du gradient of the interest [C, d]; may be overwritten
   */
  public void backward(Matrix du, Matrix dKeys, Matrix dCandidates) {
    int c = du.rows();
    List<Matrix> dSeen = new ArrayList<>(List.of(dCandidates));
    for (int j = 0; j < layers.size(); j++) {
      dSeen.add(layers.size() == 1 ? du : scratch.zeros("do" + j, c, d));
    }
    if (layers.size() > 1) {
      int end = seen.size();
      QueryStep.joinedBackward(backend, seen.subList(1, end), output, du, dSeen.subList(1, end));
    }
    for (int j = layers.size() - 1; j >= 0; j--) {
      Matrix dq = j == 0 ? dCandidates : scratch.zeros("dq", c, d);
      layers.get(j).backward(dSeen.get(j + 1), dKeys, dq);
      if (j > 0) {
        steps.get(j - 1).backward(dq, dSeen.subList(0, j + 1));
      }
    }
  }
}
