package seminar.measure;

import java.util.Arrays;
import seminar.math.Checks;

/**
 * Area under the ROC curve: the chance that a random positive scores more than a random negative, a
 * tie counting one half. Cost: one sort.
 */
public final class Auc {
  private Auc() {}

  /**
   * The area for {@code scores} [n] with {@code labels} [n].
   *
   * @throws IllegalArgumentException if the lengths differ, a score is not a number, or there is no
   *     positive or no negative
   */
  public static double of(float[] scores, boolean[] labels) {
    int n = Checks.sameLength("scores", scores.length, "labels", labels.length);
    float[] positives = new float[n];
    float[] negatives = new float[n];
    int p = 0;
    int q = 0;
    for (int i = 0; i < n; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "score %d of %d is not a number: it has no rank".formatted(i, n));
      }
      if (labels[i]) {
        positives[p++] = scores[i] + 0f; // -0.0 and 0.0 are the same score
      } else {
        negatives[q++] = scores[i] + 0f;
      }
    }
    Checks.atLeast(1, "number of positives", p);
    Checks.atLeast(1, "number of negatives", q);
    return pairsWon(Arrays.copyOf(positives, p), Arrays.copyOf(negatives, q)) / ((double) p * q);
  }

  /** For each positive the negatives below it, plus half of those equal to it. */
  private static double pairsWon(float[] positives, float[] negatives) {
    Arrays.sort(positives);
    Arrays.sort(negatives);
    double won = 0;
    int below = 0;
    int notAbove = 0;
    for (float positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < negatives.length && negatives[notAbove] == positive) {
        notAbove++;
      }
      won += below + 0.5 * (notAbove - below);
    }
    return won;
  }
}
