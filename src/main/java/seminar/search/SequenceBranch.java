package seminar.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
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
 * matrices. An evaluation reads the L events before each request; a step of training reads the
 * latest L of each history once, and the states of all its requests lie among theirs.
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
  private int[] events; // of the windows
  private int[] places; // of an event in the windows, -1 for none
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
    Groups groups = encoded.groups();
    int[] starts = encoded.learning() ? byHistory(groups) : byRequest(groups);
    Matrix window = scratch.matrix("window", events.length, d);
    backend.lookup().gather(keys(encoded), events, window);
    states = encoder.forward(window, starts, encoded.learning(), encoded.seed());
    dStates = encoded.learning() ? scratch.zeros("dStates", events.length, d) : null;
    Matrix user = scratch.matrix("user", encoded.count(), d);
    backend.lookup().gather(states, stateOf, user);
    Matrix product = scratch.matrix("product", encoded.count(), 1);
    backend.rowwise().rowDots(user, candidates(encoded), product);
    backend.rowwise().add(product, logits);
  }

  private Matrix keys(EncodedBatch encoded) {
    return encoded.keyFields().get(field);
  }

  private Matrix candidates(EncodedBatch encoded) {
    return encoded.candidateFields().get(field);
  }

  /** One window for each history: its latest L events. */
  private int[] byHistory(Groups groups) {
    int[] firsts = new int[groups.historyCount()];
    int[] ends = new int[firsts.length];
    for (int b = 0; b < firsts.length; b++) {
      int from = groups.histories()[b];
      int to = groups.histories()[b + 1];
      ends[b] = from == to ? 0 : groups.keyTo()[to - 1];
      firsts[b] = from == to ? 0 : Math.max(groups.keyFrom()[from], ends[b] - length);
    }
    int[] starts = windows(firsts, ends);
    places = new int[Arrays.stream(ends).max().orElse(0)];
    Arrays.fill(places, -1);
    for (int w = 0; w < events.length; w++) {
      places[events[w]] = w;
    }
    stateOf = new int[groups.candidateCount()];
    for (int g = 0; g < groups.groupCount(); g++) {
      fill(groups, g, groups.events(g) == 0 ? -1 : places[groups.keyTo()[g] - 1]);
    }
    return starts;
  }

  /** One window for each request: the latest L events before it. */
  private int[] byRequest(Groups groups) {
    int[] firsts = new int[groups.groupCount()];
    Arrays.setAll(firsts, g -> Math.max(groups.keyFrom()[g], groups.keyTo()[g] - length));
    int[] starts = windows(firsts, groups.keyTo());
    stateOf = new int[groups.candidateCount()];
    for (int g = 0; g < groups.groupCount(); g++) {
      fill(groups, g, starts[g] == starts[g + 1] ? -1 : starts[g + 1] - 1);
    }
    return starts;
  }

  private void fill(Groups groups, int g, int state) {
    Arrays.fill(stateOf, groups.candidates()[g], groups.candidates()[g + 1], state);
  }

  private int[] windows(int[] firsts, int[] ends) {
    int[] starts = new int[firsts.length + 1];
    for (int i = 0; i < firsts.length; i++) {
      starts[i + 1] = starts[i] + ends[i] - firsts[i];
    }
    events =
        IntStream.range(0, firsts.length)
            .flatMap(i -> IntStream.range(firsts[i], ends[i]))
            .toArray();
    return starts;
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

  private int[] rows(int[] of) {
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
    backend.lookup().scatterAdd(dWindow, events, gradient.keys().get(field));
  }
}
