package seminar.source;

import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;

/**
 * One history and what was shown in it as rows of a log in time order, as formats need it in which
 * a row is something shown that was taken or not. A clicked exposure with the item, the query and
 * the time of an event is that event; other clicked exposures have no row, because a row that was
 * taken would be an event. A corpus without times gets some: its event at position p happens p
 * seconds after {@link #START}.
 */
public final class ShownHistory {
  /** 2023-01-01T00:00:00Z, in milliseconds. */
  public static final long START = 1_672_531_200_000L;

  /** Hears of one row. */
  @FunctionalInterface
  public interface Row<E extends Exception> {
    /**
     * Uses the row.
     *
     * @param action {@link Histories#SEARCH} or {@link Histories#BROWSE}
     * @param taken whether it is an event
     * @param time milliseconds since 1970
     */
    void accept(int item, int query, byte action, boolean taken, long time) throws E;
  }

  private final Histories histories;
  private final Exposures shown;
  private final boolean shownTimed;
  private long event;
  private long end;
  private long first;

  /** Rows of the histories alone if the corpus has no exposures. */
  public ShownHistory(Corpus corpus) {
    histories = corpus.histories();
    shown = corpus.exposures().orElse(null);
    shownTimed = shown != null && histories.hasTimes() && shown.hasTimes();
  }

  /** Goes through the rows of a user. */
  public <E extends Exception> void rows(int user, Row<E> row) throws E {
    first = histories.start(user);
    event = first;
    end = histories.start(user + 1);
    long exposure = shown == null ? 0 : shown.start(user);
    long last = shown == null ? 0 : shown.start(user + 1);
    while (event < end || exposure < last) {
      if (exposure == last) {
        take(row);
      } else if (shown.clicked(exposure)) {
        if (event < end && same(exposure)) {
          take(row);
          exposure++;
        } else if (event < end && time(event) <= shownTime(exposure)) {
          take(row);
        } else {
          exposure++;
        }
      } else if (event < end && time(event) < shownTime(exposure)) {
        take(row);
      } else {
        int query = shown.query(exposure);
        byte action = query == 0 ? Histories.BROWSE : Histories.SEARCH;
        row.accept(shown.item(exposure), query, action, false, shownTime(exposure));
        exposure++;
      }
    }
  }

  private <E extends Exception> void take(Row<E> row) throws E {
    row.accept(
        histories.item(event), histories.query(event), histories.action(event), true, time(event));
    event++;
  }

  /** Whether the exposure is the next event. */
  private boolean same(long exposure) {
    return histories.item(event) == shown.item(exposure)
        && histories.query(event) == shown.query(exposure)
        && time(event) == shownTime(exposure);
  }

  private long time(long of) {
    return histories.hasTimes() ? histories.time(of) : START + 1000 * (of - first);
  }

  private long shownTime(long exposure) {
    if (shownTimed) {
      return shown.time(exposure);
    }
    long before = first + shown.position(exposure);
    if (before < end) {
      return time(before);
    }
    return before == first ? START : time(before - 1) + 1000;
  }
}
