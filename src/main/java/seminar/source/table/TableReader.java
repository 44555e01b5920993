package seminar.source.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.file.Progress;
import seminar.source.EventLog;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads any log that is a table: files of comma-separated values, of JSON lines or of Parquet, of
 * which {@link TableOptions} say what their columns mean.
 *
 * <pre>{@code
 * Seminar.corpus("table", Path.of("clicks.csv"), Map.of("user", "user_id", "item", "item_id"))
 * }</pre>
 *
 * <p>Nothing is guessed but what the first rows show: what stands between fields, the unit of times
 * and whether ids are numbers. A row that does not fit what was told from the first ones is
 * malformed; an id that is no number makes all ids texts.
 */
public final class TableReader extends LogReader<TableOptions> {
  private static final String NAME = "table";
  private static final int ABSENT = -1;

  /** With {@link TableOptions#defaults}. */
  public TableReader() {
    this(TableOptions.defaults());
  }

  /** A reader with these options. */
  public TableReader(TableOptions options) {
    this(NAME, options);
  }

  /** A reader of one kind of tables, which has a name of its own. */
  public TableReader(String name, TableOptions options) {
    super(
        name,
        options.idsOfLog(),
        options,
        options.histories(),
        other -> new TableReader(name, other));
  }

  @Override
  public String description() {
    return "Any log that is a table: CSV, TSV, JSON lines or Parquet, also .gz and .zst, in files,"
        + " folders of parts, and patterns";
  }

  @Override
  public Corpus read(List<Path> data, Progress progress) throws IOException {
    if (TableWriter.wrote(data)) {
      TableOptions written = TableWriter.asWritten(options, data.getFirst());
      return new TableReader(name(), written)
          .read(List.of(TableWriter.events(data.getFirst())), progress);
    }
    TableOptions told = told(first(data));
    if (!told.equals(options)) {
      return new TableReader(name(), told).read(data, progress);
    }
    try {
      return super.read(data, progress);
    } catch (TableIds.TextsFound e) {
      return new TableReader(name(), options.withIds(TableOptions.Ids.TEXTS)).read(data, progress);
    }
  }

  /**
   * What the columns of a log may mean, with their first values; nothing more of it is read.
   *
   * @throws IOException if there is no file or the first cannot be read
   */
  public ColumnGuess guess(List<Path> data) throws IOException {
    return ColumnGuess.of(first(data));
  }

  /** The options with what the first rows of a log show. */
  private TableOptions told(Table table) throws IOException {
    for (String role : List.of("user", "item")) {
      if (!options.named().containsKey(role)) {
        throw new IOException(
            "say which column has the %ss, with the option %s: %s has %s%s"
                .formatted(
                    role,
                    role,
                    table.file(),
                    String.join(", ", table.columns()),
                    ColumnGuess.of(table).hint()));
      }
    }
    boolean untold =
        options.timeUnit() == TimeUnit.AUTO
            && !options.time().isEmpty()
            && options.timeFormat().isEmpty();
    if (!untold) {
      return options;
    }
    List<String> sample = new ArrayList<>();
    for (String[] fields : table.head(List.of(options.time()), Table.SAMPLE)) {
      sample.addAll(
          Fields.isList(fields[0]) ? firstOf(options.time(), fields[0]) : List.of(fields[0]));
    }
    return options.withTimeUnit(TableTimes.told(table, options.time(), sample));
  }

  private static List<String> firstOf(String name, String field) {
    try {
      return Fields.list(name, field).stream().limit(1).toList();
    } catch (MalformedLine e) {
      return List.of();
    }
  }

  private List<Table> tables(List<Path> given, List<String> columns) throws IOException {
    List<Table> tables = new ArrayList<>();
    for (Path file : TableFiles.of(given)) {
      tables.add(table(file, columns));
    }
    return tables;
  }

  /** The first file of a log, whose rows tell what the options do not. */
  private Table first(List<Path> given) throws IOException {
    return table(TableFiles.of(given).getFirst(), options.columns());
  }

  private Table table(Path file, List<String> columns) throws IOException {
    return Table.of(file, options.format(), options.delimiter(), columns);
  }

  @Override
  protected Corpus read(Path data, SourceFiles files, EventLog log) throws IOException {
    return read(List.of(data), files, log);
  }

  @Override
  protected Corpus read(List<Path> data, SourceFiles files, EventLog log) throws IOException {
    boolean timed = !options.time().isEmpty() && options.timeUnit() != TimeUnit.ORDER;
    TableIds ids = new TableIds(options);
    TableEvents events =
        new TableEvents(options, timed ? options.timeUnit() : TimeUnit.ORDER, ids, log);
    List<Table> tables = tables(data, options.columns());
    for (Table table : tables) {
      table.rows(files, events.columns(), events::row);
    }
    Path first = tables.getFirst().file();
    describe(first, ids, files, log);
    EventLog.Found found = log.read(timed, timed, files.progress());
    try (TableVectors vectors = new TableVectors(options.vector(), log.itemIds())) {
      vectors(first, ids, files, vectors);
      Catalog catalog = log.catalog(options.minAttributeCount(), vectors.rows());
      Map<String, Long> counts = new LinkedHashMap<>(events.counts());
      counts.putAll(log.descriptions());
      counts.putAll(vectors.counts());
      FeatureFiles features = vectors.finish();
      return corpus(called(first), files, found, catalog, counts, features, Optional.empty());
    }
  }

  private void vectors(Path first, TableIds ids, SourceFiles files, TableVectors vectors)
      throws IOException {
    for (Table table : tables(beside(first, options.vectors()), List.of())) {
      table.rows(
          files,
          List.of(itemId(), options.vector()),
          (number, fields) -> vectors.add(ids.known(ids.checked(itemId(), fields[0])), fields[1]));
    }
  }

  /** What the column of items is called in files beside the log. */
  private String itemId() {
    return options.itemId().isEmpty() ? options.item() : options.itemId();
  }

  /** Reads the files that describe items, which are looked for beside the log first. */
  private void describe(Path first, TableIds ids, SourceFiles files, EventLog log)
      throws IOException {
    TableItems items = new TableItems(options, ids, log);
    String id = itemId();
    List<String> columns = new ArrayList<>(List.of(id));
    columns.addAll(TableItems.columns(options));
    List<Table> tables = tables(beside(first, options.items()), options.itemColumns());
    if (!tables.isEmpty()) {
      log.mergeDescriptions();
    }
    for (Table table : tables) {
      int[] places = places(table, columns, tables);
      List<String> there =
          Arrays.stream(places).filter(at -> at >= 0).mapToObj(columns::get).toList();
      table.rows(
          files,
          there,
          (number, fields) ->
              items.describe(ids.checked(id, fields[0]), spread(fields, places), 1));
    }
  }

  /** The columns that a table must have: all, or of several tables the id and those it has. */
  private static int[] places(Table table, List<String> columns, List<Table> tables)
      throws IOException {
    int[] places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      boolean here = i == 0 || tables.size() == 1 || table.has(columns.get(i));
      places[i] = here ? i : ABSENT;
      if (!here && noneHas(tables, columns.get(i))) {
        throw new IOException(
            "none of the files that describe items has %s: %s has %s"
                .formatted(columns.get(i), table.file(), String.join(", ", table.columns())));
      }
    }
    return places;
  }

  private static boolean noneHas(List<Table> tables, String column) throws IOException {
    for (Table table : tables) {
      if (table.has(column)) {
        return false;
      }
    }
    return true;
  }

  /** Fields at the places of their columns; empty ones of columns that are not there. */
  private static String[] spread(String[] fields, int[] places) {
    String[] all = new String[places.length];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = places[i] == ABSENT ? "" : fields[next++];
    }
    return all;
  }

  private static List<Path> beside(Path log, List<String> names) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String given : names) {
      Path beside = log.resolveSibling(given);
      files.add(TableFiles.exists(beside) ? beside : Path.of(given));
    }
    return files;
  }

  private String called(Path first) {
    String file = first.getFileName().toString();
    return options.name().isEmpty() ? name() + "-" + file.split("\\.", 2)[0] : options.name();
  }
}
