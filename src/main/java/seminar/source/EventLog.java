package seminar.source;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import seminar.data.Catalog;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.Progress;

/**
 * The events of a log in any order and number, turned into histories by an embedded database that
 * sorts and joins on disk what does not fit into memory.
 *
 * <p>Users and items are numbered in rising order of their ids, queries in the order in which
 * histories meet them, so the same events give the same corpus in whatever order of files they were
 * read; events of one user and one time keep the order of the log.
 */
public final class EventLog implements AutoCloseable {
  /** What the ids of users and items are; it decides their order. */
  public enum Ids {
    /** Whole numbers of 64 bits, in the order of numbers. */
    NUMBERS("BIGINT"),
    /** Texts, in the order of their letters. */
    TEXTS("VARCHAR");

    private final String type;

    Ids(String type) {
      this.type = type;
    }
  }

  /** What a line of a log says of an item and a user. */
  public enum Role {
    /** The user took it; nothing is said of what was shown. */
    EVENT(true, false, true),
    /** It was shown and the user took it: an event of the history and an exposure. */
    TAKEN(true, true, true),
    /** It was shown and the user took it, but it is no event of the history that is kept. */
    CLICKED(false, true, true),
    /** It was shown and the user did not take it. */
    PASSED(false, true, false);

    final boolean inHistory;
    final boolean shown;
    final boolean clicked;

    Role(boolean inHistory, boolean shown, boolean clicked) {
      this.inHistory = inHistory;
      this.shown = shown;
      this.clicked = clicked;
    }
  }

  /**
   * What was found in a log.
   *
   * @param histories histories in rising order of user ids
   * @param queries what was typed in them
   * @param exposures what was shown, where that is kept
   * @param counts what was left out, by name
   */
  public record Found(
      Histories histories,
      Queries queries,
      Optional<Exposures> exposures,
      Map<String, Long> counts) {}

  /** Hears of one item of the catalogue. */
  @FunctionalInterface
  public interface ItemRow {
    /**
     * Uses the item.
     *
     * @param text empty where nothing describes it
     */
    void accept(String id, String text, List<String> attributes);
  }

  /** Between the attributes of an item. */
  static final String SEPARATOR = "\n";

  private final Workbench bench;
  private final HistoryOptions options;
  private final Workbench.Rows events;
  private final Workbench.Rows items;
  private final Workbench.Rows kept;
  private final Queries.Builder typed = new Queries.Builder();
  private boolean merged;
  private long outside;
  private long passed;

  /** An empty log of which the histories that {@code options} ask for will be kept. */
  public EventLog(Ids ids, HistoryOptions options) throws IOException {
    this.options = options;
    this.bench = new Workbench();
    bench.run(
        ("CREATE TABLE event (usr %1$s, item %1$s, query INTEGER, ms BIGINT, action TINYINT, "
                + "in_history BOOLEAN, shown BOOLEAN, clicked BOOLEAN)")
            .formatted(ids.type));
    bench.run("CREATE TABLE item (item %s, text VARCHAR, attributes VARCHAR)".formatted(ids.type));
    bench.run("CREATE TABLE kept (item %s)".formatted(ids.type));
    this.kept = bench.rows("kept");
    this.events = bench.rows("event");
    this.items = bench.rows("item");
  }

  /** The number of a typed query in this log; 0 for a text without a word. */
  public int query(String text) {
    return typed.add(text);
  }

  /** The number of a query that came as keywords; 0 for none. */
  public int query(List<String> keywords) {
    return typed.addTokens(keywords);
  }

  /** Adds a line of a log whose ids are numbers. */
  public void event(long user, long item, int query, long time, byte action, Role role)
      throws IOException {
    if (kept(time, role)) {
      events.begin().add(user).add(item);
      finish(query, time, action, role);
    }
  }

  /** Adds a line of a log whose ids are texts. */
  public void event(String user, String item, int query, long time, byte action, Role role)
      throws IOException {
    if (kept(time, role)) {
      events.begin().add(user).add(item);
      finish(query, time, action, role);
    }
  }

  private boolean kept(long time, Role role) {
    boolean holds = options.holds(time);
    outside += holds ? 0 : 1;
    boolean wanted = role.inHistory || options.exposures();
    passed += holds && !wanted ? 1 : 0;
    return holds && wanted;
  }

  private void finish(int query, long time, byte action, Role role) throws IOException {
    events.add(query).add(time).add(action);
    events.add(role.inHistory).add(role.shown).add(role.clicked).end();
  }

  /** Keeps an item in the catalogue even if nobody met it. */
  public void keep(long item) throws IOException {
    kept.begin().add(item).end();
  }

  /**
   * From now on every description of an item counts, not the first alone: texts that differ are
   * joined by a full stop, attributes are added.
   */
  public void mergeDescriptions() {
    merged = true;
  }

  /** Describes an item; the first description of an id counts, or all that are merged. */
  public void item(long id, String text, List<String> attributes) throws IOException {
    items.begin().add(id);
    describe(text, attributes);
  }

  /** Describes an item; the first description of an id counts, or all that are merged. */
  public void item(String id, String text, List<String> attributes) throws IOException {
    items.begin().add(id);
    describe(text, attributes);
  }

  private void describe(String text, List<String> attributes) throws IOException {
    items.add(text).add(String.join(SEPARATOR, attributes)).end();
  }

  /**
   * The histories that the options keep, and what was shown beside them.
   *
   * @param timedHistories whether the times of histories are those of the log; else they only order
   *     events
   * @param timedShown the same for exposures
   */
  public Found read(boolean timedHistories, boolean timedShown, Progress progress)
      throws IOException {
    events.close();
    kept.close();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("events outside the time range", outside);
    counts.put("exposures not kept", passed);
    progress.at("choosing histories", 0, 4);
    if (!options.repeats()) {
      counts.put(HistoryStream.REPEATS, Repeats.drop(bench, timedHistories, timedShown));
    }
    new HistoryFilter(bench, options).run(counts);
    progress.at("numbering items", 1, 4);
    bench.run(
        "CREATE TABLE number AS SELECT item, CAST(row_number() OVER (ORDER BY item) AS INTEGER) "
            + "AS n FROM (SELECT item FROM history UNION SELECT item FROM kept)");
    progress.at("sorting events", 2, 4);
    HistoryStream stream =
        new HistoryStream(typed.build(), timedHistories, timedShown, options.exposures());
    try (Workbench.Answer users = bench.ask("SELECT CAST(usr AS VARCHAR) FROM usr ORDER BY n");
        Workbench.Answer rows =
            bench.ask(
                "SELECT u.n, i.n, query, ms, action, in_history, shown, clicked FROM history "
                    + "JOIN usr u USING (usr) JOIN number i USING (item) ORDER BY u.n, ms, seq")) {
      return stream.read(users.rows(), rows.rows(), counts);
    } catch (SQLException e) {
      throw Workbench.failed(e);
    }
  }

  /**
   * Goes through the items that occur or are kept, in the order of their numbers; call after the
   * histories.
   */
  public void items(ItemRow row) throws IOException {
    items.close();
    bench.run(
        merged
            ? "CREATE TABLE first AS SELECT item, rowid AS r FROM item"
            : "CREATE TABLE first AS SELECT item, min(rowid) AS r FROM item GROUP BY item");
    try (Workbench.Answer answer =
        bench.ask(
            "SELECT n.n, CAST(n.item AS VARCHAR), d.text, d.attributes FROM number n LEFT JOIN"
                + " first f USING (item) LEFT JOIN item d ON d.rowid = f.r ORDER BY n.n, f.r")) {
      DescribedItem item = null;
      ResultSet rows = answer.rows();
      while (rows.next()) {
        if (item == null || item.number() != rows.getInt(1)) {
          tell(item, row);
          item = new DescribedItem(rows.getInt(1), rows.getString(2));
        }
        item.add(rows.getString(3), rows.getString(4));
      }
      tell(item, row);
    } catch (SQLException e) {
      throw Workbench.failed(e);
    }
  }

  private static void tell(DescribedItem item, ItemRow row) {
    if (item != null) {
      row.accept(item.id(), item.text(), item.attributes());
    }
  }

  /** How many descriptions there were beyond the first of an item; call after {@link #items}. */
  public long repeatedDescriptions() throws IOException {
    return bench.number("SELECT (SELECT count(*) FROM item) - (SELECT count(*) FROM first)");
  }

  /** Descriptions that were not used, counted by why; call after {@link #items}. */
  public Map<String, Long> descriptions() throws IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("further descriptions of an item", repeatedDescriptions());
    counts.put(
        "described items that nobody met",
        bench.number("SELECT count(DISTINCT item) FROM first ANTI JOIN number USING (item)"));
    return counts;
  }

  /** The ids of the items that occur or are kept; call after the histories. */
  public Set<String> itemIds() throws IOException {
    Set<String> ids = new HashSet<>();
    try (Workbench.Answer answer = bench.ask("SELECT CAST(item AS VARCHAR) FROM number")) {
      while (answer.rows().next()) {
        ids.add(answer.rows().getString(1));
      }
      return ids;
    } catch (SQLException e) {
      throw Workbench.failed(e);
    }
  }

  /** As {@link #catalog(int, Map)} of items of which none has a picture. */
  public Catalog catalog(int minAttributeCount) throws IOException {
    return catalog(minAttributeCount, Map.of());
  }

  /**
   * As {@link #catalog(int)} where items are called otherwise than in the log.
   *
   * @param name the id of an item in the catalogue from that in the log
   */
  public Catalog catalog(int minAttributeCount, UnaryOperator<String> name) throws IOException {
    return catalog(minAttributeCount, Map.of(), name);
  }

  /**
   * The catalogue of the items that occur or are kept. Items with a text get rows of text features
   * in the order of their numbers.
   *
   * @param minAttributeCount attributes of fewer items are left out
   * @param pictures rows of picture features by the ids of items
   */
  public Catalog catalog(int minAttributeCount, Map<String, Integer> pictures) throws IOException {
    return catalog(minAttributeCount, pictures, UnaryOperator.identity());
  }

  private Catalog catalog(
      int minAttributeCount, Map<String, Integer> pictures, UnaryOperator<String> name)
      throws IOException {
    Catalog.Builder builder = new Catalog.Builder();
    int[] texts = new int[1];
    items(
        (id, text, attributes) ->
            builder.add(
                name.apply(id),
                text,
                attributes,
                text.isEmpty() ? Catalog.ABSENT : texts[0]++,
                pictures.getOrDefault(id, Catalog.ABSENT)));
    return builder.build(minAttributeCount);
  }

  @Override
  public void close() throws IOException {
    bench.close();
  }
}
