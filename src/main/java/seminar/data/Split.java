package seminar.data;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * Which positions of each history are targets of training, validation and test.
 *
 * <p>A target at position p sees the prefix {@code [0, p)} and nothing later; position 0 is never a
 * target, since nothing lies before it. The targets of a user are three ranges, the earlier before
 * the later: training {@code [trainStart, trainEnd)}, validation {@code [validationStart,
 * validationEnd)}, test {@code [testStart, testEnd)}; each may be empty. What training may know of
 * a history is {@code [0, trainEnd)}.
 */
public final class Split {
  private final int[] trainStart;
  private final int[] trainEnd;
  private final int[] validationEnd;
  private final int[] testEnd;

  private Split(Histories histories) {
    this(histories.users());
    Arrays.setAll(testEnd, histories::length);
  }

  private Split(int users) {
    trainStart = new int[users];
    trainEnd = new int[users];
    validationEnd = new int[users];
    testEnd = new int[users];
  }

  /**
   * Leave one out: the last event is the test target, the one before it the validation target, and
   * every earlier position from 1 on is a training target: the paper's N − 1 sliding targets. A
   * history of fewer than three events is for training only.
   */
  public static Split leaveOneOut(Histories histories) {
    Split split = new Split(histories);
    for (int user = 0; user < histories.users(); user++) {
      int length = histories.length(user);
      boolean evaluated = length >= 3;
      split.trainEnd[user] = evaluated ? length - 2 : length;
      split.trainStart[user] = Math.min(1, split.trainEnd[user]);
      split.validationEnd[user] = evaluated ? length - 1 : length;
    }
    return split;
  }

  /**
   * As {@link #leaveOneOut}, but each user has one training target, the last possible one: what the
   * released code does.
   */
  public static Split lastOnly(Histories histories) {
    return lastTargets(histories, 1);
  }

  /**
   * As {@link #leaveOneOut}, but each user has the last {@code count} training targets alone; all
   * of them if there are no more.
   *
   * @throws IllegalArgumentException if {@code count < 1}
   */
  public static Split lastTargets(Histories histories, int count) {
    Checks.atLeast(1, "count", count);
    Split split = leaveOneOut(histories);
    for (int user = 0; user < histories.users(); user++) {
      split.trainStart[user] = Math.max(split.trainStart[user], split.trainEnd[user] - count);
    }
    return split;
  }

  /**
   * For pretraining as the released code does it: each user's last training target is moved to the
   * event before it, nothing later is known, and nothing is validated or tested. A user whose
   * target is the first possible one has none.
   */
  public Split oneEarlier() {
    Split earlier = new Split(testEnd.length);
    for (int user = 0; user < users(); user++) {
      int end = trainEnd[user];
      earlier.trainEnd[user] = end == 0 ? 0 : Math.max(1, end - 1);
      earlier.trainStart[user] =
          Math.min(earlier.trainEnd[user], Math.max(1, earlier.trainEnd[user] - 1));
      earlier.validationEnd[user] = earlier.trainEnd[user];
      earlier.testEnd[user] = earlier.trainEnd[user];
    }
    return earlier;
  }

  /**
   * By the clock, as click logs are split (paper §4.1, the Alipay log; there validation is a random
   * part of the training days, here it is their end): targets before {@code validationFrom} are for
   * training, those before {@code testFrom} for validation, all later ones for the test. A history
   * may have several targets of each kind.
   *
   * @param validationFrom milliseconds since 1970
   * @param testFrom milliseconds since 1970
   * @throws IllegalArgumentException if the histories have no times, or the test begins before
   *     validation
   */
  public static Split byTime(Histories histories, long validationFrom, long testFrom) {
    checkOrder(validationFrom, testFrom);
    Split split = new Split(histories);
    for (int user = 0; user < histories.users(); user++) {
      long start = histories.start(user);
      long end = histories.start(user + 1);
      split.trainEnd[user] = (int) (firstAt(histories, start, end, validationFrom) - start);
      split.trainStart[user] = Math.min(1, split.trainEnd[user]);
      int tested = (int) (firstAt(histories, start, end, testFrom) - start);
      split.validationEnd[user] = Math.max(split.validationStart(user), tested);
    }
    return split;
  }

  /** Test may begin where validation does, and never before. */
  static void checkOrder(long validationFrom, long testFrom) {
    if (testFrom < validationFrom) {
      throw new IllegalArgumentException(
          "testFrom %d is before validationFrom %d".formatted(testFrom, validationFrom));
    }
  }

  /** The first event in {@code [low, high)} that happened at {@code time} or later. */
  private static long firstAt(Histories histories, long low, long high, long time) {
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (histories.time(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many users were split. */
  public int users() {
    return testEnd.length;
  }

  /** The first training target of the user. */
  public int trainStart(int user) {
    return trainStart[user];
  }

  /** The end of the user's training targets, and of what training may know of the history. */
  public int trainEnd(int user) {
    return trainEnd[user];
  }

  /** The first validation target of the user. */
  public int validationStart(int user) {
    return Math.max(trainEnd[user], Math.min(1, testEnd[user]));
  }

  /** The end of the user's validation targets; equal to the start if there are none. */
  public int validationEnd(int user) {
    return validationEnd[user];
  }

  /** The first test target of the user. */
  public int testStart(int user) {
    return validationEnd[user];
  }

  /** The end of the user's test targets; equal to the start if there are none. */
  public int testEnd(int user) {
    return testEnd[user];
  }

  /** The users who have a test target, rising. */
  public int[] testUsers() {
    return users(this::testStart, this::testEnd);
  }

  /** The users who have a validation target, rising. */
  public int[] validationUsers() {
    return users(this::validationStart, this::validationEnd);
  }

  private int[] users(IntUnaryOperator start, IntUnaryOperator end) {
    return IntStream.range(0, users())
        .filter(user -> start.applyAsInt(user) < end.applyAsInt(user))
        .toArray();
  }

  /**
   * The position of the user's only test target.
   *
   * @throws IllegalArgumentException if the user has none, or several
   */
  public int testPosition(int user) {
    return only("test", user, testStart(user), testEnd(user));
  }

  /**
   * The position of the user's only validation target.
   *
   * @throws IllegalArgumentException if the user has none, or several
   */
  public int validationPosition(int user) {
    return only("validation", user, validationStart(user), validationEnd(user));
  }

  private static int only(String stage, int user, int start, int end) {
    if (end - start == 1) {
      return start;
    }
    throw new IllegalArgumentException(
        end == start
            ? "user %d has no %s target".formatted(user, stage)
            : "user %d has %d %s targets: ask for their range".formatted(user, end - start, stage));
  }

  /**
   * Targets of one stage, users rising and each user's positions rising.
   *
   * @param users the user of each target
   * @param positions the position of each target
   */
  public record Targets(int[] users, int[] positions) {
    /** Checks that the lists belong together. */
    public Targets {
      Checks.sameLength("users", users.length, "positions", positions.length);
    }

    /** How many targets there are. */
    public int size() {
      return users.length;
    }
  }

  /** Every test target. */
  public Targets testTargets() {
    return targets(this::testStart, this::testEnd);
  }

  /** Every validation target. */
  public Targets validationTargets() {
    return targets(this::validationStart, this::validationEnd);
  }

  private Targets targets(IntUnaryOperator start, IntUnaryOperator end) {
    long size = count(start, end);
    int[] owners = new int[Math.toIntExact(size)];
    int[] positions = new int[owners.length];
    int n = 0;
    for (int user = 0; user < users(); user++) {
      for (int at = start.applyAsInt(user); at < end.applyAsInt(user); at++) {
        owners[n] = user;
        positions[n++] = at;
      }
    }
    return new Targets(owners, positions);
  }

  /** How many training targets all users have together. */
  public long trainTargets() {
    return count(this::trainStart, this::trainEnd);
  }

  private long count(IntUnaryOperator start, IntUnaryOperator end) {
    return IntStream.range(0, users())
        .mapToLong(user -> end.applyAsInt(user) - start.applyAsInt(user))
        .sum();
  }
}
