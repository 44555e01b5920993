package seminar.model;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * Layer norm of rows with a learned gain and bias (Ba, Kiros and Hinton 2016): {@code (x − mean) /
 * deviation · g + b}.
 *
 * <p>Shapes: n rows of d numbers; g, b [1, d].
 */
final class Norm {
  private final Backend backend;
  private final Parameter gain;
  private final Parameter bias;
  private final Scratch scratch = new Scratch();

  /** Makes the parameters, named {@code name/gain} and {@code name/bias}. */
  Norm(Backend backend, Parameters parameters, String name, int d) {
    this.backend = backend;
    gain = parameters.dense(name + "/gain", 1, d, 0);
    float[] ones = new float[d];
    java.util.Arrays.fill(ones, 1);
    gain.set(ones);
    bias = parameters.dense(name + "/bias", 1, d, 0);
  }

  /** The rows [n, d], valid until the next call. */
  Matrix forward(Matrix x) {
    Matrix out = scratch.matrix("out", x.rows(), x.cols());
    backend.rowwise().layerNorm(x, gain.value(), bias.value(), out);
    return out;
  }

  /** Adds the gradients of gain and bias, and of x [n, d] to {@code dx}. */
  void backward(Matrix x, Matrix dOut, Matrix dx) {
    backend
        .rowwise()
        .layerNormBackward(x, gain.value(), dOut, dx, gain.gradient(), bias.gradient());
  }
}
