package seminar.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/** Unit vectors of rows with ND4J alone; see {@link Backend#unitRows}. */
final class Nd4jUnit {
  void unitRows(Matrix x, Matrix out) {
    Checks.sameLength("rows of x", x.rows(), "rows of out", out.rows());
    if (x.length() > 0) {
      out.array().assign(unit(x, largest(x)));
    }
  }

  void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    Checks.sameLength("rows of x", x.rows(), "rows of dOut", dOut.rows());
    if (x.length() == 0) {
      return;
    }
    INDArray largest = largest(x);
    INDArray unit = unit(x, largest);
    INDArray along = dOut.array().mul(unit).sum(true, 1);
    INDArray across = dOut.array().sub(unit.mulColumnVector(along));
    across.muliColumnVector(unit.neq(0).castTo(DataType.FLOAT).max(true, 1)); // not for zeros
    INDArray scaledNorm = norm(x.array().divColumnVector(largest));
    dx.array().addi(across.diviColumnVector(scaledNorm).diviColumnVector(largest));
  }

  /** [n, 1]: the largest size of a number in each row, or 1 where all are zero. */
  private static INDArray largest(Matrix x) {
    INDArray largest = Transforms.abs(x.array(), true).max(true, 1);
    return largest.addi(largest.eq(0).castTo(DataType.FLOAT));
  }

  /** Rows over their largest number first, so that no square leaves the range of a float. */
  private static INDArray unit(Matrix x, INDArray largest) {
    INDArray scaled = x.array().divColumnVector(largest);
    return scaled.divColumnVector(norm(scaled));
  }

  /** [n, 1]: the length of each row, or 1 where all are zero. */
  private static INDArray norm(INDArray x) {
    INDArray norm = Transforms.sqrt(x.mul(x).sum(true, 1), false);
    return norm.addi(norm.eq(0).castTo(DataType.FLOAT));
  }
}
