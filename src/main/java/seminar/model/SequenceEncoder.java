package seminar.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import seminar.compute.Backend;
import seminar.compute.Dropout;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Rng;

/**
 * What a user has come to after each event: causal self-attention over histories, as in SASRec.
 *
 * <pre>
 *   SEQ-1  x_e = dropout(√d k_e + p_{n−e})                    p: a vector for each distance to the end
 *   SEQ-2  y = x + dropout(SA(norm(x)))                       SequenceBlock
 *   SEQ-3  x' = y + dropout(relu(norm(y) W_1 + b_1) W_2 + b_2)
 *   SEQ-4  s = norm(x) after the last layer
 * </pre>
 *
 * <p>A history is what lies between two positions of {@code starts}; event e of it sees itself and
 * those before it. Nothing is padded. Dropout is drawn from the stream {@code sequence/dropout} of
 * the seed of a step and is gone in evaluations.
 *
 * <p>Shapes: E events, d dims; k, s [E, d]; p [L, d]. Cost of an event in a layer: {@code 5·d²}
 * multiplications and {@code n·d} on the average of its history's n events, three times as much
 * with the backward pass.
 *
 * @see <a href="https://arxiv.org/abs/1808.09781">Kang, McAuley. Self-attentive sequential
 *     recommendation. ICDM 2018</a>
 */
public final class SequenceEncoder {
  private final Backend backend;
  private final int d;
  private final double rate;
  private final Parameter positions;
  private final List<SequenceBlock> blocks = new ArrayList<>();
  private final Norm last;
  private final Scratch scratch = new Scratch();
  private List<Matrix> inputs; // of each block, and of the last norm
  private int[] distances;
  private Dropout first;

  /**
   * Makes the parameters, named {@code name/...}.
   *
   * @param longest the most events of a history, L
   */
  public SequenceEncoder(
      Backend backend,
      Parameters parameters,
      String name,
      int longest,
      int dims,
      SequenceOptions options) {
    this.backend = backend;
    d = dims;
    rate = options.dropout();
    positions = parameters.dense(name + "/position", longest, d, 1 / Math.sqrt(longest + d));
    for (int j = 1; j <= options.layers(); j++) {
      blocks.add(new SequenceBlock(backend, parameters, name + "/" + j, d, options.heads()));
    }
    last = new Norm(backend, parameters, name + "/norm", d);
  }

  /**
   * The state after each event.
   *
   * @param events k, overwritten; it holds x afterwards, which is kept until the backward pass [E,
   *     d]
   * @param starts B + 1 rising positions: history b is the events {@code [starts[b], starts[b +
   *     1])}, at most L
   * @param learning whether something is dropped and a backward pass follows
   * @param seed of what is dropped
   * @return s [E, d], valid until the next call
   */
  public Matrix forward(Matrix events, int[] starts, boolean learning, long seed) {
    SplittableRandom seeds = Rng.stream("sequence/dropout", seed);
    double dropped = learning ? rate : 0;
    first = new Dropout(seeds.nextLong(), dropped);
    distances = distances(starts);
    backend.rowwise().scale((float) Math.sqrt(d), events);
    Matrix places = scratch.matrix("places", events.rows(), d);
    backend.lookup().gather(positions.value(), distances, places);
    backend.rowwise().add(places, events);
    backend.rowwise().dropout(first, events);
    inputs = new ArrayList<>(List.of(events));
    for (SequenceBlock block : blocks) {
      inputs.add(block.forward(inputs.getLast(), starts, dropped, seeds));
    }
    return last.forward(inputs.getLast());
  }

  /** How many events of its history come after each event [E]. */
  private static int[] distances(int[] starts) {
    int[] distances = new int[starts[starts.length - 1]];
    for (int b = 0; b + 1 < starts.length; b++) {
      int end = starts[b + 1];
      for (int e = starts[b]; e < end; e++) {
        distances[e] = end - 1 - e;
      }
    }
    return distances;
  }

  /**
   * Adds the gradients of the parameters.
   *
   * @param dStates gradient of s [E, d]
   * @return the gradient of k [E, d], valid until the next call
   */
  public Matrix backward(Matrix dStates) {
    Matrix dx = scratch.zeros("dx", dStates.rows(), d);
    last.backward(inputs.getLast(), dStates, dx);
    for (int j = blocks.size() - 1; j >= 0; j--) {
      blocks.get(j).backward(inputs.get(j), dx);
    }
    backend.rowwise().dropout(first, dx);
    backend.lookup().scatterAdd(dx, distances, positions.gradient());
    backend.rowwise().scale((float) Math.sqrt(d), dx);
    return dx;
  }
}
