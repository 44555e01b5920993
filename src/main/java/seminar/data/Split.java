package seminar.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which positions of each life are targets of training, validation and test.
 *
 * <p>A target at position p sees the prefix {@code [0, p)} and nothing later. Training targets of a
 * user are the positions {@code [trainStart(user), trainEnd(user))}. A life of fewer than three
 * events is for training only.
 */
public final class Split {
  private static final int NONE = -1;

  private final int[] trainStart;
  private final int[] trainEnd;
  private final int[] validation;
  private final int[] test;

  private Split(int users) {
    trainStart = new int[users];
    trainEnd = new int[users];
    validation = new int[users];
    test = new int[users];
    Arrays.fill(validation, NONE);
    Arrays.fill(test, NONE);
  }

  /**
   * Leave one out: the last event is the test target, the one before it the validation target, and
   * every earlier position from 1 on is a training target: the paper's N − 1 sliding targets.
   */
  public static Split leaveOneOut(Histories histories) {
    Split split = new Split(histories.users());
    for (int user = 0; user < histories.users(); user++) {
      int length = histories.length(user);
      boolean evaluated = length >= 3;
      split.trainEnd[user] = evaluated ? length - 2 : length;
      split.trainStart[user] = Math.min(1, split.trainEnd[user]);
      split.validation[user] = evaluated ? length - 2 : NONE;
      split.test[user] = evaluated ? length - 1 : NONE;
    }
    return split;
  }

  /**
   * As {@link #leaveOneOut}, but each user has one training target, the last possible one: what the
   * released code does.
   */
  public static Split lastOnly(Histories histories) {
    Split split = leaveOneOut(histories);
    for (int user = 0; user < histories.users(); user++) {
      split.trainStart[user] = Math.max(split.trainStart[user], split.trainEnd[user] - 1);
    }
    return split;
  }

  /** How many users were split. */
  public int users() {
    return test.length;
  }

  /** The users who have a test target, rising. */
  public int[] testUsers() {
    return IntStream.range(0, users()).filter(user -> test[user] != NONE).toArray();
  }

  /** The users who have a validation target, rising. */
  public int[] validationUsers() {
    return IntStream.range(0, users()).filter(user -> validation[user] != NONE).toArray();
  }

  /**
   * The position of the user's test target.
   *
   * @throws IllegalArgumentException if the user is for training only
   */
  public int testPosition(int user) {
    return target("test", user, test[user]);
  }

  /**
   * The position of the user's validation target.
   *
   * @throws IllegalArgumentException if the user is for training only
   */
  public int validationPosition(int user) {
    return target("validation", user, validation[user]);
  }

  private static int target(String stage, int user, int position) {
    if (position == NONE) {
      throw new IllegalArgumentException(
          "user %d has no %s target: the life is too short".formatted(user, stage));
    }
    return position;
  }

  /** The first training target of the user. */
  public int trainStart(int user) {
    return trainStart[user];
  }

  /** The end of the user's training targets; equal to the start if there are none. */
  public int trainEnd(int user) {
    return trainEnd[user];
  }

  /** How many training targets all users have together. */
  public long trainTargets() {
    return IntStream.range(0, users()).mapToLong(user -> trainEnd[user] - trainStart[user]).sum();
  }
}
