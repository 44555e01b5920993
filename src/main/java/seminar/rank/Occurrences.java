package seminar.rank;

import seminar.data.Histories;
import seminar.data.Split;

/**
 * Where each item occurs in what training may know of the histories: users rising, then positions
 * rising.
 *
 * <p>Shapes: starts[items + 2]; users and positions[training events].
 */
final class Occurrences {
  private final int[] starts;
  private final int[] users;
  private final int[] positions;

  private Occurrences(int[] starts, int events) {
    this.starts = starts;
    users = new int[events];
    positions = new int[events];
  }

  static Occurrences of(Histories histories, Split split, int items) {
    int[] starts = new int[items + 2];
    long events = 0;
    for (int user = 0; user < histories.users(); user++) {
      events += split.trainEnd(user);
      for (int p = 0; p < split.trainEnd(user); p++) {
        starts[histories.item(histories.start(user) + p) + 1]++;
      }
    }
    Occurrences all = new Occurrences(starts, Math.toIntExact(events));
    for (int item = 0; item <= items; item++) {
      starts[item + 1] += starts[item];
    }
    int[] next = starts.clone();
    for (int user = 0; user < histories.users(); user++) {
      for (int p = 0; p < split.trainEnd(user); p++) {
        int at = next[histories.item(histories.start(user) + p)]++;
        all.users[at] = user;
        all.positions[at] = p;
      }
    }
    return all;
  }

  /** The first occurrence of an item; {@code start(item + 1)} is the end of them. */
  int start(int item) {
    return starts[item];
  }

  int user(int occurrence) {
    return users[occurrence];
  }

  int position(int occurrence) {
    return positions[occurrence];
  }

  /** In how many histories the item occurs. */
  int histories(int item) {
    int histories = 0;
    for (int at = starts[item]; at < starts[item + 1]; at++) {
      histories += at == starts[item] || users[at] != users[at - 1] ? 1 : 0;
    }
    return histories;
  }
}
