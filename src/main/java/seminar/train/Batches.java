package seminar.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.data.Histories;
import seminar.math.Rng;

/**
 * The mini-batches of each epoch, users in random order. A batch can be made again alone, from the
 * epoch and its number, so that a training which was cut off goes on with the same bits.
 *
 * <p>The order of epoch e comes from the stream {@code train/epoch/e}, what batch b of it draws
 * from {@code train/epoch/e/batch/b}, and the seed that is handed to the model from {@code
 * train/epoch/e/batch/b/seed}; search requests come from {@code train/epoch/e/batch/b/search}.
 * Events beside batches come from {@code train/events/...}.
 */
public abstract class Batches {
  private final int[] users;
  private final Histories histories;
  private final TrainOptions options;

  /**
   * Some events.
   *
   * @param items item of each [n]
   * @param queries query of each [n]; 0 for the empty query
   */
  public record Events(int[] items, int[] queries) {}

  /**
   * Batches of these users.
   *
   * @param users those who have something to learn from
   */
  Batches(int[] users, Histories histories, TrainOptions options) {
    this.users = users;
    this.histories = histories;
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

  /** How many events, from the first, training may know of a user it learns from. */
  abstract int known(int user);

  /**
   * Some of the events that training may know, each as likely as any other; all of them, history
   * after history, where there are no more.
   *
   * @param name what for: the same name, the same events
   * @param most how many at most; an event may be among them twice
   */
  public final Events events(String name, int most) {
    long[] ends = new long[users.length]; // of the known events of each user
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (i == 0 ? 0 : ends[i - 1]) + known(users[i]);
    }
    long all = ends[ends.length - 1];
    SplittableRandom rng = Rng.stream("train/events/" + name, options.seed());
    int n = (int) Math.min(most, all);
    int[] items = new int[n];
    int[] queries = new int[n];
    for (int e = 0; e < n; e++) {
      long place = all <= most ? e : rng.nextLong(all);
      int found = Arrays.binarySearch(ends, place);
      int i = found < 0 ? -found - 1 : found;
      while (ends[i] <= place) {
        i++;
      }
      long event = histories.start(users[i]) + place - (i == 0 ? 0 : ends[i - 1]);
      items[e] = histories.item(event);
      queries[e] = histories.query(event);
    }
    return new Events(items, queries);
  }

  /** The users of batch {@code number}. */
  final int[] users(int number, int[] order) {
    int from = number * options.usersPerBatch();
    int count = Math.min(order.length - from, options.usersPerBatch());
    return Arrays.copyOfRange(order, from, from + count);
  }

  final SplittableRandom random(int epoch, int number) {
    return random(epoch, number, "");
  }

  /** Another stream of the same batch. */
  final SplittableRandom random(int epoch, int number, String which) {
    return Rng.stream(name(epoch, number) + which, options.seed());
  }

  /** The seed of what a model draws in the step. */
  final long seed(int epoch, int number) {
    return Rng.stream(name(epoch, number) + "/seed", options.seed()).nextLong();
  }

  private static String name(int epoch, int number) {
    return "train/epoch/" + epoch + "/batch/" + number;
  }
}
