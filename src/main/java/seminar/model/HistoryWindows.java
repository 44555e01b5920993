package seminar.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import seminar.compute.Groups;
import seminar.math.Checks;

/**
 * The stretches of history that a self-attention reads for the requests of a batch. A causal one
 * gives a state after each event, so that requests of a history may share a stretch.
 *
 * <p>Shapes: W windows, n events in them, G requests.
 *
 * @param events which events of the batch they have, window after window [n]; windows may overlap
 * @param starts W + 1 rising positions: window w has the places {@code [starts[w], starts[w + 1])}
 * @param windowOf the window of each request, −1 for one that sees nothing [G]
 * @param seen how many events of its window a request sees, the first ones [G]
 */
public record HistoryWindows(int[] events, int[] starts, int[] windowOf, int[] seen) {
  /** Checks that the lists belong together. */
  public HistoryWindows {
    Checks.sameLength("windowOf", windowOf.length, "seen", seen.length);
    Checks.sameLength("events", events.length, "last of starts", starts[starts.length - 1]);
  }

  /**
   * The windows of a batch.
   *
   * @param length the most events of one, L
   * @param shared whether requests of a history share one: each then sees the latest events before
   *     it, at least half of L where there are as many, and L otherwise
   */
  public static HistoryWindows of(Groups groups, int length, boolean shared) {
    int[] windowOf = new int[groups.groupCount()];
    int[] seen = new int[windowOf.length];
    Arrays.fill(windowOf, -1);
    Deque<int[]> windows = new ArrayDeque<>(); // first and end, latest history and window first
    for (int b = groups.historyCount() - 1; b >= 0; b--) {
      int[] window = null;
      for (int g = groups.histories()[b + 1] - 1; g >= groups.histories()[b]; g--) {
        int end = groups.keyTo()[g];
        int most = Math.min(groups.events(g), length);
        int enough = Math.min(most, shared ? (length + 1) / 2 : length);
        if (most == 0) {
          continue;
        }
        if (window == null || end - window[0] < enough || !shared) {
          int earliest = groups.keyFrom()[shared ? groups.histories()[b] : g];
          window = new int[] {Math.max(earliest, end - length), end};
          windows.addFirst(window);
        }
        windowOf[g] = windows.size();
        seen[g] = end - window[0];
      }
    }
    int count = windows.size();
    Arrays.setAll(windowOf, g -> windowOf[g] < 0 ? -1 : count - windowOf[g]);
    int[] starts = new int[count + 1];
    int w = 0;
    for (int[] window : windows) {
      starts[w + 1] = starts[w] + window[1] - window[0];
      w++;
    }
    int[] events =
        windows.stream().flatMapToInt(window -> IntStream.range(window[0], window[1])).toArray();
    return new HistoryWindows(events, starts, windowOf, seen);
  }

  /** The same with some of the events alone; a request sees those of them that it saw. */
  public HistoryWindows only(IntPredicate kept) {
    int[] before = new int[events.length + 1]; // kept ones before a place
    for (int i = 0; i < events.length; i++) {
      before[i + 1] = before[i] + (kept.test(events[i]) ? 1 : 0);
    }
    int[] fewer = new int[seen.length];
    for (int g = 0; g < fewer.length; g++) {
      if (windowOf[g] >= 0) {
        int start = starts[windowOf[g]];
        fewer[g] = before[start + seen[g]] - before[start];
      }
    }
    return new HistoryWindows(
        IntStream.of(events).filter(kept).toArray(),
        IntStream.of(starts).map(at -> before[at]).toArray(),
        windowOf,
        fewer);
  }

  /** W. */
  public int count() {
    return starts.length - 1;
  }

  /** The place of the last event that a request sees, −1 for none. */
  public int last(int g) {
    return seen[g] == 0 ? -1 : starts[windowOf[g]] + seen[g] - 1;
  }

  /**
   * Which places the candidates of each request see.
   *
   * @param of the requests of the batch
   */
  public Groups groups(Groups of) {
    int[] from = new int[seen.length];
    int[] to = new int[seen.length];
    int at = 0;
    for (int g = 0; g < seen.length; g++) {
      at = windowOf[g] < 0 ? at : starts[windowOf[g]];
      from[g] = at;
      to[g] = at + seen[g];
    }
    return new Groups(from, to, of.candidates(), of.histories());
  }
}
