package seminar.source;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;

/** Histories and exposures from lines that are sorted by user, time and place in the log. */
final class HistoryStream {
  /** The name by which lines are counted that say the same as an earlier one. */
  static final String REPEATS = "repeated lines";

  private static final int UNSEEN = -1;

  private final Queries typed;
  private final int[] numbers;
  private final Queries.Builder queries = new Queries.Builder();
  private final Histories.Builder histories;
  private final Exposures.Builder exposures;
  private final boolean keepsExposures;
  private final boolean timedHistories;
  private final boolean timedShown;
  private final Set<Line> ofOneTime = new HashSet<>();
  private Line before;
  private long timeBefore;
  private long repeats;
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
    this.timedHistories = timedHistories;
    this.timedShown = timedShown;
  }

  /** Nothing is left of a log. */
  static final class NoHistory extends IOException {
    private static final long serialVersionUID = 1;

    NoHistory(String why) {
      super(why);
    }
  }

  /** What a line says beside its user and its time. */
  private record Line(int item, int query, byte action, int role) {}

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
      throw new NoHistory(
          "no history has as many events as asked for: lower the minimum counts or widen the times;"
              + " left out: "
              + left(counts));
    }
    counts.merge(REPEATS, repeats, Long::sum);
    return new EventLog.Found(
        histories.build(),
        queries.build(),
        keepsExposures ? Optional.of(exposures.build()) : Optional.empty(),
        new LinkedHashMap<>(counts));
  }

  private static Map<String, Long> left(Map<String, Long> counts) {
    Map<String, Long> left = new LinkedHashMap<>(counts);
    left.values().removeIf(count -> count == 0);
    return left;
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
    before = null;
  }

  private void line(ResultSet rows) throws SQLException {
    int item = rows.getInt(2);
    int query = query(rows.getInt(3));
    long at = rows.getLong(4);
    repeats += isRepeat(rows, at) ? 1 : 0;
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

  /** Whether an earlier line of the same time said the same: such lines stand together. */
  private boolean isRepeat(ResultSet rows, long at) throws SQLException {
    boolean inHistory = rows.getBoolean(6);
    if (inHistory ? !timedHistories : !timedShown) {
      return false;
    }
    int role = (inHistory ? 1 : 0) + (rows.getBoolean(7) ? 2 : 0) + (rows.getBoolean(8) ? 4 : 0);
    Line line = new Line(rows.getInt(2), rows.getInt(3), rows.getByte(5), role);
    if (before == null || at > timeBefore) {
      ofOneTime.clear();
      before = line;
      timeBefore = at;
      return false;
    }
    if (ofOneTime.isEmpty()) {
      ofOneTime.add(before);
    }
    return !ofOneTime.add(line);
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
