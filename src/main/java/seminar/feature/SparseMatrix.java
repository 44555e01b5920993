package seminar.feature;

import java.util.List;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * A matrix of few numbers that are not zero, row after row.
 *
 * <p>Shapes: offsets[rows + 1]; columnOf and values hold the entries of row r at offsets[r] ..
 * offsets[r + 1] - 1, by rising column.
 */
final class SparseMatrix {
  private final int columns;
  private final int[] offsets;
  private final int[] columnOf;
  private final float[] values;

  private SparseMatrix(int columns, int[] offsets) {
    this.columns = columns;
    this.offsets = offsets;
    this.columnOf = new int[offsets[offsets.length - 1]];
    this.values = new float[columnOf.length];
  }

  static SparseMatrix of(int columns, List<Vocabulary.SparseRow> rows) {
    int[] offsets = new int[rows.size() + 1];
    for (int r = 0; r < rows.size(); r++) {
      offsets[r + 1] = Math.addExact(offsets[r], rows.get(r).columns().length);
    }
    SparseMatrix matrix = new SparseMatrix(columns, offsets);
    for (int r = 0; r < rows.size(); r++) {
      Vocabulary.SparseRow row = rows.get(r);
      int length = row.columns().length;
      System.arraycopy(row.columns(), 0, matrix.columnOf, offsets[r], length);
      System.arraycopy(row.values(), 0, matrix.values, offsets[r], length);
    }
    return matrix;
  }

  int rows() {
    return offsets.length - 1;
  }

  int columns() {
    return columns;
  }

  SparseMatrix transposed() {
    int[] starts = new int[columns + 1];
    for (int column : columnOf) {
      starts[column + 1]++;
    }
    for (int c = 0; c < columns; c++) {
      starts[c + 1] += starts[c];
    }
    SparseMatrix matrix = new SparseMatrix(rows(), starts);
    int[] next = starts.clone();
    for (int r = 0; r < rows(); r++) {
      for (int e = offsets[r]; e < offsets[r + 1]; e++) {
        int at = next[columnOf[e]]++;
        matrix.columnOf[at] = r;
        matrix.values[at] = values[e];
      }
    }
    return matrix;
  }

  /** This matrix times a full one [columns × width]: [rows × width], row-major. */
  float[] times(float[] full, int width, Workers workers) {
    float[] product = new float[Math.multiplyExact(rows(), width)];
    workers.forEach(
        rows(),
        (shard, from, to) -> {
          for (int r = from; r < to; r++) {
            for (int e = offsets[r]; e < offsets[r + 1]; e++) {
              Vectors.addScaled(values[e], full, columnOf[e] * width, product, r * width, width);
            }
          }
        });
    return product;
  }

  /** The sum of the squares of all numbers. */
  double squares() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
