package seminar.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * Whether predicted probabilities come true. A ratio above 1 promises too many clicks; the bins of
 * the reliability diagram show where; their mean distance from the diagonal, weighted by count, is
 * the expected calibration error (Naeini et al., Obtaining Well Calibrated Probabilities Using
 * Bayesian Binning, AAAI 2015, here with bins of equal count).
 *
 * @param predicted mean probability
 * @param observed share of clicks, above 0
 * @param bins by rising probability
 */
public record Calibration(double predicted, double observed, List<Bin> bins) {
  /**
   * Predictions of about the same probability.
   *
   * @param count how many there are
   * @param predicted their mean probability
   * @param observed the share of them that was clicked
   */
  public record Bin(int count, double predicted, double observed) {
    /** Checks the bounds. */
    public Bin {
      Checks.atLeast(1, "count", count);
      Checks.within(0, 1, "predicted", predicted);
      Checks.within(0, 1, "observed", observed);
    }
  }

  /** Checks the bounds and copies the bins. */
  public Calibration {
    Checks.within(0, 1, "predicted", predicted);
    Checks.within(Double.MIN_VALUE, 1, "observed", observed);
    bins = List.copyOf(bins);
    Checks.atLeast(1, "bins", bins.size());
  }

  /**
   * Of predictions in any order.
   *
   * @param probabilities of a click, each in [0, 1]
   * @param labels whether it was clicked
   * @param bins how many bins of equal count are wanted; equal probabilities stay in one bin, so
   *     there may be fewer
   * @throws IllegalArgumentException if the lengths differ, one is no probability, {@code bins <
   *     1}, or nothing was clicked: a ratio to nothing is no number
   */
  public static Calibration of(double[] probabilities, boolean[] labels, int bins) {
    int n = Checks.sameLength("probabilities", probabilities.length, "labels", labels.length);
    Checks.atLeast(1, "bins", bins);
    for (int i = 0; i < n; i++) {
      Checks.within(0, 1, "probability " + i, probabilities[i]);
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probabilities[i]))
            .mapToInt(i -> i)
            .toArray();
    Checks.atLeast(1, "number of clicks", clicks(order, 0, n, labels));
    List<Bin> made = new ArrayList<>();
    for (int bin = 0, from = 0; bin < bins; bin++) {
      int to = Math.max(from, (int) ((long) n * (bin + 1) / bins));
      while (to > from && to < n && probabilities[order[to]] == probabilities[order[to - 1]]) {
        to++;
      }
      if (to > from) {
        made.add(bin(order, from, to, probabilities, labels));
      }
      from = to;
    }
    Bin all = bin(order, 0, n, probabilities, labels);
    return new Calibration(all.predicted, all.observed, made);
  }

  private static Bin bin(int[] order, int from, int to, double[] probabilities, boolean[] labels) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += probabilities[order[i]];
    }
    int count = to - from;
    double mean = Math.min(1, sum / count); // a sum of ones may round above their number
    return new Bin(count, mean, (double) clicks(order, from, to, labels) / count);
  }

  private static int clicks(int[] order, int from, int to, boolean[] labels) {
    int clicks = 0;
    for (int i = from; i < to; i++) {
      clicks += labels[order[i]] ? 1 : 0;
    }
    return clicks;
  }

  /** Predicted over observed clicks: 1 is right on average. */
  public double ratio() {
    return predicted / observed;
  }

  /** Expected calibration error: Σ_b n_b / n · |predicted_b − observed_b|. */
  public double expectedError() {
    double sum = 0;
    long count = 0;
    for (Bin bin : bins) {
      sum += bin.count * Math.abs(bin.predicted - bin.observed);
      count += bin.count;
    }
    return sum / count;
  }
}
