package seminar.measure;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * The difference of the areas under two models' ROC curves over the same exposures, with a
 * percentile interval: users are drawn with replacement, each with all exposures of theirs, and
 * both models are measured on the same draw. A model may have several runs with different seeds;
 * these are drawn too, each model's by themselves, and their areas averaged.
 *
 * <p>Shapes: n exposures. Cost: one sort for each run, then O(n) for each run and draw.
 */
public final class AucBootstrap {
  private final int[] users; // numbered from 0
  private final int count;
  private final boolean[] clicked;

  private AucBootstrap(int[] users, boolean[] clicked) {
    int[] distinct = Arrays.stream(users).distinct().sorted().toArray();
    this.users = Arrays.stream(users).map(user -> Arrays.binarySearch(distinct, user)).toArray();
    count = distinct.length;
    this.clicked = clicked;
  }

  /**
   * Area of the first model less area of the second.
   *
   * @param users user of each exposure [n]
   * @param clicked what happened [n]
   * @param first scores of each run of the first model, [n] each
   * @param second those of the second model
   * @throws IllegalArgumentException if a model has no run, lengths differ, a score is not a
   *     number, or everything or nothing was clicked
   */
  public static PairedBootstrap of(
      int[] users,
      boolean[] clicked,
      List<float[]> first,
      List<float[]> second,
      PairedBootstrap.Options options) {
    Checks.sameLength("users", users.length, "clicked", clicked.length);
    AucBootstrap over = new AucBootstrap(users, clicked);
    double difference = mean(first, clicked) - mean(second, clicked);
    int[][] plus = first.stream().map(AucBootstrap::order).toArray(int[][]::new);
    int[][] minus = second.stream().map(AucBootstrap::order).toArray(int[][]::new);
    double[] drawn = new double[options.draws()];
    Workers.common()
        .forEach(
            drawn.length,
            (shard, from, to) -> {
              for (int draw = from; draw < to; draw++) {
                SplittableRandom rng = Rng.stream("bootstrap/auc/" + draw, options.seed());
                int[] times = over.users(rng);
                drawn[draw] =
                    over.drawn(rng, times, plus, first) - over.drawn(rng, times, minus, second);
              }
            });
    Arrays.sort(drawn);
    return PairedBootstrap.of(difference, drawn, options, over.count);
  }

  private static double mean(List<float[]> runs, boolean[] clicked) {
    Checks.atLeast(1, "runs of a model", runs.size());
    return runs.stream().mapToDouble(run -> Auc.of(run, clicked)).average().orElseThrow();
  }

  /** The exposures by rising score. */
  private static int[] order(float[] scores) {
    return java.util.stream.IntStream.range(0, scores.length)
        .boxed()
        .sorted((a, b) -> Float.compare(scores[a] + 0f, scores[b] + 0f))
        .mapToInt(i -> i)
        .toArray();
  }

  /** How often each user is drawn. */
  private int[] users(SplittableRandom rng) {
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[rng.nextInt(count)]++;
    }
    return times;
  }

  /** The mean area of runs that are drawn. */
  private double drawn(SplittableRandom rng, int[] times, int[][] orders, List<float[]> scores) {
    double sum = 0;
    for (int i = 0; i < orders.length; i++) {
      int run = orders.length == 1 ? 0 : rng.nextInt(orders.length);
      sum += area(times, orders[run], scores.get(run));
    }
    return sum / orders.length;
  }

  /** The area where each exposure counts as often as its user was drawn; one half if undefined. */
  private double area(int[] times, int[] order, float[] scores) {
    double won = 0;
    long positives = 0;
    long negatives = 0;
    for (int from = 0; from < order.length; ) {
      long p = 0;
      long q = 0;
      int to = from;
      for (; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        int weight = times[users[order[to]]];
        p += clicked[order[to]] ? weight : 0;
        q += clicked[order[to]] ? 0 : weight;
      }
      won += p * (negatives + 0.5 * q);
      positives += p;
      negatives += q;
      from = to;
    }
    return positives == 0 || negatives == 0 ? 0.5 : won / positives / negatives;
  }
}
