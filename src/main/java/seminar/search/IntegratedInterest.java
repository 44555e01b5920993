package seminar.search;

import java.util.Arrays;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.model.HistoryWindows;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.model.SequenceEncoder;
import seminar.model.SequenceOptions;

/**
 * USER: what somebody typed and what somebody opened are one sequence, in which a query stands
 * before the item that it led to; the state of a self-attention after the last event is the
 * interest, the same for every candidate.
 *
 * <pre>
 *   USR-1  x = …, y^Q_e + p_0, item_e + p_1, …       for an event with a query; item_e + p_2 without
 *   USR-2  s = SequenceEncoder of x
 *   USR-3  u_c = s after the last item that the request sees; 0 where it sees none
 * </pre>
 *
 * <p>The click head compares u with the candidate, whose pair has the query that was typed where
 * one was: recommendation and search are the same model. Shapes: E events, C candidates, n places
 * of the sequences, d dims; p [3, d].
 *
 * @see <a href="https://doi.org/10.1145/3459637.3482489">Yao et al. USER: A Unified Information
 *     Search and Recommendation Model based on Integrated Behavior Sequence. CIKM 2021</a>
 */
final class IntegratedInterest implements Interest {
  /** The field of items without their queries, and that of queries alone. */
  static final int ITEMS = 1;

  static final int QUERIES = 2;
  private static final int KINDS = 3;
  private static final int ASKED = 0;
  private static final int FOUND = 1;
  private static final int BROWSED = 2;

  private final Backend backend;
  private final int d;
  private final int length;
  private final Parameter kinds;
  private final SequenceEncoder encoder;
  private final Scratch scratch = new Scratch();
  private int[] itemOf; // event whose item stands at a place, −1 for a query
  private int[] queryOf;
  private int[] kindOf;
  private int[] stateOf; // place of each candidate, −1 for none

  /** Makes the parameters, named {@code sequence/user/...}. */
  IntegratedInterest(
      Backend backend, Parameters parameters, Method.User user, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    length = options.sequenceLength();
    kinds = parameters.dense("sequence/user/kind", KINDS, d, 1 / Math.sqrt(d));
    SequenceOptions layers =
        SequenceOptions.none()
            .withLayers(user.layers())
            .withHeads(user.heads())
            .withDropout(user.dropout());
    encoder = new SequenceEncoder(backend, parameters, "sequence/user", 2 * length, d, layers);
  }

  @Override
  public Attended forward(EncodedBatch encoded, Matrix u) {
    int[] starts = lay(encoded);
    int n = itemOf.length;
    Matrix x = scratch.matrix("x", n, d);
    Matrix more = scratch.matrix("more", n, d);
    backend.lookup().gather(encoded.keyFields().get(ITEMS), itemOf, x);
    backend.lookup().gather(encoded.keyFields().get(QUERIES), queryOf, more);
    backend.rowwise().add(more, x);
    backend.lookup().gather(kinds.value(), kindOf, more);
    backend.rowwise().add(more, x);
    Matrix states = encoder.forward(x, starts, encoded.learning(), encoded.seed());
    backend.lookup().gather(states, stateOf, u);
    return new Attended(1, 0, new int[u.rows()], new int[0], new float[0], u);
  }

  /** Lays queries and items beside each other; returns where the sequences start. */
  private int[] lay(EncodedBatch encoded) {
    Groups groups = encoded.groups();
    HistoryWindows windows = HistoryWindows.of(groups, length, encoded.learning());
    int[] events = windows.events();
    int[] queries = encoded.batch().queries();
    int[] itemAt = new int[events.length]; // place of the item of the i-th event
    int n = 0;
    for (int i = 0; i < events.length; i++) {
      n += queries[events[i]] == 0 ? 1 : 2;
      itemAt[i] = n - 1;
    }
    itemOf = new int[n];
    queryOf = new int[n];
    kindOf = new int[n];
    Arrays.fill(itemOf, -1);
    Arrays.fill(queryOf, -1);
    for (int i = 0; i < events.length; i++) {
      boolean asked = queries[events[i]] != 0;
      itemOf[itemAt[i]] = events[i];
      kindOf[itemAt[i]] = asked ? FOUND : BROWSED;
      if (asked) {
        queryOf[itemAt[i] - 1] = events[i];
        kindOf[itemAt[i] - 1] = ASKED;
      }
    }
    stateOf = new int[groups.candidateCount()];
    for (int g = 0; g < groups.groupCount(); g++) {
      int last = windows.last(g);
      Arrays.fill(
          stateOf,
          groups.candidates()[g],
          groups.candidates()[g + 1],
          last < 0 ? -1 : itemAt[last]);
    }
    int[] starts = windows.starts().clone();
    Arrays.setAll(starts, w -> starts[w] == 0 ? 0 : itemAt[starts[w] - 1] + 1);
    return starts;
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    Matrix dStates = scratch.zeros("dStates", itemOf.length, d);
    backend.lookup().scatterAdd(du, stateOf, dStates);
    Matrix dx = encoder.backward(dStates);
    backend.lookup().scatterAdd(dx, itemOf, gradient.keys().get(ITEMS));
    backend.lookup().scatterAdd(dx, queryOf, gradient.keys().get(QUERIES));
    backend.lookup().scatterAdd(dx, kindOf, kinds.gradient());
  }
}
