package seminar.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import seminar.math.Checks;

/**
 * What a recommender shows to all users together, whether they want it or not. Every user has a
 * list of k items, n_i counts the lists with item i, c_i its events in training, I are the items:
 *
 * <pre>
 *   coverage@k    share of the items with n_i &gt; 0
 *   Gini@k        Σ_j (2 j − I − 1) n_(j) / (I Σ n),  n_(1) ≤ … ≤ n_(I)
 *   popularity@k  mean over all recommendations of (#{c_j &lt; c_i} + ½ #{c_j = c_i}) / I
 *   novelty@k     mean over all recommendations of −log2 ((c_i + 1) / (Σ c + I))
 * </pre>
 *
 * <p>The items with the same c_i include i itself, so that popularity is ½ in the mean over the
 * catalogue, near 1 for the most popular item; a Gini coefficient of 0 shows every item equally
 * often, one of 1 − 1 / I always the same item. Novelty is in bits; one event is added to each item
 * so that an item without any has a number.
 *
 * @param cutoff k
 * @param coverage share of the catalogue that is in anyone's list, 0 to 1
 * @param gini how unequally the items are shown, 0 to 1
 * @param popularity mean rank of what is shown among all items by their events in training, 0 to 1
 * @param novelty mean information of what is shown, in bits
 * @see <a href="https://doi.org/10.1007/978-0-387-85820-3_8">Shani, Gunawardana. Evaluating
 *     recommendation systems. 2011</a>
 * @see <a href="https://doi.org/10.1145/2043932.2043955">Vargas, Castells. Rank and relevance in
 *     novelty and diversity metrics for recommender systems. RecSys 2011</a>
 */
public record BeyondAccuracy(
    int cutoff, double coverage, double gini, double popularity, double novelty) {
  /** Checks the bounds. */
  public BeyondAccuracy {
    Checks.atLeast(1, "cutoff", cutoff);
    Checks.within(0, 1, "coverage", coverage);
    Checks.within(0, 1, "gini", gini);
    Checks.within(0, 1, "popularity", popularity);
    Checks.within(0, Double.MAX_VALUE, "novelty", novelty);
  }

  /**
   * Of the lists of all users.
   *
   * @param cutoff k, the longest that a list may be
   * @param lists the items of each user, numbered from 1, none of them twice; shorter than k where
   *     there were no more
   * @param clicks events of each item in training [1 + I]; the first entry is no item
   * @throws IllegalArgumentException if nothing is recommended, a list is longer than k, or there
   *     is no such item
   */
  public static BeyondAccuracy of(int cutoff, int[][] lists, int[] clicks) {
    int items = Checks.atLeast(1, "items", clicks.length - 1);
    double[] ranks = ranks(clicks);
    double[] bits = bits(clicks);
    long[] shown = new long[items];
    long all = 0;
    double popularity = 0;
    double novelty = 0;
    for (int[] list : lists) {
      Checks.within(0, cutoff, "length of a list", list.length);
      for (int item : list) {
        Checks.within(1, items, "item", item);
        shown[item - 1]++;
        popularity += ranks[item - 1];
        novelty += bits[item - 1];
      }
      all += list.length;
    }
    if (all == 0) {
      throw new IllegalArgumentException(
          "%d lists have 0 items: there is nothing to measure".formatted(lists.length));
    }
    double covered = Arrays.stream(shown).filter(count -> count > 0).count();
    return new BeyondAccuracy(
        cutoff, covered / items, gini(shown), popularity / all, novelty / all);
  }

  /** The share of items that are clicked less, those that are clicked as much counted half [I]. */
  private static double[] ranks(int[] clicks) {
    int[] sorted = Arrays.copyOfRange(clicks, 1, clicks.length);
    Arrays.sort(sorted);
    double[] ranks = new double[sorted.length];
    for (int i = 0; i < ranks.length; i++) {
      int less = firstAtLeast(sorted, clicks[i + 1]);
      int most = firstAtLeast(sorted, clicks[i + 1] + 1);
      ranks[i] = (less + most) / (2.0 * ranks.length);
    }
    return ranks;
  }

  /** How many numbers are below a bound. */
  private static int firstAtLeast(int[] sorted, int bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] bits(int[] clicks) {
    double all = clicks.length - 1;
    for (int item = 1; item < clicks.length; item++) {
      all += clicks[item];
    }
    double[] bits = new double[clicks.length - 1];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = -Math.log((clicks[i + 1] + 1) / all) / Math.log(2);
    }
    return bits;
  }

  private static double gini(long[] shown) {
    long[] rising = shown.clone();
    Arrays.sort(rising);
    double weighted = 0;
    double all = 0;
    for (int j = 0; j < rising.length; j++) {
      weighted += (2.0 * (j + 1) - rising.length - 1) * rising[j];
      all += rising[j];
    }
    return Math.max(0, weighted / (rising.length * all));
  }

  /** The numbers by their names in tables, {@code coverage@10} first. */
  public Map<String, Double> summary() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("coverage@" + cutoff, coverage);
    values.put("Gini@" + cutoff, gini);
    values.put("popularity@" + cutoff, popularity);
    values.put("novelty@" + cutoff, novelty);
    return values;
  }
}
