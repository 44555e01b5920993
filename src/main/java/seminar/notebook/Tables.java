package seminar.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** A table of Tablesaw: its first rows, and how many rows and columns it has. */
final class Tables {
  private static final int MAX_ROWS = 20;

  private Tables() {}

  static String html(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_ROWS, table.rowCount()); i++) {
      int row = i;
      rows.add(
          IntStream.range(0, table.columnCount())
              .mapToObj(column -> table.getString(row, column))
              .toList());
    }
    return Html.table(table.columnNames(), rows, size(table));
  }

  static String text(Table table) {
    return table.first(Math.min(MAX_ROWS, table.rowCount())).print(MAX_ROWS) + "\n" + size(table);
  }

  private static String size(Table table) {
    String shown = table.rowCount() > MAX_ROWS ? " (%d shown)".formatted(MAX_ROWS) : "";
    return "%d rows × %d columns%s".formatted(table.rowCount(), table.columnCount(), shown);
  }
}
