package seminar.loss;

import seminar.compute.Backend;
import seminar.compute.Matrix;

/**
 * The unit vectors of the rows of a matrix, and the way back of their gradients.
 *
 * <pre>  x̂ = x / ‖x‖,   ∂/∂x = (g − (g · x̂) x̂) / ‖x‖  with g = ∂/∂x̂</pre>
 *
 * <p>A row of length zero has no direction: {@link #isZero} says so and its gradient is zero.
 * Shapes: x [U, d].
 */
final class UnitRows {
  private final float[] unit;
  private final double[] norm;
  private final float[] gradient;
  private final int d;

  UnitRows(Matrix x) {
    unit = x.toArray();
    norm = new double[x.rows()];
    gradient = new float[unit.length];
    d = x.cols();
    for (int row = 0; row < norm.length; row++) {
      double sum = 0;
      for (int i = row * d; i < (row + 1) * d; i++) {
        sum += (double) unit[i] * unit[i];
      }
      norm[row] = Math.sqrt(sum);
      if (norm[row] != 0) {
        for (int i = row * d; i < (row + 1) * d; i++) {
          unit[i] = (float) (unit[i] / norm[row]);
        }
      }
    }
  }

  /** Whether this row has no direction. */
  boolean isZero(int row) {
    return norm[row] == 0;
  }

  /** The unit vectors [U, d]. */
  float[] unit() {
    return unit;
  }

  /** The gradient of the unit vectors [U, d], zero at first: what a loss adds to. */
  float[] gradient() {
    return gradient;
  }

  /**
   * Adds the gradient of the rows themselves to {@code dx} [U, d]; {@link #gradient} is used up.
   */
  void backward(Backend backend, Matrix dx) {
    for (int row = 0; row < norm.length; row++) {
      double along = 0;
      for (int i = row * d; i < (row + 1) * d; i++) {
        along += (double) gradient[i] * unit[i];
      }
      for (int i = row * d; i < (row + 1) * d; i++) {
        gradient[i] = norm[row] == 0 ? 0 : (float) ((gradient[i] - along * unit[i]) / norm[row]);
      }
    }
    if (gradient.length > 0) {
      backend.add(Matrix.of(norm.length, d, gradient), dx);
    }
  }
}
