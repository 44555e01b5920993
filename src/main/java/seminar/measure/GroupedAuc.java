package seminar.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * The area under the ROC curve within each user, averaged with the number of impressions as weight
 * (Zhu et al., Optimized Cost per Click in Taobao Display Advertising, KDD 2017):
 *
 * <pre>  GAUC = Σ_u n_u · AUC_u / Σ_u n_u</pre>
 *
 * over the users who have both a click and an impression without one. It asks whether a model tells
 * the items of one user apart; that some users click more than others earns nothing.
 *
 * @param value the average, in [0, 1]
 * @param users how many users were counted
 * @param leftOut how many users had clicks alone or none at all
 * @param impressions impressions of the users who were counted
 */
public record GroupedAuc(double value, int users, int leftOut, long impressions) {
  /** Checks the bounds. */
  public GroupedAuc {
    Checks.within(0, 1, "value", value);
    Checks.atLeast(1, "users", users);
    Checks.atLeast(0, "leftOut", leftOut);
  }

  /**
   * Of impressions in any order.
   *
   * @param users the user of each impression
   * @param scores larger is likelier to be clicked
   * @param labels whether it was clicked
   * @throws IllegalArgumentException if the lengths differ, a score is not a number, or no user has
   *     both a click and an impression without one
   */
  public static GroupedAuc of(int[] users, float[] scores, boolean[] labels) {
    Checks.sameLength("users", users.length, "scores", scores.length);
    Checks.sameLength("labels", labels.length, "scores", scores.length);
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "score %d, of user %d, is not a number".formatted(i, users[i]));
      }
    }
    int[] order =
        IntStream.range(0, users.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> users[i]))
            .mapToInt(i -> i)
            .toArray();
    double sum = 0;
    long impressions = 0;
    int counted = 0;
    int leftOut = 0;
    for (int from = 0, to; from < order.length; from = to) {
      to = from;
      while (to < order.length && users[order[to]] == users[order[from]]) {
        to++;
      }
      int[] own = Arrays.copyOfRange(order, from, to);
      if (Arrays.stream(own).mapToObj(i -> labels[i]).distinct().count() == 2) {
        sum += own.length * area(own, scores, labels);
        impressions += own.length;
        counted++;
      } else {
        leftOut++;
      }
    }
    if (counted == 0) {
      throw new IllegalArgumentException(
          "none of the %d users has both a click and an impression without one: no area within a user"
              .formatted(leftOut));
    }
    return new GroupedAuc(sum / impressions, counted, leftOut, impressions);
  }

  private static double area(int[] own, float[] scores, boolean[] labels) {
    float[] score = new float[own.length];
    boolean[] label = new boolean[own.length];
    for (int i = 0; i < own.length; i++) {
      score[i] = scores[own[i]];
      label[i] = labels[own[i]];
    }
    return Auc.of(score, label);
  }
}
