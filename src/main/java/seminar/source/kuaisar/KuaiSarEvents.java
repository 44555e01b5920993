package seminar.source.kuaisar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.data.Histories;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.HistoryOptions;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;
import seminar.source.TimeUnits;
import seminar.source.WordList;

/** The events of both logs of KuaiSAR, and which items they name. */
final class KuaiSarEvents {
  /** Items up to this id are remembered by a bit each. */
  private static final int DENSE = 1 << 27;

  private final EventLog log;
  private final HistoryOptions options;
  private final Map<String, Integer> queries = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();
  private final KuaiSarTypes types = new KuaiSarTypes();
  private final BitSet met = new BitSet();
  private final Set<Long> metFar = new HashSet<>();
  private long wordless;

  KuaiSarEvents(EventLog log, HistoryOptions options) {
    this.log = log;
    this.options = options;
  }

  /** Reads searches, then browsing. */
  void read(Path folder, SourceFiles files) throws IOException {
    Path keywords = folder.resolve(KuaiSarFormat.KEYWORDS);
    if (DataFolder.has(keywords)) {
      files.tabs(keywords, List.of("id", "word"), this::word);
    }
    files.commas(
        folder.resolve(KuaiSarFormat.SEARCHING),
        List.of("user_id", "item_id", "keyword", "click_cnt", "search_session_timestamp"),
        List.of("item_type"),
        this::search);
    files.commas(
        folder.resolve(KuaiSarFormat.BROWSING),
        List.of("user_id", "item_id", "click", "timestamp"),
        this::browse);
  }

  private void word(String[] fields) throws MalformedLine {
    String id = Long.toString(MalformedLine.whole("id", fields[0], 0));
    if (fields[1].isBlank()) {
      throw new MalformedLine("keyword %s has no word".formatted(id));
    }
    if (words.putIfAbsent(id, fields[1]) != null) {
      throw new MalformedLine("keyword %s was there before".formatted(id));
    }
  }

  private void search(String[] fields) throws MalformedLine, IOException {
    long user = MalformedLine.whole("user_id", fields[0], 0);
    long item = types.item(fields[5], MalformedLine.whole("item_id", fields[1], 0));
    long clicks = MalformedLine.whole("click_cnt", fields[3], 0);
    long time = TimeUnits.MILLISECONDS.millis("search_session_timestamp", fields[4]);
    Integer query = queries.get(fields[2]);
    if (query == null) {
      query = log.query(keywords(fields[2]));
      queries.put(fields[2], query);
    }
    wordless += query == 0 ? 1 : 0;
    add(user, item, query, time, Histories.SEARCH, clicks > 0);
  }

  private void browse(String[] fields) throws MalformedLine, IOException {
    long user = MalformedLine.whole("user_id", fields[0], 0);
    long item = MalformedLine.whole("item_id", fields[1], 0);
    long click = MalformedLine.whole("click", fields[2], 0);
    if (click > 1) {
      throw new MalformedLine("click is %d, neither 0 nor 1".formatted(click));
    }
    long time = TimeUnits.MILLISECONDS.millis("timestamp", fields[3]);
    add(user, item, 0, time, Histories.BROWSE, click == 1);
  }

  private void add(long user, long item, int query, long time, byte action, boolean clicked)
      throws IOException {
    log.event(user, item, query, time, action, clicked ? Role.TAKEN : Role.PASSED);
    if (options.holds(time) && (clicked || options.exposures())) {
      if (isDense(item)) {
        met.set((int) item);
      } else {
        metFar.add(item);
      }
    }
  }

  private static boolean isDense(long item) {
    return item >= 0 && item < DENSE;
  }

  /** The words of a query; none if nothing was typed. */
  private List<String> keywords(String field) throws MalformedLine {
    if (PlainText.optional(field).isBlank()) {
      return List.of();
    }
    List<String> numbers =
        WordList.of("keyword", WordList.isList(field.strip()) ? field : "[" + field + "]");
    List<String> typed = new ArrayList<>();
    boolean some = false;
    for (String number : numbers) {
      if (number.isBlank()) {
        throw new MalformedLine("keyword is '%s', with an empty word".formatted(field));
      }
      some |= !number.equals("0") && !number.equals("-1");
      typed.add(words.getOrDefault(number, number));
    }
    return some ? typed : List.of();
  }

  /** Whether an event that may be kept names the item. */
  boolean met(long item) {
    return isDense(item) ? met.get((int) item) : metFar.contains(item);
  }

  /** The types of items that searches name. */
  KuaiSarTypes types() {
    return types;
  }

  /** How many rows of searches had no word. */
  long wordless() {
    return wordless;
  }
}
