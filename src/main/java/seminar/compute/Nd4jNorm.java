package seminar.compute;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/** Layer normalisation with ND4J alone; see {@link Backend.Rowwise#layerNorm}. */
final class Nd4jNorm {
  private Nd4jNorm() {}

  static void forward(Matrix x, Matrix gain, Matrix bias, Matrix out) {
    Checks.sameLength("gain", gain.length(), "columns of x", x.cols());
    Checks.sameLength("bias", bias.length(), "columns of x", x.cols());
    if (x.length() > 0) {
      INDArray centred = centred(x);
      INDArray unit = centred.divColumnVector(deviation(centred));
      out.array().assign(unit.muliRowVector(gain.array()).addiRowVector(bias.array()));
    }
  }

  static void backward(Matrix x, Matrix gain, Matrix dOut, Matrix dx, Matrix dGain, Matrix dBias) {
    Checks.sameLength("gain", gain.length(), "columns of x", x.cols());
    Checks.sameLength("dOut", dOut.length(), "x", x.length());
    if (x.length() == 0) {
      return;
    }
    INDArray centred = centred(x);
    INDArray deviation = deviation(centred); // [n, 1]
    INDArray unit = centred.divColumnVector(deviation);
    INDArray g = dOut.array().mulRowVector(gain.array());
    INDArray along = unit.mulColumnVector(g.mul(unit).mean(true, 1));
    INDArray across = g.subColumnVector(g.mean(true, 1)).subi(along);
    dx.array().addi(across.diviColumnVector(deviation));
    dGain.array().addi(dOut.array().mul(unit).sum(true, 0));
    dBias.array().addi(dOut.array().sum(true, 0));
  }

  /** Without its mean, which is taken off twice: rounding leaves some of it the first time. */
  private static INDArray centred(Matrix x) {
    INDArray once = x.array().subColumnVector(x.array().mean(true, 1));
    return once.subColumnVector(once.mean(true, 1));
  }

  /** [n, 1]: {@code √(var + ε)}. */
  private static INDArray deviation(INDArray centred) {
    INDArray variance = centred.mul(centred).mean(true, 1);
    return Transforms.sqrt(variance.addi(Backend.Rowwise.NORM_EPSILON), false);
  }
}
