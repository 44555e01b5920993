package seminar.model;

import java.util.stream.IntStream;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Checks;

/**
 * A learned matrix and the gradient of the current step.
 *
 * <p>The gradient covers the rows {@link #rows()} alone: all rows of a dense parameter, and of a
 * table (embeddings) the distinct rows that the batch touched. A table never sees a dense gradient.
 */
public final class Parameter {
  private final String name;
  private final Matrix value;
  private final boolean table;
  private final Scratch scratch = new Scratch();
  private int[] rows;
  private Matrix gradient;
  private boolean frozen;

  private Parameter(String name, Matrix value, boolean table) {
    this.name = name;
    this.value = value;
    this.table = table;
    clear();
  }

  /** A parameter all of whose rows get a gradient in every step. */
  static Parameter dense(String name, Matrix value) {
    return new Parameter(name, value, false);
  }

  /** A table of which a step touches a few rows. */
  static Parameter table(String name, Matrix value) {
    return new Parameter(name, value, true);
  }

  /** The name, unique in its model: {@code "attention/query"}. */
  public String name() {
    return name;
  }

  /** The values [rows, cols]. */
  public Matrix value() {
    return value;
  }

  /** Whether this is a table, whose gradient covers the touched rows alone. */
  public boolean isTable() {
    return table;
  }

  /**
   * Whether training leaves this parameter as it is. Its gradient may still be computed; the
   * optimiser passes it over, moments and all.
   */
  public boolean frozen() {
    return frozen;
  }

  /** Keeps the value as it is ({@code true}), or lets training move it again. */
  public void freeze(boolean keep) {
    frozen = keep;
  }

  /** The rows that the gradient covers, in the order of its rows. */
  public int[] rows() {
    return rows;
  }

  /** The gradient of the current step, [rows().length, cols]. */
  public Matrix gradient() {
    return gradient;
  }

  /** Starts a new step: a dense gradient is set to zero, a table has touched no row. */
  public void clear() {
    if (table) {
      rows = new int[0];
      gradient = scratch.matrix("gradient", 0, value.cols());
    } else {
      if (rows == null) {
        rows = IntStream.range(0, value.rows()).toArray();
      }
      gradient = scratch.zeros("gradient", value.rows(), value.cols());
    }
  }

  /**
   * Says which rows of a table this step touches, once a step.
   *
   * @param distinct distinct row numbers
   * @return the gradient of these rows, zero
   * @throws IllegalStateException if this is no table or it was touched already
   */
  public Matrix touch(int[] distinct) {
    if (!table || rows.length > 0) {
      throw new IllegalStateException(
          name
              + (table
                  ? " was touched already in this step"
                  : " is dense: it has no touched rows"));
    }
    rows = distinct;
    gradient = scratch.zeros("gradient", distinct.length, value.cols());
    return gradient;
  }

  /**
   * Replaces the values.
   *
   * @throws IllegalArgumentException if the number of values differs; the message names the
   *     parameter
   */
  public void set(float[] values) {
    Checks.sameLength("values", values.length, name, value.length());
    value.set(values);
  }

  @Override
  public String toString() {
    return name + " [" + value.rows() + " × " + value.cols() + "]";
  }
}
