package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.source.EventLog.Role;

class EventLogTest {
  private record Line(long user, long item, String query, long time, Role role) {}

  private static List<Line> random(long seed, int lines) {
    SplittableRandom rng = Rng.stream("event-log", seed);
    List<Line> log = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      String query = rng.nextInt(3) > 0 ? "" : "word" + rng.nextInt(4);
      Role role = Role.values()[rng.nextInt(4)];
      // Ids of different lengths, so that an order of texts would differ from one of numbers.
      log.add(new Line(6 + rng.nextInt(9), 95 + rng.nextInt(12), query, rng.nextInt(40), role));
    }
    return log;
  }

  private static EventLog filled(List<Line> lines, HistoryOptions options) throws IOException {
    EventLog log = new EventLog(EventLog.Ids.NUMBERS, options);
    for (Line line : lines) {
      log.event(
          line.user, line.item, log.query(line.query), line.time, Histories.BROWSE, line.role);
    }
    return log;
  }

  /** What a person would do with the lines, slowly. */
  private static Map<Long, List<Line>> naive(List<Line> lines, HistoryOptions options) {
    List<Line> left = new ArrayList<>(lines);
    left.removeIf(line -> !options.holds(line.time));
    int before;
    do {
      before = left.size();
      Map<Long, Long> users = counts(left, true);
      left.removeIf(line -> users.getOrDefault(line.user, 0L) < options.minUserEvents());
      if (options.minItemEvents() > 1) {
        Map<Long, Long> items = counts(left, false);
        left.removeIf(line -> items.getOrDefault(line.item, 0L) < options.minItemEvents());
      }
    } while (left.size() < before);
    Map<Long, List<Line>> byUser =
        left.stream().collect(Collectors.groupingBy(Line::user, TreeMap::new, Collectors.toList()));
    byUser.replaceAll((user, history) -> latest(history, options.maxLength()));
    return byUser;
  }

  private static Map<Long, Long> counts(List<Line> lines, boolean users) {
    return lines.stream()
        .filter(line -> line.role.inHistory)
        .collect(Collectors.groupingBy(users ? Line::user : Line::item, Collectors.counting()));
  }

  private static List<Line> latest(List<Line> history, int most) {
    List<Line> sorted = new ArrayList<>(history);
    sorted.sort(Comparator.comparingLong(Line::time));
    while (sorted.stream().filter(line -> line.role.inHistory).count() > most
        || !sorted.isEmpty() && most < Integer.MAX_VALUE && !sorted.getFirst().role.inHistory) {
      sorted.removeFirst();
    }
    return sorted;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void historiesAndExposuresAreThoseThatASlowReadingFinds(long seed) throws IOException {
    List<Line> lines = random(seed, 300);
    HistoryOptions plain = HistoryOptions.ofAtLeast(2).withExposures(true);
    List<HistoryOptions> cases =
        List.of(
            plain,
            plain.withMinUserEvents(14).withMinItemEvents(11),
            plain.withMinUserEvents(16).withMinItemEvents(1).withFrom(3).withTo(35),
            plain.withMaxLength(5),
            plain.withMinUserEvents(15).withMinItemEvents(12).withMaxLength(7));
    for (HistoryOptions options : cases) {
      try (EventLog log = filled(lines, options)) {
        Map<Long, List<Line>> expected = naive(lines, options);
        if (expected.isEmpty()) {
          assertThrows(IOException.class, () -> log.read(true, true, Progress.silent()));
          continue;
        }
        EventLog.Found found = log.read(true, true, Progress.silent());
        Catalog catalog = log.catalog(1);
        assertEquals(historiesOf(expected), historiesOf(found, catalog), options::toString);
        assertEquals(shownOf(expected), shownOf(found, catalog), options::toString);
        List<Long> ids =
            expected.values().stream()
                .flatMap(List::stream)
                .map(Line::item)
                .distinct()
                .sorted()
                .toList();
        for (int item = 1; item <= catalog.size(); item++) {
          assertEquals(ids.get(item - 1).toString(), catalog.originalId(item));
        }
        assertEquals(ids.size(), catalog.size());
      }
    }
  }

  private static String historiesOf(Map<Long, List<Line>> histories) {
    StringBuilder text = new StringBuilder();
    histories.forEach(
        (user, history) -> {
          text.append(user).append(':');
          for (Line line : history) {
            if (line.role.inHistory) {
              text.append(" %d/%s/%d".formatted(line.item, line.query, line.time));
            }
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static String historiesOf(EventLog.Found found, Catalog catalog) {
    Histories histories = found.histories();
    StringBuilder text = new StringBuilder();
    for (int user = 0; user < histories.users(); user++) {
      text.append(histories.userId(user)).append(':');
      for (long e = histories.start(user); e < histories.start(user + 1); e++) {
        String item = catalog.originalId(histories.item(e));
        String query = found.queries().text(histories.query(e));
        text.append(" %s/%s/%d".formatted(item, query, histories.time(e)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String shownOf(Map<Long, List<Line>> histories) {
    StringBuilder text = new StringBuilder();
    for (List<Line> history : histories.values()) {
      List<Line> sorted = new ArrayList<>(history);
      sorted.sort(Comparator.comparingLong(Line::time));
      for (Line line : sorted) {
        if (line.role.shown) {
          long position =
              history.stream()
                  .filter(other -> other.role.inHistory && other.time < line.time)
                  .count();
          text.append(" %d/%b/%d".formatted(line.item, line.role.clicked, position));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String shownOf(EventLog.Found found, Catalog catalog) {
    Exposures shown = found.exposures().orElseThrow();
    StringBuilder text = new StringBuilder();
    for (int user = 0; user < shown.users(); user++) {
      for (long e = shown.start(user); e < shown.start(user + 1); e++) {
        String item = catalog.originalId(shown.item(e));
        text.append(" %s/%b/%d".formatted(item, shown.clicked(e), shown.position(e)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void linesThatSayTheSameAreCountedAndOnRequestLeftOut(long seed) throws IOException {
    List<Line> lines = random(seed, 300);
    lines.addAll(List.copyOf(lines.subList(100, 140)));
    lines.addAll(List.copyOf(lines.subList(130, 150)));
    List<Line> once = List.copyOf(new LinkedHashSet<>(lines));
    HistoryOptions all = HistoryOptions.ofAtLeast(1).withExposures(true);
    assertEquals(lines.size() - once.size(), repeats(lines, all, true));
    assertEquals(0, repeats(once, all, true));
    assertEquals(0, repeats(lines, all, false));
    HistoryOptions first = all.withRepeats(false);
    assertEquals(lines.size() - once.size(), repeats(lines, first, true));
    assertEquals(0, repeats(lines, first, false));
    try (EventLog log = filled(lines, first)) {
      EventLog.Found found = log.read(true, true, Progress.silent());
      Catalog catalog = log.catalog(1);
      assertEquals(historiesOf(naive(once, all)), historiesOf(found, catalog));
      assertEquals(shownOf(naive(once, all)), shownOf(found, catalog));
    }
    long inHistory = lines.stream().filter(line -> line.role.inHistory).count();
    long onceInHistory = once.stream().filter(line -> line.role.inHistory).count();
    for (HistoryOptions options : List.of(all, first)) {
      try (EventLog log = filled(lines, options)) {
        EventLog.Found found = log.read(true, false, Progress.silent());
        assertEquals(inHistory - onceInHistory, found.counts().get("repeated lines"));
      }
    }
  }

  private static long repeats(List<Line> lines, HistoryOptions options, boolean timed)
      throws IOException {
    try (EventLog log = filled(lines, options)) {
      return log.read(timed, timed, Progress.silent()).counts().get("repeated lines");
    }
  }

  @Test
  void whatIsLeftOutIsCounted() throws IOException {
    HistoryOptions options = HistoryOptions.ofAtLeast(2).withFrom(0).withTo(100);
    try (EventLog log = new EventLog(EventLog.Ids.TEXTS, options)) {
      log.event("ann", "x", 0, 1, Histories.BROWSE, Role.EVENT);
      log.event("ann", "y", 0, 2, Histories.BROWSE, Role.TAKEN);
      log.event("ann", "z", 0, 100, Histories.BROWSE, Role.TAKEN);
      log.event("ann", "z", 0, 3, Histories.BROWSE, Role.PASSED);
      log.event("bob", "y", 0, 2, Histories.BROWSE, Role.TAKEN);
      log.item("y", "a kettle", List.of("brand:A", "brand:B"));
      log.item("y", "another", List.of());
      log.item("w", "nobody met it", List.of());
      EventLog.Found found = log.read(true, true, Progress.silent());
      Catalog catalog = log.catalog(1);
      assertEquals(1, found.histories().users());
      assertTrue(found.exposures().isEmpty());
      assertEquals(1, found.counts().get("events outside the time range"));
      assertEquals(1, found.counts().get("exposures not kept"));
      assertEquals(1, found.counts().get("users with too few events"));
      assertEquals(1, log.repeatedDescriptions());
      assertEquals(2, catalog.size());
      assertEquals("a kettle", catalog.text(2));
      assertEquals(2, catalog.attributes(2).length);
      assertEquals(Catalog.ABSENT, catalog.textRow(1));
      assertEquals(0, catalog.textRow(2));
    }
  }

  @Test
  void descriptionsThatAreMergedAllCount() throws IOException {
    try (EventLog log = new EventLog(EventLog.Ids.TEXTS, HistoryOptions.ofAtLeast(1))) {
      log.mergeDescriptions();
      log.event("ann", "x", 0, 1, Histories.BROWSE, Role.EVENT);
      log.event("ann", "y", 0, 2, Histories.BROWSE, Role.EVENT);
      log.item("y", "a kettle", List.of("brand:A"));
      log.item("w", "nobody met it", List.of("brand:A"));
      log.item("w", "nor this", List.of());
      log.item("y", "", List.of("size:2", "brand:A"));
      log.item("y", "a kettle", List.of());
      log.item("y", "red", List.of("size:3"));
      log.read(true, true, Progress.silent());
      Catalog catalog = log.catalog(1);
      assertEquals(2, catalog.size());
      assertEquals("", catalog.text(1));
      assertEquals("a kettle. red", catalog.text(2));
      assertEquals(3, catalog.attributes(2).length);
      assertEquals("size:2", catalog.attributeName(catalog.attributes(2)[1]));
      assertEquals(
          Map.of("further descriptions of an item", 0L, "described items that nobody met", 1L),
          log.descriptions());
    }
  }

  @Test
  void queriesAreNumberedAsHistoriesMeetThem() throws IOException {
    try (EventLog log = new EventLog(EventLog.Ids.NUMBERS, HistoryOptions.ofAtLeast(1))) {
      int unused = log.query("never kept");
      int late = log.query("Late!");
      int early = log.query(List.of("12", "7"));
      assertEquals(0, log.query("..."));
      log.event(3, 1, late, 9, Histories.SEARCH, Role.EVENT);
      log.event(3, 1, early, 5, Histories.SEARCH, Role.EVENT);
      log.event(4, 1, unused, 5, Histories.SEARCH, Role.PASSED);
      EventLog.Found found = log.read(true, true, Progress.silent());
      assertEquals(2, found.queries().size());
      assertEquals("12 7", found.queries().text(1));
      assertEquals("Late!", found.queries().text(2));
      assertEquals("late", found.queries().keyword(found.queries().tokens(2)[0]));
    }
  }
}
