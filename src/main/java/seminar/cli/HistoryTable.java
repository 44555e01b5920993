package seminar.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.world.Truth;
import seminar.world.World;

/** The end of a history as text, an event a line: when, what was done and typed, and why. */
final class HistoryTable {
  private static final int LAST = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ROW = "%-19s  %-6s  %-24s  %-44s  %s";

  private HistoryTable() {}

  /**
   * The last events of a user's history.
   *
   * @param user of the world, counted from 1 as the ids of users are
   */
  static String of(World world, int user) {
    Histories histories = world.corpus().histories();
    long end = histories.start(user);
    long from = Math.max(histories.start(user - 1), end - LAST);
    StringBuilder text = new StringBuilder();
    text.append(
        "The last %d of %d events of user %d:%n"
            .formatted(end - from, histories.length(user - 1), user));
    line(text, "time (UTC)", "action", "query", "title", "intent");
    for (long event = from; event < end; event++) {
      row(text, world, event);
    }
    return text.toString();
  }

  private static void row(StringBuilder text, World world, long event) {
    Corpus corpus = world.corpus();
    Histories histories = corpus.histories();
    int item = histories.item(event);
    int intent = world.truth().eventIntent(event);
    line(
        text,
        TIME.format(Instant.ofEpochMilli(histories.time(event))),
        histories.action(event) == Histories.SEARCH ? "search" : "browse",
        corpus.queries().text(histories.query(event)),
        title(corpus.catalog(), item),
        intent == Truth.WANDERING ? "(wandering)" : world.truth().name(intent));
  }

  private static String title(Catalog catalog, int item) {
    String title = catalog.text(item);
    return title.isEmpty() ? "(item %d, without a title)".formatted(item) : title;
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(ROW.formatted(cells).stripTrailing()).append(System.lineSeparator());
  }
}
