package seminar.lesson;

import java.util.Locale;
import seminar.model.Parameter;
import seminar.train.LabelledBatch;
import seminar.train.Trainable;

/**
 * Whether a loss falls where its gradient says so: the derivative along the gradient of one
 * parameter, from the backward pass and from central differences.
 *
 * @param parameter whose gradient
 * @param analytic {@code ±‖g‖}, what the backward pass says
 * @param numeric {@code (f(x + h g/‖g‖) − f(x − h g/‖g‖)) / 2h}
 */
public record SignCheck(String parameter, double analytic, double numeric) {
  private static final double STEP = 1e-3;

  /**
   * Checks one parameter; the model is left as it was.
   *
   * @param sign 1, or −1 to see what a sign error looks like
   * @throws IllegalArgumentException if the batch gives the parameter no gradient
   */
  public static SignCheck of(Trainable model, LabelledBatch batch, String parameter, int sign) {
    Parameter checked = model.parameters().get(parameter);
    model.gradients(batch);
    float[] gradient = checked.gradient().toArray();
    int[] rows = checked.rows();
    double norm = 0;
    for (float g : gradient) {
      norm += (double) g * g;
    }
    norm = Math.sqrt(norm);
    if (norm == 0) {
      throw new IllegalArgumentException(
          "%s has no gradient in this batch: its loss does not read it".formatted(parameter));
    }
    float[] start = checked.value().toArray();
    double[] loss = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = start.clone();
      double step = (side == 0 ? STEP : -STEP) / norm;
      int cols = checked.value().cols();
      for (int i = 0; i < gradient.length; i++) {
        moved[rows[i / cols] * cols + i % cols] += (float) (step * gradient[i]);
      }
      checked.set(moved);
      loss[side] = model.gradients(batch).total();
    }
    checked.set(start);
    return new SignCheck(parameter, sign * norm, (loss[0] - loss[1]) / (2 * STEP));
  }

  /** The difference in relation to the derivative; of a derivative near zero, to 0.005. */
  public double error() {
    double scale = Math.max(Math.abs(analytic), Math.abs(numeric));
    return Math.abs(analytic - numeric) / Math.max(0.005, scale);
  }

  /** Whether both agree to two per cent, about what float arithmetic allows. */
  public boolean passes() {
    return error() < 0.02;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s: analytic %.4f, by differences %.4f",
        parameter,
        passes() ? "agrees" : "WRONG",
        analytic,
        numeric);
  }
}
