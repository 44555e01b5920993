package seminar.notebook;

import java.util.List;
import seminar.file.Markup;

/** The few pieces of HTML that displays are made of; all text is escaped here. */
final class Html {
  private Html() {}

  /**
   * A table.
   *
   * @param header names of the columns; none for a table without a header
   * @param rows texts, one list for each row
   * @param note a line below the table; none if empty
   */
  static String table(List<String> header, List<List<String>> rows, String note) {
    StringBuilder html = new StringBuilder("<table class=\"dataframe\">");
    if (!header.isEmpty()) {
      html.append("<thead>");
      row(html, "th", header);
      html.append("</thead>");
    }
    html.append("<tbody>");
    rows.forEach(row -> row(html, "td", row));
    html.append("</tbody></table>");
    if (!note.isEmpty()) {
      html.append("<p>").append(Markup.escape(note)).append("</p>");
    }
    return html.toString();
  }

  private static void row(StringBuilder html, String cell, List<String> texts) {
    html.append("<tr>");
    for (String text : texts) {
      html.append('<').append(cell).append('>');
      html.append(Markup.escape(text));
      html.append("</").append(cell).append('>');
    }
    html.append("</tr>");
  }
}
