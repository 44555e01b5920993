package seminar.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A table as text: names left, numbers right, columns two blanks apart. */
public final class TextTable {
  private TextTable() {}

  /** A column of such a table: the text of each row. */
  public static <T> StringColumn column(String name, List<T> rows, Function<T, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell).toList());
  }

  /** The lines of a table, without a last line break. */
  public static String of(Table table) {
    List<String> head = table.columnNames();
    List<List<String>> rows = cells(table);
    int[] widths =
        IntStream.range(0, head.size())
            .map(
                c ->
                    Math.max(
                        head.get(c).length(),
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0)))
            .toArray();
    StringBuilder text = new StringBuilder(line(head, widths));
    rows.forEach(row -> text.append(System.lineSeparator()).append(line(row, widths)));
    return text.toString();
  }

  /** Text of every cell of a table, as it prints. */
  private static List<List<String>> cells(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < table.columnCount(); column++) {
        cells.add(table.getString(row, column));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ").append(c == 0 ? cells.get(c) + pad : pad + cells.get(c));
    }
    return line.toString().stripTrailing();
  }
}
