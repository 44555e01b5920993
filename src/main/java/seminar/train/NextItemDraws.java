package seminar.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.compute.Groups;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.loss.NextItemOptions;
import seminar.model.Batch;

/**
 * What a step learns of which item comes next: the window of each history, and negatives.
 *
 * <p>Whatever is drawn comes from the random numbers of the batch, user after user.
 */
final class NextItemDraws {
  private final Histories histories;
  private final Split split;
  private final int length;
  private final int pool;
  private final NextItemOptions options;

  /**
   * Draws for a model that reads at most {@code length} events.
   *
   * @param pool negatives are items {@code 1 .. pool}
   */
  NextItemDraws(Histories histories, Split split, int length, int pool, NextItemOptions options) {
    this.histories = histories;
    this.split = split;
    this.length = length;
    this.pool = pool;
    this.options = options;
  }

  /**
   * The requests of a user: the one at which the window ends, and others whose last event lies in
   * it.
   *
   * @param count how many at most
   * @return rising positions
   */
  int[] positions(SplittableRandom rng, int user, int count) {
    int first = split.trainStart(user);
    int latest = split.trainEnd(user) - 1;
    boolean anywhere = options.window() == NextItemOptions.Window.ANYWHERE;
    int low = Math.max(first, Math.min(latest, length));
    int end = anywhere && low < latest ? rng.nextInt(low, latest + 1) : latest;
    int from = Math.max(first, end - length + 1);
    int[] others = BatchMaker.sample(rng, from, end, count - 1);
    int[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = end;
    return all;
  }

  /**
   * What came next after the events of the windows.
   *
   * @param owners users, in the order of the batch's histories
   * @param ends the last request of each
   */
  NextItems of(SplittableRandom rng, int[] owners, int[] ends, Batch batch) {
    Groups groups = batch.groups();
    int[] events = new int[batch.items().length];
    int[] items = new int[events.length];
    int[] blocks = new int[owners.length + 1];
    int n = 0;
    for (int b = 0; b < owners.length; b++) {
      int lastGroup = groups.histories()[b + 1] - 1;
      int end = groups.keyTo()[lastGroup];
      int start = Math.max(groups.keyFrom()[groups.histories()[b]], end - length);
      int latest = batch.candidateItems()[groups.candidates()[lastGroup]];
      int targets = ends[b] - split.trainStart(owners[b]) + 1;
      for (int e = Math.max(start, end - targets); e < end; e++) {
        events[n] = e;
        items[n++] = e + 1 < end ? batch.items()[e + 1] : latest;
      }
      blocks[b + 1] = n;
    }
    events = Arrays.copyOf(events, n);
    items = Arrays.copyOf(items, n);
    return switch (options.shared()) {
      case EVENT -> new NextItems(events, items, blocks, own(rng, owners, blocks), true);
      case HISTORY -> {
        List<int[]> negatives = new ArrayList<>();
        for (int ignored : owners) {
          negatives.add(some(rng));
        }
        yield new NextItems(events, items, blocks, negatives, false);
      }
      case STEP -> new NextItems(events, items, new int[] {0, n}, List.of(some(rng)), false);
    };
  }

  /** Distinct items, any of the catalogue. */
  private int[] some(SplittableRandom rng) {
    return BatchMaker.sample(rng, 1, pool + 1, options.negatives());
  }

  /** For each event of a user, items that training does not know of the user. */
  private List<int[]> own(SplittableRandom rng, int[] owners, int[] blocks) {
    List<int[]> all = new ArrayList<>();
    for (int b = 0; b < owners.length; b++) {
      BitSet known = known(owners[b]);
      int count = (blocks[b + 1] - blocks[b]) * options.negatives();
      int[] drawn = new int[count];
      for (int i = 0; i < count; i++) {
        do {
          drawn[i] = 1 + rng.nextInt(pool);
        } while (known.get(drawn[i]));
      }
      all.add(drawn);
    }
    return all;
  }

  private BitSet known(int user) {
    BitSet known = new BitSet(pool + 1);
    long start = histories.start(user);
    IntStream.range(0, split.trainEnd(user)).forEach(p -> known.set(histories.item(start + p)));
    if (known.cardinality() >= pool) {
      throw new IllegalArgumentException(
          "user %s has clicked all %d items: there is no negative"
              .formatted(histories.userId(user), pool));
    }
    return known;
  }
}
