package seminar.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.DoubleStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * L_align, which teaches the modalities of an event to resemble each other more than those of the
 * events around it (paper §3.3.1; our PSU-3).
 *
 * <pre>
 *   L_align = mean over pairs of modalities (m, m') and chunks c of
 *             ½ [ CE(x̂^m_c x̂^m'_cᵀ / τ, diagonal) + CE(its transpose, diagonal) ]
 * </pre>
 *
 * <p>Each history is cut from its start in chunks of {@code chunkLength} events; the last may be
 * shorter. Of a chunk those events count that have both modalities; a missing modality, or one
 * whose vector is zero, is left out and never a zero among the negatives. A chunk with fewer than
 * two such events gives no term. Other events of the same item are no negatives. The paper sums
 * over ordered pairs of modalities and over chunks, which makes the loss depend on the length of a
 * history; we take the mean and leave the rest to the weight of the loss.
 *
 * <p>Shapes: M modalities, U distinct items, E events, d dims. Cost: O(M² · E · chunkLength · d),
 * that is O(L² / N_ch) for one history. Unit: nats. Deterministic for any number of threads. Thread
 * safety: one thread at a time.
 *
 * @see <a href="https://proceedings.mlr.press/v139/radford21a.html">Radford et al. Learning
 *     transferable visual models from natural language supervision. ICML 2021</a>
 */
public final class AlignmentLoss {
  private final Backend backend;
  private final Workers workers;
  private final AlignmentOptions options;
  private final Scratch scratch = new Scratch();
  private final Deque<ChunkTerms> idle = new ConcurrentLinkedDeque<>();
  private UnitRows[] units = {};
  private int d;

  /** A loss whose chunks are shared out among these workers. */
  public AlignmentLoss(Backend backend, Workers workers, AlignmentOptions options) {
    this.backend = backend;
    this.workers = workers;
    this.options = options;
  }

  /** What the loss was made for. */
  public AlignmentOptions options() {
    return options;
  }

  /**
   * What the loss is.
   *
   * @param loss the mean of all terms; 0 where there are none
   * @param terms how many pairs of modalities and chunks there are
   * @param dTemperature derivative of the loss with respect to τ; that with respect to log(1/τ) is
   *     {@code −τ} times this
   */
  public record Value(double loss, int terms, double dTemperature) {}

  /** The events {@code [from, to)} of a batch. */
  record Chunk(int from, int to) {}

  /**
   * The loss; adds {@code weight} times its gradient to {@code dChannels}.
   *
   * @param temperature τ: that of the options, or the learned one
   * @param weight weight of this loss among others
   * @param dChannels gradient of each modality, M matrices [U, d]
   * @throws IllegalArgumentException if shapes disagree or τ is out of range
   * @throws ArithmeticException if the loss is not finite
   */
  public Value of(AlignmentInput input, double temperature, double weight, Matrix[] dChannels) {
    AlignmentOptions.checkTemperature(temperature);
    Checks.sameLength("dChannels", dChannels.length, "channels", input.channels().length);
    List<Chunk> chunks = chunks(input.histories(), options.chunkLength());
    findUnits(input.channels());
    int terms = count(input, chunks);
    if (terms == 0) {
      return new Value(0, 0, 0);
    }
    Matrix[] dEvents = new Matrix[units.length]; // gradients of the unit vectors of events [E, d]
    for (int m = 0; m < units.length; m++) {
      dEvents[m] = scratch.matrix("dEvents" + m, input.items().length, d);
    }
    Value value = sum(input, chunks, terms, temperature, weight, dEvents);
    if (!Double.isFinite(value.loss)) {
      throw new ArithmeticException(
          "the alignment loss is %s over %d terms: a vector is not finite; lower the learning rate"
              .formatted(value.loss, terms));
    }
    for (int m = 0; m < units.length; m++) {
      backward(input.channels()[m], input.histories().ids(), dEvents[m], dChannels[m]);
    }
    return value;
  }

  private void findUnits(Matrix[] channels) {
    if (units.length != channels.length || d != channels[0].cols()) {
      d = channels[0].cols();
      units = new UnitRows[channels.length];
      Arrays.setAll(units, m -> new UnitRows(backend, workers));
      idle.clear();
    }
    for (int m = 0; m < channels.length; m++) {
      units[m].of(channels[m], scratch);
    }
  }

  private int count(AlignmentInput input, List<Chunk> chunks) {
    int longest = chunks.stream().mapToInt(chunk -> chunk.to() - chunk.from()).max().orElse(0);
    int[] kept = new int[longest];
    int terms = 0;
    for (Chunk chunk : chunks) {
      for (int first = 0; first < units.length; first++) {
        for (int second = first + 1; second < units.length; second++) {
          terms += ChunkTerms.keep(input, units, chunk, first, second, kept) < 2 ? 0 : 1;
        }
      }
    }
    return terms;
  }

  /** All terms; a chunk belongs to one shard, and sums of shards are added in their order. */
  private Value sum(
      AlignmentInput input,
      List<Chunk> chunks,
      int terms,
      double temperature,
      double weight,
      Matrix[] dEvents) {
    double[] loss = new double[Workers.MAX_SHARDS];
    double[] slope = new double[Workers.MAX_SHARDS];
    workers.forEach(
        chunks.size(),
        (shard, from, to) -> {
          ChunkTerms memory = idle.pollFirst();
          if (memory == null) {
            memory = new ChunkTerms(units, options, d);
          }
          for (Chunk chunk : chunks.subList(from, to)) {
            loss[shard] += memory.of(input, chunk, temperature, weight / terms, dEvents);
            slope[shard] += memory.dTemperature();
          }
          idle.addFirst(memory);
        });
    return new Value(
        DoubleStream.of(loss).sum() / terms, terms, DoubleStream.of(slope).sum() / terms);
  }

  /** From events to rows, in the order of events, and from unit vectors to vectors. */
  private void backward(Matrix x, int[] rows, Matrix dEvents, Matrix dx) {
    Matrix gradient = scratch.zeros("gradient", x.rows(), d);
    backend.lookup().scatterAdd(dEvents, rows, gradient);
    backend.rowwise().unitRowsBackward(x, gradient, dx);
  }

  private static List<Chunk> chunks(Ragged histories, int length) {
    List<Chunk> chunks = new ArrayList<>();
    for (int b = 0; b < histories.size(); b++) {
      int end = histories.offsets()[b + 1];
      for (int from = histories.offsets()[b], to; from < end; from = to) {
        to = from + Math.min(length, end - from);
        chunks.add(new Chunk(from, to));
      }
    }
    return chunks;
  }
}
