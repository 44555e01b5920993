package seminar.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import seminar.file.Markup;
import seminar.kernel.VariableList;
import tech.tablesaw.api.Table;

/** Tables of text as HTML, and those of Tablesaw: first rows, and how many rows and columns. */
public final class Tables {
  /** So many rows are shown. */
  static final int MAX_ROWS = 20;

  private static final String SORTING = sorting();

  private Tables() {}

  /** Sorts any table of ours by the column whose name is clicked; where no script may run, none. */
  private static String sorting() {
    try (InputStream in = Tables.class.getResourceAsStream("sort.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The script that sorts tables, for pages that have their own. */
  public static String script() {
    return SORTING;
  }

  /** A table without the script that sorts it. */
  public static String still(String html) {
    return html.replace("<script>" + SORTING + "</script>", "");
  }

  /** The first rows of a table, and how many rows and columns it has. */
  public static String html(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_ROWS, table.rowCount()); i++) {
      int row = i;
      rows.add(
          IntStream.range(0, table.columnCount())
              .mapToObj(column -> table.getString(row, column))
              .toList());
    }
    return html(table.columnNames(), rows, size(table));
  }

  static String text(Table table) {
    return table.first(Math.min(MAX_ROWS, table.rowCount())).print(MAX_ROWS) + "\n" + size(table);
  }

  static String html(VariableList list) {
    List<List<String>> rows =
        list.variables().stream().map(one -> List.of(one.name(), one.type(), one.value())).toList();
    return html(List.of("name", "type", "value"), rows, rows.size() + " variables");
  }

  /**
   * A table; all text is escaped.
   *
   * @param header names of the columns
   * @param rows texts, one list for each row
   * @param note a line below the table; none if empty
   */
  static String html(List<String> header, List<List<String>> rows, String note) {
    StringBuilder html = new StringBuilder("<table class=\"dataframe\"><thead>");
    row(html, "th", header);
    html.append("</thead><tbody>");
    rows.forEach(row -> row(html, "td", row));
    html.append("</tbody></table>");
    if (!note.isEmpty()) {
      html.append("<p>").append(Markup.escape(note)).append("</p>");
    }
    if (rows.size() > 1) {
      html.append("<script>").append(SORTING).append("</script>");
    }
    return html.toString();
  }

  private static void row(StringBuilder html, String cell, List<String> texts) {
    html.append("<tr>");
    for (String text : texts) {
      html.append("<%s>%s</%s>".formatted(cell, Markup.escape(text), cell));
    }
    html.append("</tr>");
  }

  private static String size(Table table) {
    String shown = table.rowCount() > MAX_ROWS ? " (%d shown)".formatted(MAX_ROWS) : "";
    return "%d rows × %d columns%s".formatted(table.rowCount(), table.columnCount(), shown);
  }
}
