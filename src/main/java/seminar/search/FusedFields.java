package seminar.search;

import java.util.Arrays;
import java.util.List;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.model.TargetAttention;

/**
 * QIN's fused attention unit: the chosen events are attended to field by field, by what they are
 * (id and attributes) and by what is in them (text, picture and query), and the two interests are
 * mixed for each candidate.
 *
 * <pre>
 *   QIN-1  u_f = attention over the chosen events, keys and candidates of field f
 *   QIN-2  u = Σ_f g_f u_f,   g = softmax(t A + c)
 * </pre>
 *
 * <p>The paper mixes by how much a user engages with each field; here the candidate decides
 * (docs/DEPARTURES.md). Shapes: A [d, 2], c [1, 2]; field 0 is the whole pair, 1 and 2 are these.
 *
 * @see <a href="https://doi.org/10.1145/3583780.3614742">Guo et al. QIN. CIKM 2023</a>
 */
final class FusedFields implements Interest {
  private static final int FIELDS = 2;

  private final Backend backend;
  private final int d;
  private final EventSearch search;
  private final TargetAttention[] attentions = new TargetAttention[FIELDS];
  private final Parameter map;
  private final Parameter bias;
  private final Scratch scratch = new Scratch();
  private final Matrix[] interests = new Matrix[FIELDS];
  private Moments moments;
  private Matrix gate;

  FusedFields(Backend backend, Parameters parameters, EventSearch search, ModelOptions options) {
    this.backend = backend;
    this.search = search;
    d = options.dims();
    attentions[0] = new TargetAttention(backend, parameters, "attention/attributes", options);
    attentions[1] = new TargetAttention(backend, parameters, "attention/content", options);
    map = parameters.dense("attention/fields", d, FIELDS, 0);
    bias = parameters.dense("attention/fieldsBias", 1, FIELDS, 0);
  }

  @Override
  public Attended forward(Moments given, Matrix u) {
    moments = given;
    Choice choice = search.choose(moments);
    List<Matrix> keys = moments.keys();
    List<Matrix> candidates = moments.candidates();
    Attended attended = null;
    for (int f = 0; f < FIELDS; f++) {
      interests[f] = scratch.matrix("u" + f, moments.count(), d);
      attended =
          attentions[f].forward(
              keys.get(f + 1), candidates.get(f + 1), moments.groups(), choice, interests[f]);
    }
    gate = scratch.matrix("gate", moments.count(), FIELDS);
    backend.linear(moments.targets(), map.value(), bias.value(), gate);
    backend.fuse(interests, everywhere(), gate, u);
    return attended;
  }

  private boolean[][] everywhere() {
    boolean[] all = new boolean[moments.count()];
    Arrays.fill(all, true);
    return new boolean[][] {all, all};
  }

  @Override
  public void backward(Matrix du, Moments.Gradient gradient) {
    int c = moments.count();
    Matrix dGate = scratch.zeros("dGate", c, FIELDS);
    Matrix[] dInterests = {scratch.zeros("du0", c, d), scratch.zeros("du1", c, d)};
    backend.fuseBackward(interests, everywhere(), gate, du, dInterests, dGate);
    backend.linearBackwardWeight(moments.targets(), dGate, map.gradient());
    backend.linearBackwardBias(dGate, bias.gradient());
    backend.linearBackwardInput(dGate, map.value(), gradient.candidates().getFirst());
    for (int f = 0; f < FIELDS; f++) {
      attentions[f].backward(
          dInterests[f], gradient.keys().get(f + 1), gradient.candidates().get(f + 1));
    }
  }
}
