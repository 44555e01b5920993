package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;

/**
 * Which events and which histories a reader keeps.
 *
 * @param minUserEvents histories of fewer events are left out, and counted
 * @param minItemEvents items with fewer events are left out, and counted; with {@code
 *     minUserEvents} repeated until both hold, as in a k-core
 * @param maxLength the latest so many events of a history are kept
 * @param from events before this time are left out, and counted; milliseconds since 1970 (UTC)
 * @param to events at this time or later are left out, and counted
 * @param exposures whether what was shown and not taken is kept, where the log says so
 * @param repeats whether a line counts that says the same as an earlier one (user, item, query,
 *     time and what the user did), else the first alone; such lines are counted either way
 * @param malformedShare the largest share of malformed lines that a file may have
 */
@Withers
public record HistoryOptions(
    int minUserEvents,
    int minItemEvents,
    int maxLength,
    @Spelled(time = true) long from,
    @Spelled(time = true) long to,
    boolean exposures,
    boolean repeats,
    double malformedShare)
    implements HistoryOptionsBuilder.With {
  /** Checks every option. */
  public HistoryOptions {
    Checks.atLeast(1, "minUserEvents", minUserEvents);
    Checks.atLeast(1, "minItemEvents", minItemEvents);
    Checks.atLeast(1, "maxLength", maxLength);
    Checks.within(0, 1, "malformedShare", malformedShare);
    if (from >= to) {
      throw new IllegalArgumentException("from %d: must lie before to, %d".formatted(from, to));
    }
  }

  /** Whole histories of at least so many events, without exposures, at most 1 % malformed lines. */
  public static HistoryOptions ofAtLeast(int minUserEvents) {
    return new HistoryOptions(
        minUserEvents, 1, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, false, true, 0.01);
  }

  /**
   * Histories that have no dates cannot be cut by time.
   *
   * @throws IOException if these options ask for it; the message names the file
   */
  public void needNoDates(Path file) throws IOException {
    if (from != Long.MIN_VALUE || to != Long.MAX_VALUE) {
      throw new IOException(
          "the histories of %s have no dates: leave out the options from and to".formatted(file));
    }
  }

  /** Whether an event of this time is kept. */
  public boolean holds(long time) {
    return time >= from && time < to;
  }
}
