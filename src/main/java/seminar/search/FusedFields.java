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
  private EncodedBatch encoded;
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
  public Attended forward(EncodedBatch given, Matrix u) {
    encoded = given;
    Choice choice = search.choose(encoded);
    List<Matrix> keys = encoded.keyFields();
    List<Matrix> candidates = encoded.candidateFields();
    Attended attended = null;
    for (int f = 0; f < FIELDS; f++) {
      interests[f] = scratch.matrix("u" + f, encoded.count(), d);
      attended =
          attentions[f].forward(
              keys.get(f + 1), candidates.get(f + 1), encoded.groups(), choice, interests[f]);
    }
    gate = scratch.matrix("gate", encoded.count(), FIELDS);
    backend.dense().linear(encoded.candidates(), map.value(), bias.value(), gate);
    backend.fusion().fuse(interests, everywhere(), gate, u);
    return attended;
  }

  private boolean[][] everywhere() {
    boolean[] all = new boolean[encoded.count()];
    Arrays.fill(all, true);
    return new boolean[][] {all, all};
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    int c = encoded.count();
    Matrix dGate = scratch.zeros("dGate", c, FIELDS);
    Matrix[] dInterests = {scratch.zeros("du0", c, d), scratch.zeros("du1", c, d)};
    backend.fusion().fuseBackward(interests, everywhere(), gate, du, dInterests, dGate);
    backend.dense().linearBackwardWeight(encoded.candidates(), dGate, map.gradient());
    backend.dense().linearBackwardBias(dGate, bias.gradient());
    backend.dense().linearBackwardInput(dGate, map.value(), gradient.candidates().getFirst());
    for (int f = 0; f < FIELDS; f++) {
      attentions[f].backward(
          dInterests[f], gradient.keys().get(f + 1), gradient.candidates().get(f + 1));
    }
  }
}
