package seminar.search;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.model.HistoryWindows;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.SequenceEncoder;

/**
 * What comes next in a history, whatever the candidate: the state of a self-attention after the
 * last event that a request sees, multiplied with each candidate (our SEQ-5).
 *
 * <pre>  SEQ-5  logit += s_g · t_c,   s_g: SequenceEncoder over the latest L events of request g
 * </pre>
 *
 * <p>The state does not depend on the candidate, so that thousands of them cost a product of two
 * matrices. An evaluation reads the L events before each request; in a step of training requests of
 * a history share what is read ({@link HistoryWindows}).
 *
 * <p>Shapes: E events, C candidates, W events in windows, d dims.
 */
final class SequenceBranch {
  private final Backend backend;
  private final SequenceEncoder encoder;
  private final int field;
  private final int d;
  private final int length;
  private final Scratch scratch = new Scratch();
  private HistoryWindows windows;
  private int[] stateOf; // of each candidate
  private Matrix states;
  private Matrix dStates;

  /**
   * Makes the parameters, named {@code sequence/...}.
   *
   * @param field which field of pairs it reads
   */
  SequenceBranch(Backend backend, Parameters parameters, int field, ModelOptions options) {
    this.backend = backend;
    this.field = field;
    d = options.dims();
    length = options.sequenceLength();
    encoder = new SequenceEncoder(backend, parameters, "sequence", length, d, options.sequence());
  }

  /** Which field of pairs it reads. */
  int field() {
    return field;
  }

  /** Adds {@code s · t} to the logits [C, 1]. */
  void forward(EncodedBatch encoded, Matrix logits) {
    windows = HistoryWindows.of(encoded.groups(), length, encoded.learning());
    int[] events = windows.events();
    stateOf = states(encoded.groups());
    Matrix window = scratch.matrix("window", events.length, d);
    backend.lookup().gather(keys(encoded), events, window);
    states = encoder.forward(window, windows.starts(), encoded.learning(), encoded.seed());
    dStates = encoded.learning() ? scratch.zeros("dStates", events.length, d) : null;
    Matrix user = scratch.matrix("user", encoded.count(), d);
    backend.lookup().gather(states, stateOf, user);
    Matrix product = scratch.matrix("product", encoded.count(), 1);
    backend.rowwise().rowDots(user, candidates(encoded), product);
    backend.rowwise().add(product, logits);
  }

  /** The place of the last event that each candidate's request sees, −1 for none [C]. */
  private int[] states(Groups groups) {
    int[] all = new int[groups.candidateCount()];
    for (int g = 0; g < groups.groupCount(); g++) {
      Arrays.fill(all, groups.candidates()[g], groups.candidates()[g + 1], windows.last(g));
    }
    return all;
  }

  private Matrix keys(EncodedBatch encoded) {
    return encoded.keyFields().get(field);
  }

  private Matrix candidates(EncodedBatch encoded) {
    return encoded.candidateFields().get(field);
  }

  /**
   * The states after these events of the batch [n, d], which a step of training has read.
   *
   * @param out receives them
   */
  void states(int[] of, Matrix out) {
    backend.lookup().gather(states, rows(of), out);
  }

  /** Adds the gradient of {@link #states}. */
  void statesBackward(int[] of, Matrix dOut) {
    backend.lookup().scatterAdd(dOut, rows(of), dStates);
  }

  /** Where events lie in the latest windows that have them. */
  private int[] rows(int[] of) {
    int[] events = windows.events();
    int[] places = new int[Arrays.stream(events).max().orElse(-1) + 1];
    for (int w = 0; w < events.length; w++) {
      places[events[w]] = w;
    }
    return Arrays.stream(of).map(event -> places[event]).toArray();
  }

  /** Adds what the gradient of the logits [C, 1] says of states and candidates. */
  void logitsBackward(Matrix dLogits, EncodedBatch encoded, EncodedBatch.Gradient gradient) {
    Matrix user = scratch.matrix("user", encoded.count(), d);
    Matrix dUser = scratch.zeros("dUser", encoded.count(), d);
    backend
        .rowwise()
        .rowDotsBackward(
            user, candidates(encoded), dLogits, dUser, gradient.candidates().get(field));
    backend.lookup().scatterAdd(dUser, stateOf, dStates);
  }

  /** Adds the gradients of the parameters and of events, once all of the states' are known. */
  void backward(EncodedBatch.Gradient gradient) {
    Matrix dWindow = encoder.backward(dStates);
    backend.lookup().scatterAdd(dWindow, windows.events(), gradient.keys().get(field));
  }
}
