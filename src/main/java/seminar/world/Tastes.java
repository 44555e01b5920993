package seminar.world;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * The tastes that a user has followed, and when last: a taste is an intent together with a
 * favourite brand of it, numbered {@code intent · brands + brand}.
 */
final class Tastes {
  private static final int NEVER = -1;

  private final int away;
  private final int[] last; // [tastes], the event that last followed it
  private int[] followed = new int[16];
  private int count;
  private int[] resting = new int[16];
  private int[] ages = new int[16]; // of those that rest

  /**
   * @param tastes how many there are
   * @param away events after which one rests
   */
  Tastes(int tastes, int away) {
    this.away = away;
    last = new int[tastes];
    Arrays.fill(last, NEVER);
  }

  /** A new user. */
  void reset() {
    Arrays.fill(last, NEVER);
    count = 0;
  }

  /** An event follows the taste. */
  void follow(int taste, int at) {
    if (last[taste] == NEVER) {
      followed = count < followed.length ? followed : Arrays.copyOf(followed, 2 * count);
      followed[count++] = taste;
    }
    last[taste] = at;
  }

  /** Whether one of the latest {@code events} events before {@code at} followed the taste. */
  boolean within(int taste, int at, int events) {
    return last[taste] != NEVER && at - last[taste] <= events;
  }

  /**
   * Gathers the tastes that rest before event {@code at}.
   *
   * @param active tastes that do not rest however long ago they were followed
   * @return how many; {@link #resting(int)} has them, in the order in which they were first
   *     followed
   */
  int rest(int at, IntPredicate active) {
    if (resting.length < count) {
      resting = new int[followed.length];
      ages = new int[followed.length];
    }
    int n = 0;
    for (int i = 0; i < count; i++) {
      int taste = followed[i];
      if (at - last[taste] > away && !active.test(taste)) {
        ages[n] = at - last[taste];
        resting[n++] = taste;
      }
    }
    return n;
  }

  /** The i-th of those that were last gathered. */
  int resting(int i) {
    return resting[i];
  }

  /**
   * Draws one of the first n that were gathered. Half of all returns would be to tastes just put
   * away if all were alike, so first an age is drawn, log-uniform from {@code away} to that of the
   * oldest, and then one of those that are as old or older, all alike.
   */
  int draw(SplittableRandom rng, int n) {
    int oldest = Arrays.stream(ages, 0, n).max().orElseThrow();
    double age = away * Math.pow((double) oldest / away, rng.nextDouble());
    int left = 0;
    for (int i = 0; i < n; i++) {
      left += ages[i] >= age ? 1 : 0;
    }
    int skip = rng.nextInt(Math.max(1, left));
    for (int i = 0; i < n; i++) {
      if (ages[i] >= age && skip-- == 0) {
        return resting[i];
      }
    }
    return resting[n - 1]; // the power was rounded up beyond the oldest
  }

  /** How likely {@link #draw} takes each of the first n that were gathered; sums to 1. */
  double[] chances(int n) {
    int[] sorted = Arrays.copyOf(ages, n);
    Arrays.sort(sorted);
    double[] upTo = new double[n]; // the chance of one of each age
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double younger = i == 0 ? away : sorted[i - 1];
      sum += Math.log(sorted[i] / younger) / Math.log((double) sorted[n - 1] / away) / (n - i);
      upTo[i] = sum;
    }
    return Arrays.stream(ages, 0, n)
        .mapToDouble(age -> upTo[Arrays.binarySearch(sorted, age)])
        .toArray();
  }
}
