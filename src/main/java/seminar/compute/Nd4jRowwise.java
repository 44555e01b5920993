package seminar.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/** Each number, or each row, by itself with ND4J alone; see {@link Backend.Rowwise}. */
final class Nd4jRowwise implements Backend.Rowwise {
  @Override
  public void relu(Matrix x) {
    if (x.length() > 0) {
      x.array().assign(Transforms.relu(x.array(), true));
    }
  }

  @Override
  public void reluBackward(Matrix y, Matrix dx) {
    if (y.length() > 0) {
      dx.array().muli(y.array().gt(0).castTo(DataType.FLOAT));
    }
  }

  @Override
  public void scale(float factor, Matrix x) {
    if (x.length() > 0) {
      x.array().muli(factor);
    }
  }

  @Override
  public void add(Matrix x, Matrix y) {
    if (x.length() > 0) {
      y.array().addi(x.array());
    }
  }

  @Override
  public void rowDots(Matrix a, Matrix b, Matrix out) {
    if (a.length() == 0) {
      out.clear();
    } else {
      out.array().assign(a.array().mul(b.array()).sum(true, 1));
    }
  }

  @Override
  public void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    if (a.length() > 0) {
      da.array().addi(b.array().mulColumnVector(dOut.array()));
      db.array().addi(a.array().mulColumnVector(dOut.array()));
    }
  }

  @Override
  public double binaryCrossEntropy(Matrix logits, float[] labels, float[] weights, Matrix dLogits) {
    int n = Checks.sameLength("labels", labels.length, "logits", logits.length());
    if (n == 0) {
      return 0;
    }
    INDArray z = logits.array();
    INDArray y = Nd4j.createFromArray(labels).reshape(n, 1);
    INDArray w = Nd4j.createFromArray(weights).reshape(n, 1);
    dLogits.array().assign(Transforms.sigmoid(z, true).subi(y).muli(w));
    INDArray soft = Transforms.log(Transforms.exp(Transforms.abs(z, true).negi(), false).addi(1));
    INDArray terms = Transforms.relu(z, true).subi(z.mul(y)).addi(soft);
    return terms.muli(w).sumNumber().doubleValue();
  }

  @Override
  public void unitRows(Matrix x, Matrix out) {
    Checks.sameLength("rows of x", x.rows(), "rows of out", out.rows());
    if (x.length() > 0) {
      out.array().assign(unit(x, largest(x)));
    }
  }

  @Override
  public void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
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

  @Override
  public void layerNorm(Matrix x, Matrix gain, Matrix bias, Matrix out) {
    Nd4jNorm.forward(x, gain, bias, out);
  }

  @Override
  public void layerNormBackward(
      Matrix x, Matrix gain, Matrix dOut, Matrix dx, Matrix dGain, Matrix dBias) {
    Nd4jNorm.backward(x, gain, dOut, dx, dGain, dBias);
  }

  /** The mask is made on the host. */
  @Override
  public void dropout(Dropout drop, Matrix x) {
    if (drop.rate() > 0 && x.length() > 0) {
      float[] mask = new float[x.length()];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = drop.keeps(i) ? drop.factor() : 0;
      }
      x.array().muli(Matrix.of(x.rows(), x.cols(), mask).array());
    }
  }
}
