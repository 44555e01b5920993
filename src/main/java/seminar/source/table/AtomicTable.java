package seminar.source.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import seminar.source.PlainText;
import seminar.source.Separation;
import seminar.source.SourceFiles;
import seminar.source.WordList;

/**
 * An atomic file of RecBole: fields between tabs under names with their types, {@code
 * user_id:token}. A column is known by its name without the type; the values of a list, whose type
 * ends with {@code _seq}, stand between blanks. By its whole name a column is given as it is
 * written: {@code title:token_seq} is a text.
 *
 * <p>See:
 *
 * <pre>
 * W. X. Zhao et al. "RecBole: towards a unified, comprehensive and efficient framework for
 * recommendation algorithms". CIKM, 2021.</pre>
 */
record AtomicTable(Path file) implements Table {
  private static final String SEQUENCE = "_seq";

  /** The columns as the file has them, by their names alone. */
  private Map<String, String> typed() throws IOException {
    Map<String, String> typed = new TreeMap<>();
    for (String column : Separation.tabs().names(file)) {
      typed.putIfAbsent(bare(column), column);
    }
    return typed;
  }

  private static String bare(String column) {
    return column.substring(0, column.indexOf(':') < 0 ? column.length() : column.lastIndexOf(':'));
  }

  /** The type of a column; empty where there is no such column or it has none. */
  String type(String column) throws IOException {
    String typed = typed().getOrDefault(column, column);
    return typed.substring(bare(typed).length()).replaceFirst(":", "");
  }

  @Override
  public List<String> columns() throws IOException {
    return Separation.tabs().names(file).stream().map(AtomicTable::bare).toList();
  }

  @Override
  public boolean has(String column) throws IOException {
    return typed().containsKey(column) || typed().containsValue(column);
  }

  @Override
  public void rows(SourceFiles files, List<String> required, SourceFiles.NumberedRow row)
      throws IOException {
    Map<String, String> typed = typed();
    List<String> columns = required.stream().map(name -> typed.getOrDefault(name, name)).toList();
    files.separated(
        file,
        Separation.tabs(),
        columns,
        List.of(),
        (number, fields) -> {
          for (int i = 0; i < fields.length; i++) {
            boolean list = columns.get(i).endsWith(SEQUENCE) && typed.containsKey(required.get(i));
            if (list && !PlainText.isNothing(fields[i])) {
              fields[i] = WordList.write(List.of(fields[i].strip().split(" +")), false);
            }
          }
          row.accept(number, fields);
        });
  }
}
