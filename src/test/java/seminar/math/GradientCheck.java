package seminar.math;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Compares an analytic gradient with central differences {@code (f(x+h) − f(x−h)) / 2h}.
 *
 * @param error the largest {@code |analytic − numeric| / max(1, |analytic|, |numeric|)} over all
 *     coordinates
 * @param coordinate where it occurs
 * @param analytic the analytic derivative there
 * @param numeric the central difference there
 */
public record GradientCheck(double error, int coordinate, double analytic, double numeric) {
  /**
   * Checks every coordinate of {@code gradient} at {@code point}; {@code point} is restored.
   *
   * @param f the function, which may read {@code point} only during the call
   * @param step h, about 1e-5 for a smooth function computed in double precision
   * @throws IllegalArgumentException if {@code point} and {@code gradient} differ in length
   */
  public static GradientCheck of(
      ToDoubleFunction<double[]> f, double[] point, double[] gradient, double step) {
    Checks.sameLength("point", point.length, "gradient", gradient.length);
    GradientCheck worst = new GradientCheck(0, 0, 0, 0);
    for (int i = 0; i < point.length; i++) {
      double x = point[i];
      point[i] = x + step;
      double above = f.applyAsDouble(point);
      point[i] = x - step;
      double below = f.applyAsDouble(point);
      point[i] = x;
      double numeric = (above - below) / (2 * step);
      double scale = Math.max(1, Math.max(Math.abs(gradient[i]), Math.abs(numeric)));
      double error = Math.abs(gradient[i] - numeric) / scale;
      if (!(error <= worst.error)) {
        worst = new GradientCheck(error, i, gradient[i], numeric);
      }
    }
    return worst;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "largest gradient error %.3g at coordinate %d: analytic %.9g, numeric %.9g",
        error,
        coordinate,
        analytic,
        numeric);
  }
}
