package seminar.loss;

import java.util.ArrayList;
import java.util.List;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.loss.Contrast.Side;
import seminar.math.Checks;
import seminar.math.Vectors;
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

  /** A loss whose chunks are shared out among these workers. */
  public AlignmentLoss(Backend backend, Workers workers, AlignmentOptions options) {
    this.backend = backend;
    this.workers = workers;
    this.options = options;
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
  private record Chunk(int from, int to) {}

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
    Work work = new Work(input);
    int terms = work.count();
    Value value = terms == 0 ? new Value(0, 0, 0) : work.run(terms, temperature, weight);
    if (!Double.isFinite(value.loss)) {
      throw new ArithmeticException(
          "the alignment loss is %s over %d terms: a vector is not finite; lower the learning rate"
              .formatted(value.loss, terms));
    }
    if (terms > 0) {
      work.backward(dChannels);
    }
    return value;
  }

  /** One call. */
  private final class Work {
    private final AlignmentInput input;
    private final int modalities;
    private final int d;
    private final int[] rows;
    private final List<Chunk> chunks;
    private final UnitRows[] units;
    private final float[][] dEvents;

    Work(AlignmentInput input) {
      this.input = input;
      modalities = input.channels().length;
      d = input.channels()[0].cols();
      rows = input.histories().ids();
      chunks = chunks(input.histories(), options.chunkLength());
      units = new UnitRows[modalities];
      dEvents = new float[modalities][];
      workers.forEach(
          modalities,
          (shard, from, to) -> {
            for (int m = from; m < to; m++) {
              units[m] = new UnitRows(input.channels()[m]);
              dEvents[m] = new float[Math.multiplyExact(rows.length, d)];
            }
          });
    }

    /** How many terms there are. */
    int count() {
      int terms = 0;
      int[] kept = new int[options.chunkLength()];
      for (Chunk chunk : chunks) {
        for (int first = 0; first < modalities; first++) {
          for (int second = first + 1; second < modalities; second++) {
            terms += keep(chunk, first, second, kept) < 2 ? 0 : 1;
          }
        }
      }
      return terms;
    }

    /** The events of a chunk that have both modalities. */
    private int keep(Chunk chunk, int first, int second, int[] kept) {
      int n = 0;
      for (int event = chunk.from; event < chunk.to; event++) {
        if (has(first, rows[event]) && has(second, rows[event])) {
          kept[n++] = event;
        }
      }
      return n;
    }

    private boolean has(int modality, int row) {
      return input.present()[modality][row] && !units[modality].isZero(row);
    }

    /** All terms; a chunk belongs to one shard, and sums of shards are added in their order. */
    Value run(int terms, double temperature, double weight) {
      double[] loss = new double[Workers.MAX_SHARDS];
      double[] slope = new double[Workers.MAX_SHARDS];
      workers.forEach(
          chunks.size(),
          (shard, from, to) -> {
            Contrast contrast = new Contrast(backend, options.target(), d);
            for (Chunk chunk : chunks.subList(from, to)) {
              Value value = chunk(contrast, chunk, temperature, weight / terms);
              loss[shard] += value.loss;
              slope[shard] += value.dTemperature;
            }
          });
      double sum = 0;
      double slopes = 0;
      for (int shard = 0; shard < loss.length; shard++) {
        sum += loss[shard];
        slopes += slope[shard];
      }
      return new Value(sum / terms, terms, slopes / terms);
    }

    private Value chunk(Contrast contrast, Chunk chunk, double temperature, double weight) {
      double loss = 0;
      double slope = 0;
      int terms = 0;
      int[] kept = new int[chunk.to - chunk.from];
      int[] keptRows = new int[kept.length];
      int[] items = new int[kept.length];
      for (int first = 0; first < modalities; first++) {
        for (int second = first + 1; second < modalities; second++) {
          int n = keep(chunk, first, second, kept);
          if (n < 2) {
            continue;
          }
          for (int i = 0; i < n; i++) {
            keptRows[i] = rows[kept[i]];
            items[i] = input.items()[kept[i]];
          }
          // Rows of the matrix are the second modality, as in the released code; it matters to
          // NEAR_UNIFORM alone, whose target is no symmetric matrix.
          Side x = new Side(units[second].unit(), keptRows, dEvents[second], kept);
          Side y = new Side(units[first].unit(), keptRows, dEvents[first], kept);
          loss += contrast.of(x, y, items, n, temperature, weight);
          slope += contrast.dTemperature();
          terms++;
        }
      }
      return new Value(loss, terms, slope);
    }

    /** From events to rows, in the order of events, and from unit vectors to vectors. */
    void backward(Matrix[] dChannels) {
      workers.forEach(
          modalities,
          (shard, from, to) -> {
            for (int m = from; m < to; m++) {
              float[] gradient = units[m].gradient();
              for (int event = 0; event < rows.length; event++) {
                Vectors.addScaled(1, dEvents[m], event * d, gradient, rows[event] * d, d);
              }
            }
          });
      for (int m = 0; m < modalities; m++) {
        units[m].backward(backend, dChannels[m]);
      }
    }
  }

  private static List<Chunk> chunks(Ragged histories, int length) {
    List<Chunk> chunks = new ArrayList<>();
    for (int b = 0; b < histories.size(); b++) {
      int end = histories.offsets()[b + 1];
      for (int from = histories.offsets()[b]; from < end; from += length) {
        chunks.add(new Chunk(from, Math.min(end, from + length)));
      }
    }
    return chunks;
  }
}
