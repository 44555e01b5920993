package seminar.train;

import java.util.Map;
import seminar.compute.Matrix;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * Stops training where a number is no longer finite, and says which one, where, and what to do.
 *
 * <p>Loss and gradient are looked at in every step; for the gradient its length is enough. All
 * parameters are looked at before anything is made of them: a validation or a checkpoint.
 */
final class FiniteCheck {
  private final Parameters parameters;
  private final GradientNorm norms;
  private final TrainOptions options;

  FiniteCheck(Parameters parameters, GradientNorm norms, TrainOptions options) {
    this.parameters = parameters;
    this.norms = norms;
    this.options = options;
  }

  void loss(StepLoss loss, int epoch, int batch) {
    for (Map.Entry<String, Double> term : loss.terms().entrySet()) {
      if (!Double.isFinite(term.getValue())) {
        throw stop(
            "the loss term '%s' is %s".formatted(term.getKey(), term.getValue()), epoch, batch);
      }
    }
    if (!Double.isFinite(loss.total())) {
      throw stop("the loss is " + loss.total(), epoch, batch);
    }
  }

  void gradient(double norm, int epoch, int batch) {
    if (Double.isFinite(norm)) {
      return;
    }
    for (Parameter parameter : parameters.all()) {
      double squares = parameter.frozen() ? 0 : norms.squares(parameter.gradient());
      if (!Double.isFinite(squares)) {
        String what = Double.isNaN(squares) ? "is not a number" : "is infinite or beyond 1e19";
        throw stop("the gradient of %s %s".formatted(parameter.name(), what), epoch, batch);
      }
    }
    throw stop("the length of the gradient is " + norm, epoch, batch);
  }

  void parameters(TrainState state) {
    if (!culprit().isEmpty()) {
      throw stop("", state.epoch(), state.batch());
    }
  }

  void validation(double measure, int epoch, int batch) {
    if (!Double.isFinite(measure)) {
      throw stop("the validation measure is " + measure, epoch, batch);
    }
  }

  private ArithmeticException stop(String what, int epoch, int batch) {
    String culprit = culprit();
    String separator = what.isEmpty() || culprit.isEmpty() ? "" : "; ";
    return new ArithmeticException(
        ("epoch %d, batch %d: %s%s%s. Training stops: lower the learning rate (%s) or limit the"
                + " gradient's length (clip %s)")
            .formatted(
                epoch,
                batch,
                what,
                separator,
                culprit,
                options.adam().learningRate(),
                options.clip()));
  }

  /** The first parameter that holds a number that is not finite, in words; empty if none does. */
  private String culprit() {
    for (Parameter parameter : parameters.all()) {
      boolean[] finite = {true};
      Pieces.forEach(parameter.value(), rows -> finite[0] = finite[0] && finite(rows));
      if (!finite[0]) {
        return "parameter %s holds numbers that are not finite".formatted(parameter.name());
      }
    }
    return "";
  }

  private static boolean finite(Matrix rows) {
    float difference = 0;
    for (float value : rows.toArray()) {
      difference += value - value;
    }
    return difference == 0;
  }
}
