package seminar.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * One finite number for each of some users: a measure of how well they were ranked, the length of
 * their histories, the share of cold events in them. Whatever compares or groups users takes these,
 * so that numbers of different users are never put side by side.
 *
 * @param users distinct user numbers, rising; copied
 * @param values the number of each user; copied
 */
public record UserValues(int[] users, double[] values) {
  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if there is no user, the lengths differ, the users are not
   *     rising, or a value is not finite
   */
  public UserValues {
    Checks.atLeast(1, "users", users.length);
    Checks.sameLength("users", users.length, "values", values.length);
    for (int i = 0; i < users.length; i++) {
      if (i > 0 && users[i] <= users[i - 1]) {
        throw new IllegalArgumentException(
            "user %d follows user %d: users must be distinct and rising"
                .formatted(users[i], users[i - 1]));
      }
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "the value of user %d is %s: it must be finite".formatted(users[i], values[i]));
      }
    }
    users = users.clone();
    values = values.clone();
  }

  /**
   * Of any list of pairs; a user who occurs several times has the mean of its values. The order of
   * the pairs does not matter, up to rounding.
   *
   * @param users the user of each value
   */
  public static UserValues of(int[] users, double[] values) {
    Checks.sameLength("users", users.length, "values", values.length);
    int[] order =
        IntStream.range(0, users.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> users[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] distinct = new int[users.length];
    double[] means = new double[users.length];
    int size = 0;
    for (int from = 0, to; from < order.length; from = to) {
      double sum = 0;
      for (to = from; to < order.length && users[order[to]] == users[order[from]]; to++) {
        sum += values[order[to]];
      }
      distinct[size] = users[order[from]];
      means[size++] = sum / (to - from);
    }
    return new UserValues(Arrays.copyOf(distinct, size), Arrays.copyOf(means, size));
  }

  /**
   * The mean of several runs, user by user.
   *
   * @throws IllegalArgumentException if there is no run or the runs have different users
   */
  public static UserValues mean(List<UserValues> runs) {
    Checks.atLeast(1, "number of runs", runs.size());
    double[] sums = new double[runs.getFirst().size()];
    for (UserValues run : runs) {
      run.checkSameUsers(runs.getFirst());
      for (int i = 0; i < sums.length; i++) {
        sums[i] += run.values[i];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= runs.size();
    }
    return new UserValues(runs.getFirst().users, sums);
  }

  /**
   * Refuses other users.
   *
   * @throws IllegalArgumentException naming the first difference
   */
  void checkSameUsers(UserValues other) {
    Checks.sameLength("one list of users", size(), "the other", other.size());
    int at = Arrays.mismatch(users, other.users);
    if (at >= 0) {
      throw new IllegalArgumentException(
          "entry %d is user %d in one list and user %d in the other: compare the same users"
              .formatted(at, users[at], other.users[at]));
    }
  }

  /** How many users there are. */
  public int size() {
    return users.length;
  }

  /** The mean over users. */
  public double mean() {
    return Arrays.stream(values).sum() / values.length;
  }

  /** The user numbers, as a copy. */
  @Override
  public int[] users() {
    return users.clone();
  }

  /** The values, as a copy. */
  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserValues that
        && Arrays.equals(users, that.users)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(users) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%d users, mean %s".formatted(size(), mean());
  }
}
