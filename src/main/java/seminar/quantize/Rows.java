package seminar.quantize;

import seminar.math.Checks;

/** Checks of flat row-major matrices. */
public final class Rows {
  /** Shorter vectors are refused, unless they are zero. */
  public static final double LEAST_LENGTH = 1e-18;

  /** Longer vectors are refused. */
  public static final double MOST_LENGTH = 1e18;

  private Rows() {}

  /**
   * How many rows of {@code columns} numbers there are, of which inner products can be told:
   * between any two rows of such lengths they neither overflow nor vanish, nor do squared
   * distances.
   *
   * @throws IllegalArgumentException if the last row is not whole, a number is not finite, or the
   *     Euclidean length of a row is neither 0 nor within {@value #LEAST_LENGTH} and {@value
   *     #MOST_LENGTH}
   */
  public static int bounded(String name, float[] values, int columns) {
    int rows = finite(name, values, columns);
    for (int l = 0; l < rows; l++) {
      double length = length(values, l * columns, columns);
      if (length != 0 && !(length >= LEAST_LENGTH && length <= MOST_LENGTH)) {
        throw new IllegalArgumentException(
            "%s has length %s in row %d: it must be 0 or within %s and %s, for inner products to be told; scale all by one factor"
                .formatted(name, (float) length, l, LEAST_LENGTH, MOST_LENGTH));
      }
    }
    return rows;
  }

  /** The Euclidean length of a row, whatever the size of its numbers. */
  static double length(float[] values, int offset, int columns) {
    double squares = 0;
    for (int j = offset; j < offset + columns; j++) {
      squares += (double) values[j] * values[j];
    }
    return Math.sqrt(squares);
  }

  /**
   * How many rows of {@code columns} finite numbers there are.
   *
   * @throws IllegalArgumentException if the last row is not whole or a number is not finite
   */
  public static int finite(String name, float[] values, int columns) {
    Checks.atLeast(1, "row length of " + name, columns);
    if (values.length % columns != 0) {
      throw new IllegalArgumentException(
          "%s has length %d: it must be a multiple of its row length %d"
              .formatted(name, values.length, columns));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s is %s in row %d, column %d: it must be finite"
                .formatted(name, values[i], i / columns, i % columns));
      }
    }
    return values.length / columns;
  }
}
