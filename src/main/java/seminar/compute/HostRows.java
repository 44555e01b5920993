package seminar.compute;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of numbers on the host, and the same as an array of ND4J. */
final class HostRows {
  private HostRows() {}

  /** The rows of an array, by one copy of its memory: ND4J's own way fetches number by number. */
  static float[][] of(INDArray x) {
    int n = (int) x.size(1);
    Matrix copy = Matrix.zeros((int) x.size(0), n);
    copy.array().assign(x);
    float[] values = copy.toArray();
    float[][] rows = new float[copy.rows()][];
    Arrays.setAll(rows, r -> Arrays.copyOfRange(values, r * n, (r + 1) * n));
    return rows;
  }

  /** The same the other way; there is at least one row, and one column. */
  static INDArray toDevice(float[][] rows) {
    int n = rows[0].length;
    float[] values = new float[rows.length * n];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, values, r * n, n);
    }
    return Matrix.of(rows.length, n, values).array();
  }
}
