package seminar.source.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.data.Histories;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.MalformedLine;
import seminar.source.table.TableOptions.TimeUnit;

/** The rule by which a row of a table becomes events of a log, or is malformed. */
final class TableEvents {
  /** So many texts of queries are remembered with their numbers. */
  private static final int REMEMBERED = 1 << 20;

  private static final int NONE = -1;

  private final TableOptions options;
  private final TableIds ids;
  private final EventLog log;
  private final TableTimes times;
  private final TableItems items;
  private final List<String> columns;
  private final int time;
  private final int query;
  private final int clicked;
  private final int shown;
  private final int rating;
  private final int kind;
  private final int session;
  private final int described;
  private final Set<String> taken;
  private final Set<String> kinds;
  private final Map<String, Integer> queries = new HashMap<>();
  private long below;
  private long otherKinds;
  private long wordless;
  private long unseen;

  /**
   * A rule.
   *
   * @param unit of times, not {@link TimeUnit#AUTO}; {@link TimeUnit#ORDER} if there are none
   */
  TableEvents(TableOptions options, TimeUnit unit, TableIds ids, EventLog log) {
    this.options = options;
    this.ids = ids;
    this.log = log;
    times = TableTimes.of(options.time(), unit, options.timeFormat());
    items = new TableItems(options, ids, log);
    columns = new ArrayList<>(options.named().values());
    time = place("time");
    query = place("query");
    clicked = place("clicked");
    shown = place("shown");
    rating = place("rating");
    kind = place("kind");
    session = place("session");
    described = columns.size();
    taken = Set.copyOf(options.taken());
    kinds = Set.copyOf(options.kinds());
    if (describes()) {
      columns.addAll(TableItems.columns(options));
    }
  }

  private int place(String role) {
    return new ArrayList<>(options.named().keySet()).indexOf(role);
  }

  /** Whether the log describes its items itself. */
  private boolean describes() {
    return options.items().isEmpty() && !TableItems.columns(options).isEmpty();
  }

  /** The columns that a row has here, in this order. */
  List<String> columns() {
    return columns;
  }

  /** Adds what a row says; it counts whole or not at all. */
  void row(long number, String[] fields) throws MalformedLine, IOException {
    String user = user(fields);
    if (Fields.isList(fields[1])) {
      history(user, fields);
      return;
    }
    String item = ids.checked(options.item(), fields[1]);
    List<Event> parsed = new ArrayList<>(1);
    event(item, fields, parsed);
    if (describes()) {
      items.describeOnce(item, fields, described);
    }
    add(user, parsed);
  }

  private String user(String[] fields) throws MalformedLine, IOException {
    String user = ids.checked(options.user(), fields[0]);
    return session == NONE ? user : user + "/" + ids.checked(options.session(), fields[session]);
  }

  private record Event(String item, int query, long time, Role role) {}

  /** A row that is a history: as many events as its list of items has. */
  private void history(String user, String[] fields) throws MalformedLine, IOException {
    if (describes()) {
      throw new MalformedLine(
          "%s is a list, and text and attributes describe one item".formatted(options.item()));
    }
    List<String> met = Fields.list(options.item(), fields[1]);
    Map<Integer, List<String>> lists = new HashMap<>();
    for (int column : new int[] {time, query, clicked, shown, rating, kind}) {
      if (column != NONE && Fields.isList(fields[column])) {
        List<String> list = Fields.list(columns.get(column), fields[column]);
        if (list.size() != met.size()) {
          throw new MalformedLine(
              "%s has %d values and %s %d, which must be aligned"
                  .formatted(columns.get(column), list.size(), options.item(), met.size()));
        }
        lists.put(column, list);
      }
    }
    List<Event> parsed = new ArrayList<>(met.size());
    String[] one = fields.clone();
    for (int i = 0; i < met.size(); i++) {
      for (Map.Entry<Integer, List<String>> list : lists.entrySet()) {
        one[list.getKey()] = list.getValue().get(i);
      }
      event(ids.checked(options.item(), met.get(i)), one, parsed);
    }
    add(user, parsed);
  }

  /** What one event says, and what was shown beside it. */
  private void event(String item, String[] fields, List<Event> into)
      throws MalformedLine, IOException {
    if (kind != NONE && !kinds.isEmpty() && !kinds.contains(fields[kind].strip())) {
      otherKinds++;
      return;
    }
    long at = time == NONE ? 0 : times.millis(fields[time]);
    if (rating != NONE && Fields.number(options.rating(), fields[rating]) < options.threshold()) {
      below++;
      return;
    }
    boolean took = clicked == NONE || Fields.isYes(options.clicked(), fields[clicked], taken);
    int typed = query == NONE ? 0 : query(fields[query]);
    boolean beside = shown != NONE && Fields.isList(fields[shown]);
    if (beside) {
      for (String other : Fields.list(options.shown(), fields[shown])) {
        if (!other.equals(item)) {
          into.add(new Event(ids.checked(options.shown(), other), typed, at, Role.PASSED));
        }
      }
    }
    boolean was =
        beside || shown == NONE
            ? options.saysShown()
            : Fields.isYes(options.shown(), fields[shown], Set.of());
    if (took) {
      into.add(new Event(item, typed, at, was ? Role.TAKEN : Role.EVENT));
    } else if (was) {
      into.add(new Event(item, typed, at, Role.PASSED));
    } else {
      unseen++;
    }
  }

  private void add(String user, List<Event> parsed) throws MalformedLine, IOException {
    for (Event event : parsed) {
      byte action = event.query == 0 ? Histories.BROWSE : Histories.SEARCH;
      ids.add(log, user, event.item, event.query, event.time, action, event.role);
    }
  }

  /**
   * The number of what was typed; 0 for nothing, and for a text without a word, which is counted.
   */
  private int query(String field) throws MalformedLine {
    Integer known = queries.get(field);
    if (known == null) {
      known = items.isNothing(field) ? 0 : number(field.strip());
      if (queries.size() < REMEMBERED) {
        queries.put(field, known);
      }
    }
    wordless += known == 0 && !items.isNothing(field) ? 1 : 0;
    return known;
  }

  private int number(String text) throws MalformedLine {
    return Fields.isList(text)
        ? log.query(Fields.values(options.query(), text, options.separator()))
        : log.query(text);
  }

  /** What was left out or changed, by name. */
  Map<String, Long> counts() {
    return Map.of(
        "ratings below threshold",
        below,
        "rows of other kinds",
        otherKinds,
        "searches without a word",
        wordless,
        "rows neither shown nor taken",
        unseen);
  }
}
