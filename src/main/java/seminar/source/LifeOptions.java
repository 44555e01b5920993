package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import seminar.math.Checks;

/**
 * Which events and which lives a reader keeps.
 *
 * @param minUserEvents lives of fewer events are left out, and counted
 * @param minItemEvents items with fewer events are left out, and counted; with {@code
 *     minUserEvents} repeated until both hold, as in a k-core
 * @param maxLength the latest so many events of a life are kept
 * @param from events before this time are left out, and counted; milliseconds since 1970 (UTC)
 * @param to events at this time or later are left out, and counted
 * @param exposures whether what was shown and not taken is kept, where the log says so
 * @param malformedShare the largest share of malformed lines that a file may have
 */
public record LifeOptions(
    int minUserEvents,
    int minItemEvents,
    int maxLength,
    long from,
    long to,
    boolean exposures,
    double malformedShare) {
  /** Checks every option. */
  public LifeOptions {
    Checks.atLeast(1, "minUserEvents", minUserEvents);
    Checks.atLeast(1, "minItemEvents", minItemEvents);
    Checks.atLeast(1, "maxLength", maxLength);
    Checks.within(0, 1, "malformedShare", malformedShare);
    if (from >= to) {
      throw new IllegalArgumentException("from %d: must lie before to, %d".formatted(from, to));
    }
  }

  /** Whole lives of at least so many events, without exposures, at most 1 % malformed lines. */
  public static LifeOptions ofAtLeast(int minUserEvents) {
    return new LifeOptions(
        minUserEvents, 1, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, false, 0.01);
  }

  /** The same with other minimum counts. */
  public LifeOptions withMinimum(int userEvents, int itemEvents) {
    return new LifeOptions(userEvents, itemEvents, maxLength, from, to, exposures, malformedShare);
  }

  /** The same with another longest life. */
  public LifeOptions withMaxLength(int events) {
    return new LifeOptions(
        minUserEvents, minItemEvents, events, from, to, exposures, malformedShare);
  }

  /** The same for events in {@code [from, to)}. */
  public LifeOptions withTimes(long from, long to) {
    return new LifeOptions(
        minUserEvents, minItemEvents, maxLength, from, to, exposures, malformedShare);
  }

  /** The same with or without exposures. */
  public LifeOptions withExposures(boolean kept) {
    return new LifeOptions(minUserEvents, minItemEvents, maxLength, from, to, kept, malformedShare);
  }

  /** The same with another share of malformed lines allowed. */
  public LifeOptions withMalformedShare(double share) {
    return new LifeOptions(minUserEvents, minItemEvents, maxLength, from, to, exposures, share);
  }

  /**
   * Lives that have no dates cannot be cut by time.
   *
   * @throws IOException if these options ask for it; the message names the file
   */
  void needNoDates(Path file) throws IOException {
    if (from != Long.MIN_VALUE || to != Long.MAX_VALUE) {
      throw new IOException(
          "the lives of %s have no dates: leave out the options from and to".formatted(file));
    }
  }

  /** Whether an event of this time is kept. */
  boolean holds(long time) {
    return time >= from && time < to;
  }
}
