package seminar.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.math.Checks;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.options.Withers;

/**
 * Adam with bias correction (Kingma and Ba, ICLR 2015), dense and row-sparse (our OPT-1).
 *
 * <pre>
 *   m ← β1 m + (1 − β1) g,  v ← β2 v + (1 − β2) g²,  x ← x − lr · (m / (1 − β1ᵗ)) / (√(v / (1 − β2ᵗ)) + ε)
 * </pre>
 *
 * <p>Rows of a table that a step does not touch keep value and moments (lazy): a step costs what it
 * touches. With dense Adam their moments would decay and the rows would drift on; the bias
 * correction uses the global step t in both forms.
 */
public final class Adam {
  private final Backend backend;
  private final Options options;
  private final Map<String, Moments> moments = new HashMap<>();
  private int step;

  /** Running means of the gradient and of its square. */
  record Moments(Matrix mean, Matrix variance) {}

  /**
   * Rates.
   *
   * @param learningRate lr
   * @param beta1 decay of the mean
   * @param beta2 decay of the variance
   * @param epsilon added to the root
   */
  @Withers
  public record Options(double learningRate, double beta1, double beta2, double epsilon)
      implements AdamOptionsBuilder.With {
    /** Checks the ranges. */
    public Options {
      Checks.within(0, 1, "learningRate", learningRate);
      Checks.within(0, Math.nextDown(1.0), "beta1", beta1);
      Checks.within(0, Math.nextDown(1.0), "beta2", beta2);
      Checks.within(0, 1, "epsilon", epsilon);
    }

    /** The paper's rates (§4.1): lr = 1e-3, β = (0.9, 0.999). */
    public static Options paper() {
      return withRate(1e-3);
    }

    /** The usual decays with this learning rate. */
    public static Options withRate(double learningRate) {
      return new Options(learningRate, 0.9, 0.999, 1e-8);
    }
  }

  /** An optimiser that has done no step. */
  public Adam(Backend backend, Options options) {
    this.backend = backend;
    this.options = options;
  }

  /** Moves every parameter that is not frozen against its gradient. */
  public void step(Parameters parameters) {
    step++;
    Backend.AdamStep rates =
        new Backend.AdamStep(
            options.learningRate / (1 - Math.pow(options.beta1, step)),
            options.beta1,
            options.beta2,
            1 - Math.pow(options.beta2, step),
            options.epsilon);
    for (Parameter parameter : parameters.all()) {
      if (parameter.frozen()) {
        continue;
      }
      Moments m = makeMoments(parameter);
      backend
          .lookup()
          .adam(
              parameter.value(), parameter.gradient(), m.mean, m.variance, parameter.rows(), rates);
    }
  }

  /** The moments of a parameter; empty before its first step. */
  Optional<Moments> moments(Parameter parameter) {
    return Optional.ofNullable(moments.get(parameter.name()));
  }

  /** The moments of a parameter, zero before its first step. */
  Moments makeMoments(Parameter parameter) {
    int rows = parameter.value().rows();
    int cols = parameter.value().cols();
    return moments.computeIfAbsent(
        parameter.name(), name -> new Moments(Matrix.zeros(rows, cols), Matrix.zeros(rows, cols)));
  }

  /** Counts from here on. */
  void resume(int steps) {
    step = steps;
  }

  /** How many steps were done. */
  public int steps() {
    return step;
  }
}
