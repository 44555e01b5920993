package seminar.source.layout;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.data.Histories;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.MalformedLine;

/** The rule by which a line of the behaviours of MIND becomes events and exposures. */
final class MindImpressions {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.ENGLISH);

  private final EventLog log;
  private final Map<String, Integer> histories = new HashMap<>();
  private long differing;

  MindImpressions(EventLog log) {
    this.log = log;
  }

  private record Shown(String news, boolean clicked) {}

  /** Adds what a line says; it counts whole or not at all. */
  void line(String[] fields) throws MalformedLine, IOException {
    String user = id("user_id", fields[1]);
    long time = time(fields[2]);
    List<String> history = new ArrayList<>();
    for (String news : words(fields[3])) {
      history.add(id("history", news));
    }
    List<Shown> shown = new ArrayList<>();
    for (String impression : words(fields[4])) {
      shown.add(shown(impression));
    }
    if (shown.isEmpty()) {
      throw new MalformedLine("impressions is '%s', not a list".formatted(fields[4]));
    }
    Integer before = histories.putIfAbsent(user, history.hashCode());
    if (before == null) {
      for (String news : history) {
        log.event(user, news, 0, 0, Histories.BROWSE, Role.EVENT);
      }
    } else if (before != history.hashCode()) {
      differing++;
    }
    for (Shown one : shown) {
      Role role = one.clicked ? Role.TAKEN : Role.PASSED;
      log.event(user, one.news, 0, time, Histories.BROWSE, role);
    }
  }

  private static long time(String field) throws MalformedLine {
    try {
      return LocalDateTime.parse(field.strip(), TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new MalformedLine(
          "time is '%s', not a time such as 11/11/2019 9:05:58 AM".formatted(field));
    }
  }

  private static Shown shown(String field) throws MalformedLine {
    boolean clicked = field.endsWith("-1");
    if (!clicked && !field.endsWith("-0")) {
      throw new MalformedLine(
          "impressions has '%s', which says neither -1 nor -0, clicked or not; those of the test set"
                  .formatted(field)
              + " are not told");
    }
    return new Shown(id("impressions", field.substring(0, field.length() - 2)), clicked);
  }

  private static String[] words(String field) {
    return field.isBlank() ? new String[0] : field.strip().split(" +");
  }

  /** An id that is not empty and has no blank. */
  static String id(String name, String field) throws MalformedLine {
    if (field.isEmpty() || field.chars().anyMatch(Character::isWhitespace)) {
      throw new MalformedLine("%s is '%s', not an id".formatted(name, field));
    }
    return field;
  }

  /** How many lines gave another history than the first of their user. */
  long differing() {
    return differing;
  }
}
