package seminar.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import seminar.data.AtomicFiles;

/**
 * One self-contained HTML page: what was run, tables, pictures. Pictures are in the page itself, so
 * it can be sent to somebody.
 *
 * <p>All text is escaped.
 */
public final class Report {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 66rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; }
      table { border-collapse: collapse; margin: 1rem 0; font-size: .95rem; } caption { text-align: left; color: #555; padding-bottom: .3rem; }
      th, td { padding: .3rem .8rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; } thead th { border-bottom: 2px solid #888; }
      img { max-width: 100%; border: 1px solid #eee; } figure { margin: 1rem 0; } figcaption { color: #555; }
      """;

  private final String title;
  private final List<String> body = new ArrayList<>();

  /** An empty page. */
  public Report(String title) {
    this.title = title;
  }

  /** Starts a section. */
  public Report section(String heading) {
    body.add("<h2>" + escape(heading) + "</h2>");
    return this;
  }

  /** Adds a paragraph. */
  public Report text(String paragraph) {
    body.add("<p>" + escape(paragraph) + "</p>");
    return this;
  }

  /**
   * Adds a table.
   *
   * @param rows each as long as {@code columns}; numbers are already text
   */
  public Report table(String caption, List<String> columns, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<table>");
    html.append("<caption>").append(escape(caption)).append("</caption><thead><tr>");
    columns.forEach(column -> html.append("<th>").append(escape(column)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>");
    }
    body.add(html.append("</tbody></table>").toString());
    return this;
  }

  /**
   * Adds a picture.
   *
   * @throws IOException if the file cannot be read
   */
  public Report picture(Path png, String caption) throws IOException {
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(png));
    body.add(
        "<figure><img alt=\"%s\" src=\"data:image/png;base64,%s\"><figcaption>%s</figcaption></figure>"
            .formatted(escape(caption), data, escape(caption)));
    return this;
  }

  /**
   * Writes the page.
   *
   * @throws IOException if the file cannot be written; an old one is then untouched
   */
  public void write(Path file) throws IOException {
    String page =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title>\n<style>\n%s</style></head>\n<body><h1>%s</h1>\n%s\n</body></html>\n"
            .formatted(escape(title), STYLE, escape(title), String.join("\n", body));
    AtomicFiles.write(file, page.getBytes(StandardCharsets.UTF_8));
  }

  /** A number with a fixed count of decimals. */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
