package seminar.data;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.TopK;

/**
 * Draws distinct items that a user has not met. One array of marks over the catalogue serves all
 * users: an item is met or taken where its mark is the user's stamp, so nothing is cleared between
 * users and a user costs O(history + count), whatever the size of the catalogue. Only where so
 * little is left that rejection would try long is the catalogue walked once.
 */
final class NegativeDraw {
  /** Tries for each wanted item before the rest is drawn by one walk over the items. */
  private static final int TRIES = 16;

  private final Histories histories;
  private final int[] mark;
  private final int count;
  private int stamp;

  NegativeDraw(Histories histories, int catalog, int count) {
    this.histories = histories;
    this.mark = new int[catalog + 1];
    this.count = Checks.atLeast(1, "count", count);
  }

  /** Uniform negatives of the users, one after the other. */
  int[] uniform(int[] users, String stream, long seed) {
    int catalog = mark.length - 1;
    int[] items = new int[Math.multiplyExact(users.length, count)];
    for (int i = 0; i < users.length; i++) {
      int free = catalog - markHistory(users[i], item -> true);
      if (free < count) {
        throw new IllegalArgumentException(
            "count %d: user %s has met %d of %d items, which leaves %d"
                .formatted(count, histories.userId(users[i]), catalog - free, catalog, free));
      }
      SplittableRandom rng = Rng.stream(stream + users[i], seed);
      if (2L * (catalog - free + count) <= catalog) {
        reject(rng, items, i * count);
      } else {
        choose(rng, free, items, i * count);
      }
    }
    return items;
  }

  /** Negatives of the users in proportion to popularity, one after the other. */
  int[] byPopularity(int[] users, PopularityTable table, String stream, long seed) {
    int[] items = new int[Math.multiplyExact(users.length, count)];
    for (int i = 0; i < users.length; i++) {
      int met = markHistory(users[i], item -> table.count(item) > 0);
      if (table.occurring() - met < count) {
        throw new IllegalArgumentException(
            "count %d: user %s has met %d of the %d items that occur in training, which leaves %d"
                .formatted(
                    count,
                    histories.userId(users[i]),
                    met,
                    table.occurring(),
                    table.occurring() - met));
      }
      SplittableRandom rng = Rng.stream(stream + users[i], seed);
      int taken = rejectByPopularity(rng, table, items, i * count);
      chooseByPopularity(rng, table, items, i * count + taken, count - taken);
    }
    return items;
  }

  /** Stamps the items that the user has met; how many distinct ones of them are counted. */
  private int markHistory(int user, IntPredicate counted) {
    stamp++;
    int met = 0;
    for (long event = histories.start(user); event < histories.start(user + 1); event++) {
      int item = histories.item(event);
      met += take(item) && counted.test(item) ? 1 : 0;
    }
    return met;
  }

  /** Stamps an item; whether it was free. */
  private boolean take(int item) {
    boolean free = mark[item] != stamp;
    mark[item] = stamp;
    return free;
  }

  /** At least half of the catalogue stays free, so two tries on average find an item. */
  private void reject(SplittableRandom rng, int[] items, int at) {
    for (int i = 0; i < count; ) {
      int item = 1 + rng.nextInt(mark.length - 1);
      if (take(item)) {
        items[at + i++] = item;
      }
    }
  }

  /** A partial shuffle of the free items: linear however few there are. */
  private void choose(SplittableRandom rng, int free, int[] items, int at) {
    int[] left = new int[free];
    for (int item = 1, n = 0; item < mark.length; item++) {
      if (mark[item] != stamp) {
        left[n++] = item;
      }
    }
    for (int i = 0; i < count; i++) {
      int j = i + rng.nextInt(free - i);
      items[at + i] = left[j];
      left[j] = left[i];
    }
  }

  /** As many as a bounded number of tries gives; how many that were. */
  private int rejectByPopularity(SplittableRandom rng, PopularityTable table, int[] items, int at) {
    int taken = 0;
    for (long tries = 0; taken < count && tries < (long) TRIES * count; tries++) {
      int item = table.draw(rng);
      if (take(item)) {
        items[at + taken++] = item;
      }
    }
    return taken;
  }

  /**
   * The {@code wanted} free items whose exponential clocks, running at the speed of their counts,
   * ring first: the same law as drawing one after the other.
   */
  private void chooseByPopularity(
      SplittableRandom rng, PopularityTable table, int[] items, int at, int wanted) {
    if (wanted == 0) {
      return;
    }
    int[] left =
        IntStream.range(0, table.occurring())
            .map(table::item)
            .filter(item -> mark[item] != stamp)
            .toArray();
    float[] negativeRings = new float[left.length];
    for (int i = 0; i < left.length; i++) {
      negativeRings[i] = (float) (Math.log1p(-rng.nextDouble()) / table.count(left[i]));
    }
    int[] first = TopK.of(negativeRings, wanted).indices();
    for (int i = 0; i < wanted; i++) {
      items[at + i] = left[first[i]];
    }
  }
}
