package seminar.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import seminar.file.AtomicFiles;
import seminar.file.Markup;

/**
 * One self-contained HTML page: what was run, tables, pictures. Pictures are in the page itself, so
 * it can be sent to somebody.
 *
 * <p>All text is escaped.
 */
public final class Report {
  private static final String STYLE = style();

  private final String title;
  private final List<String> body = new ArrayList<>();

  /** An empty page. */
  public Report(String title) {
    this.title = title;
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a section. */
  public Report section(String heading) {
    body.add("<h2>" + Markup.escape(heading) + "</h2>");
    return this;
  }

  /** Adds a paragraph. */
  public Report text(String paragraph) {
    body.add("<p>" + Markup.escape(paragraph) + "</p>");
    return this;
  }

  /**
   * Adds a table; on a narrow screen it can be pushed sideways.
   *
   * @param caption above it; none if empty
   * @param rows each as long as {@code columns}; numbers are already text
   */
  public Report table(String caption, List<String> columns, List<List<String>> rows) {
    String above = caption.isEmpty() ? "" : "<caption>" + Markup.escape(caption) + "</caption>";
    body.add("<div class=\"wide\"><table>" + above + cells(columns, rows) + "</table></div>");
    return this;
  }

  /**
   * Adds a table of sentences, which on a narrow screen is a card for each row.
   *
   * @param rows each as long as {@code columns}
   */
  public Report cards(List<String> columns, List<List<String>> rows) {
    body.add("<table class=\"cards\">" + cells(columns, rows) + "</table>");
    return this;
  }

  private static String cells(List<String> columns, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<thead><tr>");
    columns.forEach(column -> html.append("<th>").append(Markup.escape(column)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < columns.size(); i++) {
        html.append("<td data-label=\"").append(Markup.escape(columns.get(i))).append("\">");
        html.append(Markup.escape(row.get(i))).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</tbody>").toString();
  }

  /**
   * Adds a picture.
   *
   * @param caption below it: what to notice
   * @throws IOException if the file cannot be read
   */
  public Report picture(Path png, String caption) throws IOException {
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(png));
    body.add(
        "<figure><div class=\"wide\"><img alt=\"%s\" src=\"data:image/png;base64,%s\"></div><figcaption>%s</figcaption></figure>"
            .formatted(Markup.escape(caption), data, Markup.escape(caption)));
    return this;
  }

  /**
   * Writes the page.
   *
   * @throws IOException if the file cannot be written; an old one is then untouched
   */
  public void write(Path file) throws IOException {
    String page =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%s</title>\n<style>\n%s</style></head>\n<body><h1>%s</h1>\n%s\n</body></html>\n"
            .formatted(Markup.escape(title), STYLE, Markup.escape(title), String.join("\n", body));
    AtomicFiles.write(file, page.getBytes(StandardCharsets.UTF_8));
  }

  /** A number with a fixed count of decimals. */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
