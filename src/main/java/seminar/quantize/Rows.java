package seminar.quantize;

import seminar.math.Checks;

/** Checks of flat row-major matrices. */
public final class Rows {
  private Rows() {}

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
