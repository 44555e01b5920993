package seminar.train;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * The length of the gradient over all parameters that learn, and its limit (our OPT-2).
 *
 * <pre>  ‖g‖ = √(Σ_p Σ_i g_p,i²),   g ← g · min(1, clip / ‖g‖)</pre>
 *
 * <p>Squares are summed row by row and rows in order, so the length does not depend on the number
 * of threads. It is not finite if any number of the gradient is not.
 *
 * @see <a href="https://proceedings.mlr.press/v28/pascanu13.html">Pascanu, Mikolov, Bengio. On the
 *     difficulty of training recurrent neural networks. ICML 2013</a>
 */
final class GradientNorm {
  private final Backend backend;
  private final Scratch scratch = new Scratch();

  GradientNorm(Backend backend) {
    this.backend = backend;
  }

  /** The length over all parameters that are not frozen. */
  double of(Parameters parameters) {
    double sum = 0;
    for (Parameter parameter : parameters.all()) {
      if (!parameter.frozen()) {
        sum += squares(parameter.gradient());
      }
    }
    return Math.sqrt(sum);
  }

  /** The sum of the squares of all numbers. */
  double squares(Matrix gradient) {
    if (gradient.length() == 0) {
      return 0;
    }
    Matrix rows = scratch.matrix("rows", gradient.rows(), 1);
    backend.rowwise().rowDots(gradient, gradient, rows);
    double sum = 0;
    for (float row : rows.toArray()) {
      sum += row;
    }
    return sum;
  }

  /** Scales a gradient of length {@code norm} down to {@code clip} if it is longer. */
  void clip(Parameters parameters, double norm, double clip) {
    if (norm <= clip) {
      return;
    }
    for (Parameter parameter : parameters.all()) {
      if (!parameter.frozen() && parameter.gradient().length() > 0) {
        backend.rowwise().scale((float) (clip / norm), parameter.gradient());
      }
    }
  }
}
