package seminar.serve;

import java.util.Arrays;
import java.util.BitSet;
import seminar.compute.Matrix;
import seminar.data.Histories;
import seminar.math.Workers;
import seminar.retrieve.RetrievalIndex;

/**
 * One state of a user's history: the events of the corpus, those that came since, and their keys
 * and codes. What is read of it never changes; later events are written behind it, for the state to
 * come.
 *
 * <p>Shapes: n events, d dims. Immutable; of several states of a history only the newest may be
 * appended to, by one thread at a time.
 *
 * @param histories of the corpus
 * @param user the user's number there, −1 for none
 * @param index keys and codes of all events [n]
 * @param items items of the later events [n − known or more]
 * @param queries their queries
 * @param times their times
 */
record ServedHistory(
    Histories histories, int user, RetrievalIndex index, int[] items, int[] queries, long[] times) {
  private static final Workers ALONE = Workers.of(1);

  /** The events of the corpus alone. */
  static ServedHistory of(Histories histories, int user, RetrievalIndex index) {
    return new ServedHistory(histories, user, index, new int[0], new int[0], new long[0]);
  }

  /** n. */
  int length() {
    return index.size();
  }

  /** How many events are the corpus's. */
  private int known() {
    return user < 0 ? 0 : histories.length(user);
  }

  int item(int event) {
    int later = event - known();
    return later < 0 ? histories.item(histories.start(user) + event) : items[later];
  }

  int query(int event) {
    int later = event - known();
    return later < 0 ? histories.query(histories.start(user) + event) : queries[later];
  }

  /** When an event was; 0 where histories have no times. */
  long time(int event) {
    int later = event - known();
    if (later >= 0) {
      return times[later];
    }
    return histories.hasTimes() ? histories.time(histories.start(user) + event) : 0;
  }

  /** The first event at a time or later; n for none. */
  int firstSince(long time) {
    int low = 0;
    int high = length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The items of all events. */
  BitSet met() {
    BitSet met = new BitSet();
    for (int event = 0; event < length(); event++) {
      met.set(item(event));
    }
    return met;
  }

  /** The keys where they are [n, d]. */
  Matrix keys() {
    return Matrix.over(index.keySegment(), length(), index.quantizer().dims());
  }

  /**
   * With later events.
   *
   * @param keys of the events [count, d]
   */
  ServedHistory plus(Event[] later, float[] keys) {
    int before = length() - known();
    int count = before + later.length;
    int[] allItems = items;
    int[] allQueries = queries;
    long[] allTimes = times;
    if (count > items.length) {
      int room = count + count / 2 + 8;
      allItems = Arrays.copyOf(items, room);
      allQueries = Arrays.copyOf(queries, room);
      allTimes = Arrays.copyOf(times, room);
    }
    for (int i = 0; i < later.length; i++) {
      allItems[before + i] = later[i].item();
      allQueries[before + i] = later[i].query();
      allTimes[before + i] = later[i].time();
    }
    return new ServedHistory(
        histories, user, index.append(keys, ALONE), allItems, allQueries, allTimes);
  }
}
