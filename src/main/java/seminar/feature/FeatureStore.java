package seminar.feature;

import seminar.math.Checks;

/**
 * A matrix of features: rows × dims numbers of type {@code float}.
 *
 * <p>Implementations are immutable and safe for any number of threads.
 */
public interface FeatureStore {
  /** How many rows there are; they count from 0. */
  int rows();

  /** How many numbers a row has. */
  int dims();

  /**
   * Copies a row.
   *
   * @param into receives {@code dims()} numbers from index {@code at} on
   * @throws IndexOutOfBoundsException if the row or the range does not exist
   */
  void copyRow(int row, float[] into, int at);

  /** A row as a new array. */
  default float[] row(int row) {
    float[] copy = new float[dims()];
    copyRow(row, copy, 0);
    return copy;
  }

  /**
   * A store in memory.
   *
   * @param dims how many numbers a row has
   * @param values rows × dims, row-major; copied
   * @throws IllegalArgumentException if {@code values} is not a whole number of rows
   */
  static FeatureStore of(int dims, float[] values) {
    return new MemoryStore(dims, values.clone());
  }

  /** A store without rows. */
  static FeatureStore empty(int dims) {
    return new MemoryStore(dims, new float[0]);
  }

  /** The same rows, every number multiplied by {@code factor}. */
  default FeatureStore scaled(double factor) {
    float[] values = new float[Math.multiplyExact(rows(), dims())];
    for (int row = 0; row < rows(); row++) {
      copyRow(row, values, row * dims());
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
    return new MemoryStore(Checks.atLeast(1, "dims", dims()), values);
  }
}
