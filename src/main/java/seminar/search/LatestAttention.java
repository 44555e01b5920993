package seminar.search;

import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.model.AttentionOptions;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.TargetAttention;

/**
 * The short-term interest u_S: target attention over the latest S events that a candidate sees, all
 * of them where there are fewer, with parameters of its own (our ST-1). Nothing is chosen, so a
 * candidate costs S events, however long its history.
 *
 * <pre>
 *   ST-1  u_S = attention of t to k_{n−S+1} … k_n,   TA-1, TA-3 and TA-4 with K = S
 * </pre>
 *
 * <p>SIM, TWIN, ETA and SDIM have a short term beside the long-term interest in their own papers,
 * SEMINAR's paper has none (docs/DEPARTURES.md).
 *
 * @see <a href="https://doi.org/10.1145/3340531.3412744">Pi et al. SIM. CIKM 2020</a>
 */
final class LatestAttention implements Interest {
  private final TargetAttention attention;
  private final int events;

  /** Makes the parameters, named {@code shortTerm/...}; S is {@link ModelOptions#shortTerm}. */
  LatestAttention(Backend backend, Parameters parameters, ModelOptions options) {
    events = options.shortTerm();
    AttentionOptions plain =
        options.attention().withTopK(events).withStages(AttentionOptions.Stages.SHARED);
    attention = new TargetAttention(backend, parameters, "shortTerm", options.withAttention(plain));
  }

  @Override
  public Attended forward(EncodedBatch encoded, Matrix u) {
    TargetAttention.Pass pass = encoded.learning() ? attention::forward : attention::score;
    return pass.attend(
        encoded.pairs(),
        encoded.candidates(),
        encoded.groups().latest(events),
        TargetAttention.Beside.NOTHING,
        u);
  }

  @Override
  public void fix() {
    attention.fix();
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    attention.backward(du, gradient.keys().getFirst(), gradient.candidates().getFirst());
  }
}
