package seminar.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import seminar.measure.Auc;
import seminar.measure.Calibration;
import seminar.measure.GroupedAuc;
import seminar.measure.LogLoss;

/**
 * How well clicks were predicted.
 *
 * @param auc chance that a click scores above an exposure without one, over all exposures
 * @param grouped the same within users; empty where no user has both
 * @param logLoss mean of −log of the probability given to what happened, in nats
 * @param calibration predicted against observed click rates in ten bins
 * @param exposures how many exposures were predicted
 * @param users how many users they belong to
 */
public record ClickReport(
    double auc,
    Optional<GroupedAuc> grouped,
    double logLoss,
    Calibration calibration,
    int exposures,
    int users) {
  private static final int BINS = 10;

  /**
   * Measures predictions.
   *
   * @param users user of each exposure
   * @param logits log odds of a click
   * @param clicked what happened
   * @throws IllegalArgumentException if all exposures were clicked, or none
   */
  public static ClickReport of(int[] users, float[] logits, boolean[] clicked) {
    int clicks = 0;
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      clicks += clicked[i] ? 1 : 0;
      probabilities[i] = LogLoss.probability(logits[i]);
    }
    if (clicks == 0 || clicks == logits.length) {
      throw new IllegalArgumentException(
          "%d of %d exposures were clicked: an area needs both kinds; test a longer time"
              .formatted(clicks, logits.length));
    }
    return new ClickReport(
        Auc.of(logits, clicked),
        grouped(users, logits, clicked),
        LogLoss.ofLogits(logits, clicked),
        Calibration.of(probabilities, clicked, Math.min(BINS, logits.length)),
        logits.length,
        (int) java.util.Arrays.stream(users).distinct().count());
  }

  private static Optional<GroupedAuc> grouped(int[] users, float[] logits, boolean[] clicked) {
    try {
      return Optional.of(GroupedAuc.of(users, logits, clicked));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no user has both kinds
    }
  }

  /** The measures by name: AUC, GAUC (where there is one), log loss, predicted over observed. */
  public Map<String, Double> summary() {
    Map<String, Double> summary = new LinkedHashMap<>();
    summary.put("AUC", auc);
    grouped.ifPresent(within -> summary.put("GAUC", within.value()));
    summary.put("log loss", logLoss);
    summary.put("calibration", calibration.ratio());
    return summary;
  }
}
