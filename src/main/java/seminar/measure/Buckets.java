package seminar.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * Users in groups by a number that each of them has, such as the length of the history or its share
 * of cold events: bucket b holds the numbers in [bound b − 1, bound b), the first is open below,
 * the last above.
 *
 * @param bounds rising; one fewer than there are buckets
 */
public record Buckets(List<Double> bounds) {
  /**
   * Copies the bounds.
   *
   * @throws IllegalArgumentException if a bound is not finite or not above the one before it
   */
  public Buckets {
    bounds = List.copyOf(bounds);
    for (int i = 0; i < bounds.size(); i++) {
      Checks.within(-Double.MAX_VALUE, Double.MAX_VALUE, "bound " + i, bounds.get(i));
      if (i > 0 && bounds.get(i) <= bounds.get(i - 1)) {
        throw new IllegalArgumentException(
            "bound %s follows bound %s: bounds must rise"
                .formatted(bounds.get(i), bounds.get(i - 1)));
      }
    }
  }

  /**
   * What a measure is in one bucket.
   *
   * @param label the bucket in words
   * @param users how many users are in it
   * @param mean their mean; empty where there is no user
   * @param halfWidth of its 95 % interval, as {@link MeanInterval}; empty for fewer than two users
   */
  public record Row(String label, int users, OptionalDouble mean, OptionalDouble halfWidth) {}

  /** Buckets with these bounds. */
  public static Buckets at(double... bounds) {
    return new Buckets(Arrays.stream(bounds).boxed().toList());
  }

  /**
   * Buckets of about equal count; users with the same number stay together, so that there may be
   * fewer.
   *
   * @param count how many buckets are wanted
   * @throws IllegalArgumentException if {@code count < 1}
   */
  public static Buckets quantiles(UserValues numbers, int count) {
    Checks.atLeast(1, "count", count);
    double[] sorted = numbers.values();
    Arrays.sort(sorted);
    double[] bounds =
        IntStream.range(1, count)
            .map(b -> cut(sorted, (int) ((long) sorted.length * b / count)))
            .filter(cut -> cut > 0 && cut < sorted.length)
            .mapToDouble(cut -> sorted[cut])
            .distinct()
            .toArray();
    return at(bounds);
  }

  /** The first place at or after {@code at} that parts two different numbers. */
  private static int cut(double[] sorted, int at) {
    int cut = at;
    while (cut > 0 && cut < sorted.length && sorted[cut] == sorted[cut - 1]) {
      cut++;
    }
    return cut;
  }

  /** How many buckets there are. */
  public int size() {
    return bounds.size() + 1;
  }

  /** The bucket of a number. */
  public int of(double number) {
    return (int) bounds.stream().filter(bound -> bound <= number).count();
  }

  /** The bucket in words: {@code below 10}, {@code 10 to below 20}, {@code 20 and more}. */
  public String label(int bucket) {
    if (bounds.isEmpty()) {
      return "all";
    }
    if (bucket == 0) {
      return "below " + text(bounds.getFirst());
    }
    String from = text(bounds.get(bucket - 1));
    return bucket == bounds.size()
        ? from + " and more"
        : from + " to below " + text(bounds.get(bucket));
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) bound)
        : String.format(Locale.ROOT, "%.4g", bound);
  }

  /**
   * The measure in every bucket, empty ones included.
   *
   * @param numbers what the users are grouped by
   * @param values the measure of the same users
   * @throws IllegalArgumentException if the lists are of different users
   */
  public List<Row> summary(UserValues numbers, UserValues values) {
    numbers.checkSameUsers(values);
    double[] number = numbers.values();
    double[] value = values.values();
    List<Row> rows = new ArrayList<>();
    for (int b = 0; b < size(); b++) {
      int bucket = b;
      double[] own =
          IntStream.range(0, number.length)
              .filter(i -> of(number[i]) == bucket)
              .mapToDouble(i -> value[i])
              .toArray();
      rows.add(
          new Row(
              label(b),
              own.length,
              Arrays.stream(own).average(),
              own.length < 2
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(MeanInterval.of(own).halfWidth())));
    }
    return rows;
  }
}
