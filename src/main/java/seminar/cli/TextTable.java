package seminar.cli;

import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** A table as text: names left, numbers right, columns two blanks apart. */
final class TextTable {
  private TextTable() {}

  /** The lines of a table, without a last line break. */
  static String of(Table table) {
    List<String> head = table.columnNames();
    List<List<String>> rows = Reproduction.cells(table);
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

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ").append(c == 0 ? cells.get(c) + pad : pad + cells.get(c));
    }
    return line.toString().stripTrailing();
  }
}
