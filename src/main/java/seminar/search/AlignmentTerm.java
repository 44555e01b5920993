package seminar.search;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.loss.AlignmentInput;
import seminar.loss.AlignmentLoss;
import seminar.loss.AlignmentOptions;
import seminar.math.Workers;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * L_align of a batch and its temperature, which may be learned as CLIP does (paper §3.3.1; our
 * PSU-3).
 *
 * <pre>
 *   τ = max(0.01, exp(−p))          p = log(1/τ) is the parameter
 *   ∂L/∂p = −τ ∂L/∂τ                0 where it would push τ below its bound
 * </pre>
 *
 * @see <a href="https://proceedings.mlr.press/v139/radford21a.html">Radford et al. Learning
 *     transferable visual models from natural language supervision. ICML 2021</a>
 */
final class AlignmentTerm {
  private final Backend backend;
  private final Workers workers;
  private final PsuOptions options;
  private final Parameter logInverseTemperature;
  private AlignmentLoss loss;

  /** Makes the parameter p, {@code loss/logInverseTemperature}. */
  AlignmentTerm(Backend backend, Workers workers, Parameters parameters, PsuOptions options) {
    this.backend = backend;
    this.workers = workers;
    this.options = options;
    logInverseTemperature = parameters.dense("loss/logInverseTemperature", 1, 1, 0);
    double start = options.alignment().temperature();
    logInverseTemperature.set(new float[] {(float) -Math.log(start)});
    logInverseTemperature.freeze(!options.learnedTemperature());
    loss = new AlignmentLoss(backend, workers, options.alignment());
  }

  /** τ, as it is now. */
  double temperature() {
    if (!options.learnedTemperature()) {
      return options.alignment().temperature();
    }
    double learned = Math.exp(-logInverseTemperature.value().get(0, 0));
    return Math.clamp(
        learned, AlignmentOptions.LOWEST_TEMPERATURE, AlignmentOptions.HIGHEST_TEMPERATURE);
  }

  /**
   * The loss; adds {@code weight} times its gradient to {@code dModalities} and to p.
   *
   * @param dModalities gradient of each modality of the distinct items [U, d]
   */
  double gradients(PairTask task, double weight, Matrix[] dModalities) {
    AlignmentOptions alignment = options.alignment();
    AlignmentInput input;
    if (options.chunks() == PsuOptions.Chunks.RELEASED) {
      alignment = alignment.withChunkLength(task.releasedChunkLength());
      input = task.alignedAsReleased();
    } else {
      input = task.aligned();
    }
    double temperature = temperature();
    AlignmentLoss.Value value = loss(alignment).of(input, temperature, weight, dModalities);
    if (options.learnedTemperature()) {
      boolean bound = temperature <= AlignmentOptions.LOWEST_TEMPERATURE;
      double slope = -temperature * value.dTemperature(); // ∂L/∂p
      float gradient = bound && slope < 0 ? 0 : (float) (weight * slope);
      logInverseTemperature.gradient().set(new float[] {gradient});
    }
    return value.loss();
  }

  /**
   * The loss of the step before, whose memory is used again, unless chunks are longer or shorter.
   */
  private AlignmentLoss loss(AlignmentOptions alignment) {
    if (!loss.options().equals(alignment)) {
      loss = new AlignmentLoss(backend, workers, alignment);
    }
    return loss;
  }
}
