package seminar.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.math.Checks;

/**
 * The latest events of one history as they happened: when, by searching or browsing, what was
 * typed, and a category of the item.
 *
 * <p>Items have attributes of several kinds ({@code genre:Comedy}, {@code country:USA}); the kind
 * before the colon that tells the events of this history apart best, by the entropy of each item's
 * first attribute of the kind among the most frequent ones and the rest, gives the categories.
 *
 * @param corpus name of the corpus
 * @param user id of the user in the log
 * @param timed whether the events have times
 * @param length events of the whole history
 * @param kind what the categories are, such as {@code genre}; empty where attributes have no kind
 * @param categories the most frequent categories of the shown events, the most frequent first
 * @param events the shown events, oldest first
 */
public record HistoryLine(
    String corpus,
    String user,
    boolean timed,
    int length,
    String kind,
    List<String> categories,
    List<Event> events) {
  /** At most so many categories have a name of their own. */
  public static final int CATEGORIES = 6;

  /** The category of items that have none of the named ones. */
  public static final String OTHER = "other";

  /**
   * An event.
   *
   * @param position in the history, from 0
   * @param time milliseconds since 1970; 0 in a history without times
   * @param search whether it came from a search
   * @param query what was typed; empty for nothing
   * @param item number of the item
   * @param category one of the named categories, or {@link #OTHER}
   */
  public record Event(
      int position, long time, boolean search, String query, int item, String category) {}

  /**
   * The latest {@code count} events of a user, or the whole history where it is shorter.
   *
   * @throws IllegalArgumentException if the user does not exist or the history is empty
   */
  public static HistoryLine of(Corpus corpus, int user, int count) {
    Histories histories = corpus.histories();
    if (user < 0 || user >= histories.users()) {
      throw new IllegalArgumentException(
          "user %d: there are 0..%d".formatted(user, histories.users() - 1));
    }
    int length = Checks.atLeast(1, "length of the history", histories.length(user));
    int first = Math.max(0, length - Checks.atLeast(1, "count", count));
    Kind kind = bestKind(corpus, user, first);
    List<Event> events = new ArrayList<>();
    for (int position = first; position < length; position++) {
      long event = histories.start(user) + position;
      String category = kind.names.get(position - first);
      events.add(
          new Event(
              position,
              histories.hasTimes() ? histories.time(event) : 0,
              histories.action(event) == Histories.SEARCH,
              corpus.queries().text(histories.query(event)),
              histories.item(event),
              kind.top.contains(category) ? category : OTHER));
    }
    return new HistoryLine(
        corpus.manifest().name(),
        histories.userId(user),
        histories.hasTimes(),
        length,
        kind.name,
        kind.top,
        events);
  }

  /**
   * A history to look at: the one with the most searches and the most browsing among its latest
   * {@code count} events, whichever are fewer; then the longer, then the first one.
   *
   * @throws IllegalArgumentException if all histories are empty
   */
  public static HistoryLine telling(Corpus corpus, int count) {
    Histories histories = corpus.histories();
    int best = 0;
    long bestWorth = -1;
    for (int user = 0; user < histories.users(); user++) {
      int shown = Math.min(count, histories.length(user));
      int searches = 0;
      long end = histories.start(user + 1);
      for (long event = end - shown; event < end; event++) {
        searches += histories.action(event) == Histories.SEARCH ? 1 : 0;
      }
      long worth = (long) Math.min(searches, shown - searches) << Integer.SIZE | shown;
      if (worth > bestWorth) {
        best = user;
        bestWorth = worth;
      }
    }
    return of(corpus, best, count);
  }

  /** A kind of attributes, the name of each event's attribute of it, and the most frequent ones. */
  private record Kind(String name, List<String> names, List<String> top) {
    static Kind of(String name, List<String> names) {
      Map<String, Integer> counts = new TreeMap<>();
      names.stream().filter(n -> !n.isEmpty()).forEach(n -> counts.merge(n, 1, Integer::sum));
      List<String> top =
          counts.entrySet().stream()
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .limit(CATEGORIES)
              .map(Map.Entry::getKey)
              .toList();
      return new Kind(name, names, top);
    }

    /** In nats, over the most frequent attributes and one class of all others. */
    double entropy() {
      Map<String, Integer> counts = new TreeMap<>();
      names.forEach(n -> counts.merge(top.contains(n) ? n : "", 1, Integer::sum));
      double entropy = 0;
      for (int count : counts.values()) {
        double share = (double) count / names.size();
        entropy -= share * Math.log(share);
      }
      return entropy;
    }
  }

  private static Kind bestKind(Corpus corpus, int user, int first) {
    Histories histories = corpus.histories();
    int length = histories.length(user);
    Map<String, String[]> kinds = new LinkedHashMap<>();
    for (int position = first; position < length; position++) {
      int at = position - first;
      namesOf(corpus.catalog(), histories.item(histories.start(user) + position))
          .forEach(
              (kind, name) -> kinds.computeIfAbsent(kind, k -> empty(length - first))[at] = name);
    }
    Optional<Kind> best =
        kinds.entrySet().stream()
            .map(entry -> Kind.of(entry.getKey(), List.of(entry.getValue())))
            .max(Comparator.comparingDouble(Kind::entropy));
    return best.orElseGet(() -> Kind.of("", List.of(empty(length - first))));
  }

  private static String[] empty(int size) {
    String[] names = new String[size];
    Arrays.fill(names, "");
    return names;
  }

  /** The first attribute of each kind that an item has. */
  private static Map<String, String> namesOf(Catalog catalog, int item) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int attribute : catalog.attributes(item)) {
      String name = catalog.attributeName(attribute);
      int colon = name.indexOf(':');
      names.putIfAbsent(name.substring(0, Math.max(0, colon)), name.substring(colon + 1));
    }
    return names;
  }
}
