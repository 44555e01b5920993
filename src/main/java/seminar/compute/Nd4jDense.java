package seminar.compute;

import org.nd4j.linalg.api.ndarray.INDArray;
import seminar.math.Checks;

/** Linear maps with ND4J alone; see {@link Backend.Dense}. */
final class Nd4jDense implements Backend.Dense {
  @Override
  public void linear(Matrix x, Matrix w, Matrix b, Matrix y) {
    Checks.sameLength("bias", b.length(), "columns of y", y.cols());
    if (y.length() > 0) {
      y.array().assign(x.array().mmul(w.array()).addiRowVector(b.array()));
    }
  }

  @Override
  public void product(Matrix x, Matrix w, Matrix y) {
    if (y.length() > 0) {
      y.array().assign(x.array().mmul(w.array()));
    }
  }

  @Override
  public void linearAdd(Matrix x, Matrix w, Matrix y) {
    if (y.length() > 0) {
      y.array().addi(x.array().mmul(w.array()));
    }
  }

  @Override
  public void linearBackwardInput(Matrix dy, Matrix w, Matrix dx) {
    if (dy.length() > 0) {
      dx.array().addi(dy.array().mmul(w.array().transpose()));
    }
  }

  @Override
  public void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw) {
    if (dy.length() > 0) {
      dw.array().addi(x.array().transpose().mmul(dy.array()));
    }
  }

  @Override
  public void linearBackwardBias(Matrix dy, Matrix db) {
    if (dy.length() > 0) {
      db.array().addi(dy.array().sum(true, 0));
    }
  }

  @Override
  public void perHead(Matrix x, Matrix w, boolean transposed, Matrix y) {
    int d = w.cols();
    for (int h = 0; h < w.rows() / d && x.rows() > 0; h++) {
      INDArray map = w.rows(h * d, (h + 1) * d).array();
      INDArray product = head(x, h, d).mmul(transposed ? map.transpose() : map);
      head(y, h, d).assign(product);
    }
  }

  @Override
  public void perHeadBackward(
      Matrix x, Matrix w, boolean transposed, Matrix dy, Matrix dx, Matrix dw) {
    int d = w.cols();
    for (int h = 0; h < w.rows() / d && x.rows() > 0; h++) {
      INDArray map = w.rows(h * d, (h + 1) * d).array();
      INDArray input = head(x, h, d);
      INDArray gradient = head(dy, h, d);
      head(dx, h, d).addi(gradient.mmul(transposed ? map : map.transpose()));
      INDArray left = transposed ? gradient : input;
      INDArray right = transposed ? input : gradient;
      dw.rows(h * d, (h + 1) * d).array().addi(left.transpose().mmul(right));
    }
  }

  /** The columns of head h, [n, d], as a view. */
  private static INDArray head(Matrix x, int h, int d) {
    return Nd4jAttention.columns(x.array(), h * d, (h + 1) * d);
  }
}
