package seminar.loss;

import java.util.Arrays;
import seminar.compute.Matrix;
import seminar.math.Vectors;

/**
 * The terms of {@link AlignmentLoss} in one chunk: one {@link Contrast} for each pair of modalities
 * that two of its events have.
 *
 * <p>Thread safety: none; its memory is used again by every chunk.
 */
final class ChunkTerms {
  private final UnitRows[] units;
  private final Contrast contrast;
  private final int d;
  private final int width; // d, padded
  private int[] kept = {}; // events of the chunk that have both modalities
  private int[] items = {};
  private float[] x = {}; // their vectors [n, d], padded
  private float[] y = {};
  private float[] dx = {};
  private float[] dy = {};
  private float[][] gradients = {}; // of all events of the chunk, for each modality
  private double dTemperature;

  /** For modalities with these unit vectors of length d. */
  ChunkTerms(UnitRows[] units, AlignmentOptions options, int d) {
    this.units = units;
    this.d = d;
    width = SmallProducts.paddedCols(d);
    contrast = new Contrast(options.target(), d);
  }

  /**
   * The sum of the chunk's terms, and {@code weight} times its gradient.
   *
   * @param dEvents receives the gradients of the unit vectors of the chunk's events, rows of M
   *     matrices [E, d]
   */
  double of(
      AlignmentInput input,
      AlignmentLoss.Chunk chunk,
      double temperature,
      double weight,
      Matrix[] dEvents) {
    reserve(chunk.to() - chunk.from());
    double loss = 0;
    dTemperature = 0;
    for (int first = 0; first < units.length; first++) {
      for (int second = first + 1; second < units.length; second++) {
        int n = keep(input, units, chunk, first, second, kept);
        if (n < 2) {
          continue;
        }
        // Rows of the matrix are the second modality, as in the released code; it matters to
        // NEAR_UNIFORM alone, whose target is no symmetric matrix.
        take(input, units[second], n, x);
        take(input, units[first], n, y);
        loss += contrast.of(x, y, items, n, temperature, weight, dx, dy);
        dTemperature += contrast.dTemperature();
        give(dx, chunk.from(), n, gradients[second]);
        give(dy, chunk.from(), n, gradients[first]);
      }
    }
    for (int m = 0; m < units.length; m++) {
      dEvents[m].rows(chunk.from(), chunk.to()).copyFrom(gradients[m], 0);
    }
    return loss;
  }

  /** The derivative of the last chunk's sum with respect to the temperature. */
  double dTemperature() {
    return dTemperature;
  }

  private void reserve(int length) {
    if (kept.length < length) {
      kept = new int[length];
      items = new int[length];
      int padded = Math.multiplyExact(SmallProducts.paddedRows(length), width);
      x = new float[padded];
      y = new float[padded];
      dx = new float[padded];
      dy = new float[padded];
      gradients = new float[units.length][length * d];
    }
    for (float[] gradient : gradients) {
      Arrays.fill(gradient, 0, length * d, 0);
    }
  }

  /** The events of a chunk that have both modalities; the result is how many. */
  static int keep(
      AlignmentInput input,
      UnitRows[] units,
      AlignmentLoss.Chunk chunk,
      int first,
      int second,
      int[] kept) {
    int n = 0;
    for (int event = chunk.from(); event < chunk.to(); event++) {
      int row = input.histories().ids()[event];
      if (has(input, units, first, row) && has(input, units, second, row)) {
        kept[n++] = event;
      }
    }
    return n;
  }

  private static boolean has(AlignmentInput input, UnitRows[] units, int modality, int row) {
    return input.present()[modality][row] && !units[modality].isZero(row);
  }

  /** The unit vectors of the events that are kept. */
  private void take(AlignmentInput input, UnitRows from, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      int row = input.histories().ids()[kept[i]];
      System.arraycopy(from.unit(), row * d, out, i * width, d);
      items[i] = input.items()[kept[i]];
    }
  }

  private void give(float[] vectors, int firstEvent, int n, float[] gradient) {
    for (int i = 0; i < n; i++) {
      Vectors.addScaled(1, vectors, i * width, gradient, (kept[i] - firstEvent) * d, d);
    }
  }
}
