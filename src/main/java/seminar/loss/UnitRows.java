package seminar.loss;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Workers;

/**
 * The unit vectors of the rows of a matrix as an array, {@code x̂ = x / ‖x‖}.
 *
 * <p>A row of length zero has no direction, and {@link #isZero} says so. Shapes: x [U, d].
 *
 * <p>Thread safety: none; its memory is used again by every call.
 */
final class UnitRows {
  private final Backend backend;
  private final Workers workers;
  private float[] unit = {};
  private boolean[] zero = {};

  UnitRows(Backend backend, Workers workers) {
    this.backend = backend;
    this.workers = workers;
  }

  /**
   * Takes the unit vectors of other rows.
   *
   * @param scratch where a matrix is taken from that is free again afterwards
   */
  void of(Matrix x, Scratch scratch) {
    int d = x.cols();
    Matrix rows = scratch.matrix("unit", x.rows(), d);
    backend.rowwise().unitRows(x, rows);
    if (unit.length < x.length() || zero.length < x.rows()) {
      unit = new float[x.length()];
      zero = new boolean[x.rows()];
    }
    workers.forEach(
        x.rows(),
        (shard, from, to) -> {
          rows.rows(from, to).copyTo(unit, from * d);
          for (int row = from; row < to; row++) {
            zero[row] = isZero(unit, row * d, (row + 1) * d);
          }
        });
  }

  private static boolean isZero(float[] numbers, int from, int to) {
    for (int i = from; i < to; i++) {
      if (numbers[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether this row has no direction. */
  boolean isZero(int row) {
    return zero[row];
  }

  /** The unit vectors [U, d]; there may be more numbers behind them. */
  float[] unit() {
    return unit;
  }
}
