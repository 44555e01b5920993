package seminar.measure;

import java.util.Locale;
import seminar.math.Checks;

/**
 * A mean with the half-width of its 95 % confidence interval by Student's t: the mean of repeated
 * independent measurements lies in {@code mean ± halfWidth}.
 *
 * @param mean the average
 * @param halfWidth t(0.975, n − 1) · s / √n, at least 0
 */
public record MeanInterval(double mean, double halfWidth) {
  /** Quantile 0.975 of Student's t for 1 to 30 degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  /** Checks that the mean is finite and the half-width finite and not negative. */
  public MeanInterval {
    Checks.within(-Double.MAX_VALUE, Double.MAX_VALUE, "mean", mean);
    Checks.within(0, Double.MAX_VALUE, "halfWidth", halfWidth);
  }

  /**
   * Of at least two independent measurements.
   *
   * @throws IllegalArgumentException if there are fewer: one measurement says nothing of its error
   */
  public static MeanInterval of(double[] values) {
    int n = Checks.atLeast(2, "number of values", values.length);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new MeanInterval(mean, quantile(n - 1) * Math.sqrt(squares / (n - 1) / n));
  }

  /** Beyond the table: the first terms of the Cornish–Fisher expansion about 1.95996. */
  private static double quantile(int freedom) {
    return freedom <= T.length
        ? T[freedom - 1]
        : 1.95996 + 2.3723 / freedom + 2.8225 / ((double) freedom * freedom);
  }

  /** As {@code 0.4711 ± 0.0123}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean, halfWidth);
  }
}
