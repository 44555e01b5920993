package seminar.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Rng;

/**
 * Which users each mini-batch of each epoch visits, and its random numbers: the order of epoch e
 * from the stream {@code train/epoch/e}, batch b of it from {@code train/epoch/e/batch/b}, the seed
 * that is handed to the model from {@code train/epoch/e/batch/b/seed}. A batch can be made again
 * alone.
 */
final class UserOrder {
  private final int[] users;
  private final TrainOptions options;

  /**
   * An order of users.
   *
   * @param users those who have something to learn from
   */
  UserOrder(int[] users, TrainOptions options) {
    this.users = users;
    this.options = options;
  }

  int perEpoch() {
    return Math.ceilDiv(users.length, options.usersPerBatch());
  }

  int[] of(int epoch) {
    SplittableRandom rng = Rng.stream("train/epoch/" + epoch, options.seed());
    return Arrays.stream(Rng.permutation(rng, users.length)).map(i -> users[i]).toArray();
  }

  /** The users of batch {@code number}. */
  int[] batch(int number, int[] order) {
    int from = number * options.usersPerBatch();
    int count = Math.min(order.length - from, options.usersPerBatch());
    return Arrays.copyOfRange(order, from, from + count);
  }

  SplittableRandom random(int epoch, int number) {
    return Rng.stream(name(epoch, number), options.seed());
  }

  /** The seed of what a model draws in the step. */
  long seed(int epoch, int number) {
    return Rng.stream(name(epoch, number) + "/seed", options.seed()).nextLong();
  }

  private static String name(int epoch, int number) {
    return "train/epoch/" + epoch + "/batch/" + number;
  }
}
