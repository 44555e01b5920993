package seminar.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * The difference of two models' means over the same users, with a percentile interval (Efron and
 * Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Users are drawn with replacement
 * and both models are measured on the same draw, so that what makes a user easy or hard for both
 * cancels.
 *
 * <p>A model may have several runs with different seeds. {@link Resampled#USERS} takes each user's
 * mean over the runs first and asks whether these runs differ on other users; {@link
 * Resampled#USERS_AND_SEEDS} draws the runs of each model too, each model's by themselves, and asks
 * whether other runs would differ as well. Few runs say little of other runs: with s of them the
 * variance between runs comes out too small by (s − 1) / s.
 *
 * @param difference mean of the first model minus mean of the second
 * @param low lower end of the interval
 * @param high upper end
 * @param p two-sided: twice the smaller share of draws, the data counted as one of them, in which
 *     the difference is not on its side of 0; at most 1
 * @param users how many users were compared
 */
public record PairedBootstrap(double difference, double low, double high, double p, int users) {
  /** Checks that the ends are in order and p is a share. */
  public PairedBootstrap {
    Checks.within(low, high, "an end of the interval", low);
    Checks.within(0, 1, "p", p);
    Checks.atLeast(1, "users", users);
  }

  /** What is drawn anew. */
  public enum Resampled {
    /** Users; runs are averaged first. */
    USERS,
    /** Users, and the runs of each model. */
    USERS_AND_SEEDS
  }

  /**
   * How to draw.
   *
   * @param draws how often, at least 100
   * @param confidence the share of the draws that the interval holds, such as 0.95
   * @param seed of the draws
   */
  public record Options(int draws, double confidence, long seed) {
    /** Checks the bounds. */
    public Options {
      Checks.atLeast(100, "draws", draws);
      Checks.within(0.5, 0.999, "confidence", confidence);
    }

    /** Ten thousand draws, 95 %, seed 1. */
    public static Options usual() {
      return new Options(10_000, 0.95, 1);
    }
  }

  /**
   * The difference of one run of each model.
   *
   * @throws IllegalArgumentException if the runs have different users
   */
  public static PairedBootstrap of(UserValues first, UserValues second, Options options) {
    return of(List.of(first), List.of(second), Resampled.USERS, options);
  }

  /**
   * The difference of two models with one or more runs each, not necessarily equally many.
   *
   * @throws IllegalArgumentException if a model has no run, or the runs have different users
   */
  public static PairedBootstrap of(
      List<UserValues> first, List<UserValues> second, Resampled resampled, Options options) {
    UserValues a = UserValues.mean(first);
    UserValues b = UserValues.mean(second);
    a.checkSameUsers(b);
    double[][] plus = resampled == Resampled.USERS ? rows(List.of(a)) : rows(first);
    double[][] minus = resampled == Resampled.USERS ? rows(List.of(b)) : rows(second);
    double[] drawn = new double[options.draws];
    Workers.common()
        .forEach(
            drawn.length,
            (shard, from, to) -> {
              for (int draw = from; draw < to; draw++) {
                SplittableRandom rng = Rng.stream("bootstrap/draw/" + draw, options.seed);
                drawn[draw] = draw(rng, plus, minus);
              }
            });
    Arrays.sort(drawn);
    return of(a.mean() - b.mean(), drawn, options, a.size());
  }

  /** The percentiles of sorted draws. */
  static PairedBootstrap of(double difference, double[] drawn, Options options, int users) {
    double tail = (1 - options.confidence) / 2;
    return new PairedBootstrap(
        difference, quantile(drawn, tail), quantile(drawn, 1 - tail), p(drawn), users);
  }

  private static double[][] rows(List<UserValues> runs) {
    return runs.stream().map(UserValues::values).toArray(double[][]::new);
  }

  /** One draw of runs and users. */
  private static double draw(SplittableRandom rng, double[][] plus, double[][] minus) {
    double[][] first = drawn(rng, plus);
    double[][] second = drawn(rng, minus);
    int users = plus[0].length;
    double won = 0;
    double lost = 0;
    for (int i = 0; i < users; i++) {
      int user = rng.nextInt(users);
      for (double[] run : first) {
        won += run[user];
      }
      for (double[] run : second) {
        lost += run[user];
      }
    }
    return won / first.length / users - lost / second.length / users;
  }

  private static double[][] drawn(SplittableRandom rng, double[][] runs) {
    double[][] drawn = new double[runs.length][];
    Arrays.setAll(drawn, i -> runs.length == 1 ? runs[0] : runs[rng.nextInt(runs.length)]);
    return drawn;
  }

  /** Linear between the two nearest of the sorted draws. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double p(double[] drawn) {
    long notAbove = Arrays.stream(drawn).filter(d -> d <= 0).count();
    long notBelow = Arrays.stream(drawn).filter(d -> d >= 0).count();
    return Math.min(1, 2 * (1.0 + Math.min(notAbove, notBelow)) / (drawn.length + 1));
  }

  /** As {@code +0.0123 [+0.0100, +0.0146], p = 0.0002}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.4f [%+.4f, %+.4f], p = %.4f", difference, low, high, p);
  }
}
