package seminar.model;

import java.util.ArrayList;
import java.util.List;
import seminar.compute.Attended;
import seminar.compute.AttentionInput;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Rng;

/**
 * The interest of a user in a candidate, from events met while browsing and events found by search,
 * each history with a self-attention of its own, and from those that the two have in common and
 * those they have not (SESRec).
 *
 * <pre>
 *   SES-1  r = SequenceEncoder of the pairs without a query,  s = another of those with one
 *   SES-2 to SES-4   CoAttention: similar and different events of both, and the loss that parts them
 *   SES-5  v = Σ softmax((t M) · x / √d) x   over all, the similar and the different x of r, and of s
 *   SES-6  u = [v_1 ; … ; v_6] U
 * </pre>
 *
 * <p>Shapes: E events, C candidates, d dims; M [d, d] for each history, U [6 d, d]. Near the
 * identity M is the identity and u the mean.
 *
 * @see <a href="https://arxiv.org/abs/2305.10822">Si et al. When search meets recommendation:
 *     learning disentangled search representation for recommendation. SIGIR 2023</a>
 */
public final class DisentangledHistories {
  private static final int PARTS = 3; // all, similar, different

  private final Backend backend;
  private final int d;
  private final int length;
  private final History browsed;
  private final History searched;
  private final CoAttention coAttention;
  private final Parameter output;
  private final Scratch scratch = new Scratch();
  private List<Matrix> interests;

  /** One of the two histories on its way to three interests. */
  private final class History {
    private final boolean searching;
    private final SequenceEncoder encoder;
    private final Parameter look;
    private final Scratch own = new Scratch();
    private final AttentionInput[] inputs = new AttentionInput[PARTS];
    private final Attended[] attended = new Attended[PARTS];
    private HistoryWindows windows;
    private Matrix states;
    private Matrix candidates;

    History(Parameters parameters, boolean searching, SequenceOptions layers, boolean near) {
      this.searching = searching;
      String name = "sequence/sesrec/" + (searching ? "search" : "recommendation");
      encoder = new SequenceEncoder(backend, parameters, name, length, d, layers);
      look =
          parameters.identities(name + "/look", 1, d, near ? 1 : 0, near ? 0.02 : 1 / Math.sqrt(d));
    }

    void encode(HistoryWindows of, Matrix keys, boolean learning, long seed) {
      windows = of;
      Matrix x = own.matrix("x", of.events().length, d);
      backend.lookup().gather(keys, of.events(), x);
      states = encoder.forward(x, of.starts(), learning, seed);
    }

    void attend(Groups requests, Matrix t, List<Matrix> out) {
      candidates = t;
      Matrix folded = own.matrix("folded", t.rows(), d);
      backend.dense().product(t, look.value(), folded);
      backend.rowwise().scale((float) (1 / Math.sqrt(d)), folded);
      Groups seen = windows.groups(requests);
      int most = Math.max(1, seen.mostEvents());
      for (int part = 0; part < PARTS; part++) {
        inputs[part] =
            new AttentionInput(states, folded, Matrix.zeros(1, 0), seen, most)
                .chosen(choice(seen, part, most));
        Matrix v = own.matrix("v" + part, t.rows(), d);
        attended[part] = backend.attention().attend(inputs[part], v);
        out.add(v);
      }
    }

    /** The events of a part; all where it would have none. */
    private Choice choice(Groups seen, int part, int most) {
      int[] kept = new int[seen.candidateCount()];
      int[] selected = new int[Math.multiplyExact(kept.length, most)];
      for (int g = 0; g < seen.groupCount(); g++) {
        boolean[] similar = coAttention.similar(searching, g);
        int[] events = new int[similar.length];
        int n = 0;
        for (int i = 0; i < similar.length; i++) {
          if (part == 0 || similar[i] == (part == 1)) {
            events[n++] = seen.keyFrom()[g] + i;
          }
        }
        for (int i = 0; n < similar.length && isEmpty(similar, part) && i < similar.length; i++) {
          events[n++] = seen.keyFrom()[g] + i;
        }
        for (int c = seen.candidates()[g]; c < seen.candidates()[g + 1]; c++) {
          kept[c] = n;
          System.arraycopy(events, 0, selected, c * most, n);
        }
      }
      return new Choice(kept, selected);
    }

    private boolean isEmpty(boolean[] similar, int part) {
      boolean empty = true;
      for (boolean one : similar) {
        empty &= part != 0 && one != (part == 1);
      }
      return empty;
    }

    /** Adds the gradients of candidates and look; returns that of the states. */
    Matrix backward(List<Matrix> dInterests, Matrix dCandidates) {
      Matrix dStates = own.zeros("dStates", states.rows(), d);
      Matrix dFolded = own.zeros("dFolded", candidates.rows(), d);
      for (int part = 0; part < PARTS; part++) {
        AttentionInput.Gradient gradient =
            new AttentionInput.Gradient(dStates, dFolded, Matrix.zeros(1, 0));
        backend
            .attention()
            .attendBackward(inputs[part], attended[part], dInterests.get(part), gradient);
      }
      backend.rowwise().scale((float) (1 / Math.sqrt(d)), dFolded);
      backend.dense().linearBackwardWeight(candidates, dFolded, look.gradient());
      backend.dense().linearBackwardInput(dFolded, look.value(), dCandidates);
      return dStates;
    }

    void backwardStates(Matrix dStates, Matrix dKeys) {
      backend.lookup().scatterAdd(encoder.backward(dStates), windows.events(), dKeys);
    }
  }

  /**
   * Makes the parameters, named {@code sequence/sesrec/...}.
   *
   * @param layers of both self-attentions
   * @param margin of the loss that parts similar from different events
   */
  public DisentangledHistories(
      Backend backend,
      Parameters parameters,
      SequenceOptions layers,
      double margin,
      ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    length = options.sequenceLength();
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    browsed = new History(parameters, false, layers, near);
    searched = new History(parameters, true, layers, near);
    coAttention = new CoAttention(backend, parameters, "sequence/sesrec", d, margin);
    int joined = 2 * PARTS;
    double noise = near ? 0.02 : 1 / Math.sqrt(3.0 * joined * d);
    output =
        parameters.identities("sequence/sesrec/output", joined, d, near ? 1.0 / joined : 0, noise);
  }

  /**
   * The interest of each candidate.
   *
   * @param batch which events have a query, and who sees what
   * @param keys fused events [E, d]
   * @param t fused candidates [C, d]; kept until the backward pass
   * @param learning whether a backward pass follows
   * @param seed of what is dropped
   * @param u receives [C, d]
   */
  public void forward(Batch batch, Matrix keys, Matrix t, boolean learning, long seed, Matrix u) {
    HistoryWindows windows = HistoryWindows.of(batch.groups(), length, learning);
    browsed.encode(windows.only(event -> batch.queries()[event] == 0), keys, learning, seed);
    searched.encode(
        windows.only(event -> batch.queries()[event] != 0),
        keys,
        learning,
        Rng.stream("sesrec/search", seed).nextLong());
    coAttention.forward(browsed.windows, browsed.states, searched.windows, searched.states);
    interests = new ArrayList<>();
    browsed.attend(batch.groups(), t, interests);
    searched.attend(batch.groups(), t, interests);
    QueryStep.joined(backend, interests, output, u);
  }

  /**
   * Adds the gradients of the parameters, of {@code dKeys} [E, d] and of {@code dCandidates} [C,
   * d].
   *
   * @param du gradient of the interest [C, d]
   * @param weight of the loss that parts similar from different events
   * @return that loss
   */
  public double backward(Matrix du, double weight, Matrix dKeys, Matrix dCandidates) {
    List<Matrix> dInterests = new ArrayList<>();
    for (int part = 0; part < interests.size(); part++) {
      dInterests.add(scratch.zeros("dv" + part, du.rows(), d));
    }
    QueryStep.joinedBackward(backend, interests, output, du, dInterests);
    Matrix dBrowsed = browsed.backward(dInterests.subList(0, PARTS), dCandidates);
    Matrix dSearched = searched.backward(dInterests.subList(PARTS, 2 * PARTS), dCandidates);
    double loss = coAttention.backward(weight, dBrowsed, dSearched);
    browsed.backwardStates(dBrowsed, dKeys);
    searched.backwardStates(dSearched, dKeys);
    return loss;
  }
}
