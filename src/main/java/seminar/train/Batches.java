package seminar.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Rng;

/**
 * The mini-batches of each epoch, users in random order. A batch can be made again alone, from the
 * epoch and its number, so that a training which was cut off goes on with the same bits.
 *
 * <p>The order of epoch e comes from the stream {@code train/epoch/e}, what batch b of it draws
 * from {@code train/epoch/e/batch/b}, and the seed that is handed to the model from {@code
 * train/epoch/e/batch/b/seed}.
 */
public abstract class Batches {
  private final int[] users;
  private final TrainOptions options;

  /**
   * Batches of these users.
   *
   * @param users those who have something to learn from
   */
  Batches(int[] users, TrainOptions options) {
    this.users = users;
    this.options = options;
  }

  /** How many batches an epoch has. */
  public final int perEpoch() {
    return Math.ceilDiv(users.length, options.usersPerBatch());
  }

  /** The order in which an epoch visits the users. */
  public final int[] order(int epoch) {
    SplittableRandom rng = Rng.stream("train/epoch/" + epoch, options.seed());
    return Arrays.stream(Rng.permutation(rng, users.length)).map(i -> users[i]).toArray();
  }

  /** Batch {@code number} of an epoch that visits the users in this order. */
  public abstract LabelledBatch batch(int epoch, int number, int[] order);

  /** The users of batch {@code number}. */
  final int[] users(int number, int[] order) {
    int from = number * options.usersPerBatch();
    int count = Math.min(order.length - from, options.usersPerBatch());
    return Arrays.copyOfRange(order, from, from + count);
  }

  final SplittableRandom random(int epoch, int number) {
    return Rng.stream(name(epoch, number), options.seed());
  }

  /** The seed of what a model draws in the step. */
  final long seed(int epoch, int number) {
    return Rng.stream(name(epoch, number) + "/seed", options.seed()).nextLong();
  }

  private static String name(int epoch, int number) {
    return "train/epoch/" + epoch + "/batch/" + number;
  }
}
