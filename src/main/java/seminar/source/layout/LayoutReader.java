package seminar.source.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.options.OptionPaths;
import seminar.source.CorpusReader;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;
import seminar.source.table.TableReader;

/**
 * Reads a public set whose files are tables: finds them, says what their columns mean, and leaves
 * the rest to {@link TableReader}. Every option of a table can be set; what describes items is
 * looked for unless {@link TableOptions#items} says where it is.
 */
class LayoutReader implements CorpusReader {
  private final Layout layout;
  private final TableOptions options;

  /** A reader of a set with its usual options. */
  LayoutReader(Layout layout) {
    this(layout, layout.options());
  }

  private LayoutReader(Layout layout, TableOptions options) {
    this.layout = layout;
    this.options = options;
  }

  @Override
  public final String name() {
    return layout.name();
  }

  @Override
  public final String description() {
    return layout.description();
  }

  @Override
  public final Map<String, String> options() {
    return OptionPaths.describe(options);
  }

  @Override
  public final CorpusReader with(String option, String value) {
    return with(Map.of(option, value));
  }

  @Override
  public final CorpusReader with(Map<String, String> settings) {
    return new LayoutReader(layout, OptionPaths.set(options, settings));
  }

  @Override
  public final Corpus read(Path folder, Progress progress) throws IOException {
    return read(List.of(folder), progress);
  }

  @Override
  public final Corpus read(List<Path> data, Progress progress) throws IOException {
    List<Path> logs = LayoutFiles.logs(layout, data);
    Path first = logs.getFirst();
    Table log = table(first, options.columns());
    TableOptions told = options;
    List<Table> items = new ArrayList<>();
    if (options.items().isEmpty() && !layout.items().isEmpty()) {
      List<Path> found = LayoutFiles.items(layout.items(), data, first);
      for (Path file : found) {
        items.add(table(file, List.of()));
      }
      told = told.withItems(beside(first, found));
      told = found.isEmpty() ? nothingDescribed(told) : told;
    }
    if (options.vectors().isEmpty() && !layout.vectors().isEmpty()) {
      List<Path> found = LayoutFiles.items(List.of(layout.vectors()), data, first);
      told = told.withVectors(beside(first, found));
    }
    told = layout.told().told(told, log, items);
    if (!items.isEmpty() && told.itemColumns().isEmpty()) {
      told = told.withText(there(told.text(), layout.options().text(), items));
      told = told.withAttributes(there(told.attributes(), layout.options().attributes(), items));
    }
    return new TableReader(layout.name(), told).read(logs, progress);
  }

  private Table table(Path file, List<String> columns) throws IOException {
    return Table.of(file, options.format(), options.delimiter(), columns);
  }

  /** Files by their places seen from a log. */
  private static List<String> beside(Path log, List<Path> files) {
    Path beside = Objects.requireNonNull(log.toAbsolutePath().getParent());
    return files.stream().map(f -> beside.relativize(f.toAbsolutePath()).toString()).toList();
  }

  private static TableOptions nothingDescribed(TableOptions options) {
    return options
        .withText(List.of())
        .withAttributes(List.of())
        .withItemId("")
        .withItemColumns(List.of());
  }

  /** Columns that one of some tables has; one that somebody asked for must be there. */
  private static List<String> there(List<String> columns, List<String> usual, List<Table> tables)
      throws IOException {
    List<String> there = new ArrayList<>();
    for (String column : columns) {
      boolean found = !usual.contains(column);
      for (Table table : tables) {
        found |= table.has(column);
      }
      if (found) {
        there.add(column);
      }
    }
    return there;
  }
}
