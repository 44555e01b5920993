package seminar.source.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.file.AtomicFiles;
import seminar.file.CsvFile;
import seminar.file.Progress;
import seminar.source.CorpusWriter;
import seminar.source.Separation;
import seminar.source.ShownHistory;
import seminar.source.WordList;

/**
 * Writes a corpus as two tables of comma-separated values: {@code events.csv} with a row for each
 * event and each item that was shown and not taken, {@code items.csv} with a row for each item.
 * Other programs read them as they are.
 *
 * <p>What the tables cannot say: an item that was clicked when it was shown and is no event;
 * whether an event was a search, which its query tells; an item that nobody met; negatives and
 * features; keywords of a query that its text does not have.
 */
public final class TableWriter implements CorpusWriter {
  /** The column whose values are attributes with their kinds, such as {@code brand:A}. */
  static final String ATTRIBUTES = "attributes";

  private static final String USER = "user_id";
  private static final String ITEM = "item_id";
  private static final String QUERY = "query";
  private static final String TIME = "time_ms";
  private static final String CLICKED = "clicked";
  private static final String TEXT = "text";
  private static final String EVENTS = "events.csv";
  private static final String ITEMS = "items.csv";
  private static final int REPORT_EVERY = 1000;

  /** A writer; it has no options. */
  public TableWriter() {}

  @Override
  public String name() {
    return "table";
  }

  @Override
  public String description() {
    return "Two tables that any program reads: events.csv and items.csv";
  }

  @Override
  public Map<String, String> readerOptions() {
    return Map.of("minUserEvents", "1");
  }

  @Override
  public void write(Corpus corpus, Path folder, Progress progress) throws IOException {
    AtomicFiles.writeFolder(
        folder,
        Set.of(EVENTS, ITEMS),
        into -> {
          items(corpus.catalog(), into.resolve(ITEMS));
          events(corpus, into.resolve(EVENTS), progress);
        });
  }

  /** Whether a log is one folder as {@link #write} leaves it. */
  static boolean wrote(List<Path> data) {
    return data.size() == 1
        && Files.isRegularFile(events(data.getFirst()))
        && Files.isRegularFile(data.getFirst().resolve(ITEMS));
  }

  /** The table of events in a folder. */
  static Path events(Path folder) {
    return folder.resolve(EVENTS);
  }

  /** Options with the columns that the tables of a folder have and that are not named already. */
  static TableOptions asWritten(TableOptions options, Path folder) throws IOException {
    List<String> columns = Separation.told(events(folder), List.of()).names(events(folder));
    TableOptions written = options.items().isEmpty() ? options.withItems(List.of(ITEMS)) : options;
    written = written.user().isEmpty() ? written.withUser(USER) : written;
    written = written.item().isEmpty() ? written.withItem(ITEM) : written;
    if (written.query().isEmpty() && columns.contains(QUERY)) {
      written = written.withQuery(QUERY);
    }
    if (written.time().isEmpty() && columns.contains(TIME)) {
      written = written.withTime(TIME).withTimeUnit(TableOptions.TimeUnit.MILLISECONDS);
    }
    if (written.clicked().isEmpty() && columns.contains(CLICKED)) {
      written = written.withClicked(CLICKED);
    }
    if (TableItems.columns(written).isEmpty()) {
      written = written.withText(List.of(TEXT)).withAttributes(List.of(ATTRIBUTES));
    }
    return written;
  }

  private static void items(Catalog catalog, Path file) throws IOException {
    try (CsvFile items = CsvFile.commas(file, List.of(ITEM, TEXT, ATTRIBUTES))) {
      for (int item = 1; item <= catalog.size(); item++) {
        List<String> names =
            Arrays.stream(catalog.attributes(item)).mapToObj(catalog::attributeName).toList();
        items.row(catalog.originalId(item), catalog.text(item), WordList.write(names, false));
      }
    }
  }

  private static void events(Corpus corpus, Path file, Progress progress) throws IOException {
    Histories histories = corpus.histories();
    boolean shown = corpus.exposures().isPresent();
    List<String> columns = new ArrayList<>(List.of(USER, ITEM, QUERY));
    if (histories.hasTimes()) {
      columns.add(TIME);
    }
    if (shown) {
      columns.add(CLICKED);
    }
    ShownHistory rows = new ShownHistory(corpus);
    try (CsvFile events = CsvFile.commas(file, columns)) {
      for (int user = 0; user < histories.users(); user++) {
        String id = histories.userId(user);
        rows.rows(
            user,
            (item, query, action, taken, time) -> {
              List<String> row = new ArrayList<>();
              row.addAll(
                  List.of(id, corpus.catalog().originalId(item), corpus.queries().text(query)));
              if (histories.hasTimes()) {
                row.add(Long.toString(time));
              }
              if (shown) {
                row.add(taken ? "1" : "0");
              }
              events.row(row.toArray(String[]::new));
            });
        if (user % REPORT_EVERY == 0) {
          progress.at("writing " + EVENTS, user, histories.users());
        }
      }
    }
  }
}
