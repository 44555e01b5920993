package seminar.feature;

import java.util.Objects;
import seminar.math.Checks;

/** A store on the heap: values[rows × dims], row-major. */
final class MemoryStore implements FeatureStore {
  private final int dims;
  private final float[] values;

  /** Keeps {@code values} without copying. */
  MemoryStore(int dims, float[] values) {
    this.dims = Checks.atLeast(1, "dims", dims);
    this.values = values;
    if (values.length % dims != 0) {
      throw new IllegalArgumentException(
          "values has length %d: not a whole number of rows of %d".formatted(values.length, dims));
    }
  }

  @Override
  public int rows() {
    return values.length / dims;
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public void copyRow(int row, float[] into, int at) {
    Objects.checkIndex(row, rows());
    System.arraycopy(values, row * dims, into, at, dims);
  }
}
