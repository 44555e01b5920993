package seminar.source.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.EventLog;
import seminar.source.HistoryOptions;

/**
 * What the columns of a log mean. A column that is not named is not read.
 *
 * <p>A row is an event: a user took an item. Where a column says what was {@code clicked}, every
 * row is something that was shown, and only those that were clicked are events. Where the field of
 * {@code item} is a list, the row is a whole history, oldest first, and its other fields are lists
 * of the same length, or one value for all.
 *
 * @param histories which events and histories are kept
 * @param name what the corpus is called; empty for the name of the first file
 * @param user the column of users; {@code 1} counts columns where the file has no line of names
 * @param item the column of items
 * @param time the column of times; empty where the rows of a user are in order and have no times
 * @param timeUnit what times count
 * @param timeFormat how times are written, as {@link java.time.format.DateTimeFormatter} has it,
 *     where that is neither a number nor ISO; empty for these
 * @param query the column of what was typed; a list is one of keywords
 * @param clicked the column that says whether the item was taken: a number above 0, or true
 * @param taken the values of {@code clicked} that count as taken, such as {@code buy}; empty for
 *     numbers and truth values
 * @param shown the column that says whether the item was shown by the system (a number above 0, or
 *     true), or lists what else was shown and not taken
 * @param rating the column of ratings
 * @param threshold rows that rate the item below it are left out, and counted
 * @param kind the column that says what the user did
 * @param kinds the values of {@code kind} that are events, such as {@code buy}; rows of others are
 *     left out, and counted
 * @param session the column of sessions: each session of a user is a history of its own, {@code
 *     user/session}
 * @param items files that describe items; empty where nothing does or the log itself. Where there
 *     are several, each has some of the columns, and what they and their rows say of an item is put
 *     together
 * @param itemId the column of items there; empty for the name it has in the log
 * @param text the columns whose texts describe an item, joined by a full stop
 * @param attributes the columns of its attributes, each a value or a list
 * @param nothing words that say nothing in a text, an attribute or a query, such as {@code
 *     UNKNOWN}, beside the usual ones
 * @param separator what stands between the values of a list that is written as plain text
 * @param vectors files with a vector of each item, which becomes its picture feature; the column of
 *     items is that of the files that describe items
 * @param vector the column of vectors there
 * @param format of the files
 * @param delimiter what stands between fields of a line; empty for what the first line shows
 * @param columns the names of the columns of the log, where it has no line of names
 * @param itemColumns the same of the files that describe items
 * @param ids whether ids are numbers, which decides their order; {@link Ids#AUTO} takes them as
 *     numbers if all of them are
 * @param minAttributeCount attributes of fewer items are left out
 */
@Withers
public record TableOptions(
    @Spelled(open = true) HistoryOptions histories,
    String name,
    String user,
    String item,
    String time,
    TimeUnit timeUnit,
    String timeFormat,
    String query,
    String clicked,
    List<String> taken,
    String shown,
    String rating,
    double threshold,
    String kind,
    List<String> kinds,
    String session,
    List<String> items,
    String itemId,
    List<String> text,
    List<String> attributes,
    List<String> nothing,
    String separator,
    List<String> vectors,
    String vector,
    Table.Format format,
    String delimiter,
    List<String> columns,
    List<String> itemColumns,
    Ids ids,
    int minAttributeCount)
    implements TableOptionsBuilder.With {
  /** What the numbers of a column of times are. */
  public enum TimeUnit {
    /** As the first rows tell it; an error where they do not. */
    AUTO,
    /** Seconds since 1970 (UTC). */
    SECONDS,
    /** Milliseconds since 1970 (UTC). */
    MILLISECONDS,
    /** Microseconds since 1970 (UTC). */
    MICROSECONDS,
    /** Nanoseconds since 1970 (UTC). */
    NANOSECONDS,
    /** A date and a time such as 2005-04-02 23:53:47; UTC where no offset is given. */
    ISO,
    /** Numbers that order events and say no more: the corpus has no times. */
    ORDER
  }

  /** What ids are. */
  public enum Ids {
    /** Whole numbers if all of them are, else texts. */
    AUTO,
    /** Whole numbers; another id makes its row malformed. */
    NUMBERS,
    /** Texts, in the order of their letters. */
    TEXTS
  }

  /** Checks what can be told without a file. */
  public TableOptions {
    taken = List.copyOf(taken);
    items = List.copyOf(items);
    text = List.copyOf(text);
    attributes = List.copyOf(attributes);
    kinds = List.copyOf(kinds);
    nothing = List.copyOf(nothing);
    vectors = List.copyOf(vectors);
    columns = List.copyOf(columns);
    itemColumns = List.copyOf(itemColumns);
    Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    needs("timeUnit", timeUnit != TimeUnit.AUTO, "time", time);
    needs("timeFormat", !timeFormat.isEmpty(), "time", time);
    needs("taken", !taken.isEmpty(), "clicked", clicked);
    needs("threshold", threshold != Double.NEGATIVE_INFINITY, "rating", rating);
    needs("kinds", !kinds.isEmpty(), "kind", kind);
    needs("itemId", !itemId.isEmpty(), "items", String.join("", items) + String.join("", vectors));
    needs("vectors", !vectors.isEmpty(), "vector", vector);
    if (separator.isEmpty()) {
      throw new IllegalArgumentException("separator is empty: say what stands between values");
    }
    boolean timed = !time.isEmpty() && timeUnit != TimeUnit.ORDER;
    boolean dated = histories.from() != Long.MIN_VALUE || histories.to() != Long.MAX_VALUE;
    if (dated && !timed) {
      throw new IllegalArgumentException(
          "from and to: the events have no times; name their column with time");
    }
  }

  private static void needs(String option, boolean set, String other, String value) {
    if (set && value.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is set and %s is not: %s says nothing without it".formatted(option, other, option));
    }
  }

  /** Histories of at least three events, one each to train, validate and test; no column named. */
  public static TableOptions defaults() {
    return new TableOptions(
        HistoryOptions.ofAtLeast(3).withExposures(true),
        "",
        "",
        "",
        "",
        TimeUnit.AUTO,
        "",
        "",
        "",
        List.of(),
        "",
        "",
        Double.NEGATIVE_INFINITY,
        "",
        List.of(),
        "",
        List.of(),
        "",
        List.of(),
        List.of(),
        List.of(),
        "|",
        List.of(),
        "",
        Table.Format.AUTO,
        "",
        List.of(),
        List.of(),
        Ids.AUTO,
        1);
  }

  /** Whether rows say what was shown. */
  boolean saysShown() {
    return !clicked.isEmpty() || !shown.isEmpty();
  }

  /** What ids are read as. */
  EventLog.Ids idsOfLog() {
    return ids == Ids.TEXTS ? EventLog.Ids.TEXTS : EventLog.Ids.NUMBERS;
  }

  /** The columns of the log that are named, by what they are. */
  Map<String, String> named() {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("user", user);
    named.put("item", item);
    named.put("time", time);
    named.put("query", query);
    named.put("clicked", clicked);
    named.put("shown", shown);
    named.put("rating", rating);
    named.put("kind", kind);
    named.put("session", session);
    named.values().removeIf(String::isEmpty);
    return named;
  }
}
