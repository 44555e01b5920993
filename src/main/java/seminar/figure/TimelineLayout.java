package seminar.figure;

import java.util.ArrayList;
import java.util.List;
import seminar.profile.HistoryLine;
import seminar.profile.HistoryLine.Event;

/**
 * Where each event of a history stands: events of a session side by side, a pause as a gap whose
 * width grows with the logarithm of its length, rows filled from left to right.
 *
 * @param events in their order
 * @param rows how many rows they take
 */
record TimelineLayout(List<Placed> events, int rows) {
  /** A pause longer than this ends a session: 30 minutes, in milliseconds. */
  static final long SESSION = 30 * 60_000L;

  /** From one event to the next within a session. */
  static final double PITCH = 7;

  private static final double GAP = 10;
  private static final double GAP_PER_DECADE = 9;

  /**
   * An event in its place.
   *
   * @param event the event
   * @param row from 0
   * @param x left edge within the row, from 0
   * @param pause milliseconds since the event before it; 0 within a session
   * @param gap width of the pause left of it; 0 at the beginning of a row
   */
  record Placed(Event event, int row, double x, long pause, double gap) {
    /** Whether a session begins here, or a row. */
    boolean begins() {
      return pause > 0 || x == 0;
    }
  }

  /** Places the events of a history in rows of the given width; every row takes at least one. */
  static TimelineLayout of(HistoryLine history, double width) {
    List<Placed> placed = new ArrayList<>();
    int row = 0;
    double x = 0;
    for (int i = 0; i < history.events().size(); i++) {
      Event event = history.events().get(i);
      long since = i == 0 ? 0 : event.time() - history.events().get(i - 1).time();
      long pause = since > SESSION ? since : 0;
      double gap = pause == 0 || x == 0 ? 0 : GAP + GAP_PER_DECADE * Math.log10(since / SESSION);
      if (x + gap + PITCH > width && x > 0) {
        row++;
        x = 0;
        gap = 0;
      }
      placed.add(new Placed(event, row, x + gap, pause, gap));
      x += gap + PITCH;
    }
    return new TimelineLayout(placed, row + 1);
  }
}
