package seminar.source;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;

/** Histories and exposures from lines that are sorted by user, time and place in the log. */
final class HistoryStream {
  private static final int UNSEEN = -1;

  private final Queries typed;
  private final int[] numbers;
  private final Queries.Builder queries = new Queries.Builder();
  private final Histories.Builder histories;
  private final Exposures.Builder exposures;
  private final boolean keepsExposures;
  private int user = UNSEEN;
  private int events;
  private int eventsBefore;
  private long time;

  HistoryStream(Queries typed, boolean timedHistories, boolean timedShown, boolean keepsExposures) {
    this.typed = typed;
    this.numbers = new int[typed.size() + 1];
    Arrays.fill(numbers, 1, numbers.length, UNSEEN);
    this.histories = new Histories.Builder(timedHistories, true);
    this.exposures = new Exposures.Builder(timedShown);
    this.keepsExposures = keepsExposures;
  }

  /**
   * Reads all lines.
   *
   * @param users ids of users, in the order of their numbers
   * @param rows user, item, query, time, action, in_history, shown, clicked
   */
  EventLog.Found read(ResultSet users, ResultSet rows, Map<String, Long> counts)
      throws SQLException, IOException {
    while (rows.next()) {
      while (user < rows.getInt(1)) {
        begin(users);
      }
      line(rows);
    }
    if (user == UNSEEN) {
      throw new IOException(
          "no history has as many events as asked for: lower the minimum counts or widen the times;"
              + " left out: "
              + counts);
    }
    return new EventLog.Found(
        histories.build(),
        queries.build(),
        keepsExposures ? Optional.of(exposures.build()) : Optional.empty(),
        new LinkedHashMap<>(counts));
  }

  private void begin(ResultSet users) throws SQLException {
    if (!users.next()) {
      throw new IllegalStateException("every user who has a line has a number");
    }
    histories.user(users.getString(1));
    exposures.user();
    user++;
    events = 0;
    eventsBefore = 0;
    time = Long.MIN_VALUE;
  }

  private void line(ResultSet rows) throws SQLException {
    int item = rows.getInt(2);
    int query = query(rows.getInt(3));
    long at = rows.getLong(4);
    if (at > time) {
      time = at;
      eventsBefore = events;
    }
    if (rows.getBoolean(6)) {
      histories.add(item, query, at, rows.getByte(5));
      events++;
    }
    if (keepsExposures && rows.getBoolean(7)) {
      exposures.add(item, query, rows.getBoolean(8), eventsBefore, at);
    }
  }

  /** The query's number in the corpus: the next free one when a history first meets it. */
  private int query(int number) {
    if (numbers[number] == UNSEEN) {
      List<String> words = Arrays.stream(typed.tokens(number)).mapToObj(typed::keyword).toList();
      numbers[number] = queries.add(typed.text(number), words);
    }
    return numbers[number];
  }
}
