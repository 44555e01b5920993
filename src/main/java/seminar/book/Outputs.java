package seminar.book;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import seminar.book.StoredNotebook.Output;
import seminar.figure.VegaLite;
import seminar.file.Markup;
import seminar.notebook.Tables;

/**
 * Outputs of cells as HTML: charts that move with their picture, pictures and tables as they are,
 * else text.
 */
final class Outputs {
  private static final List<String> BITMAPS = List.of("image/png", "image/jpeg");
  private static final Pattern LIVE =
      Pattern.compile(
          "<(?:script|iframe|object|embed|link|base|meta|form)\\b|javascript:"
              + "|url\\((?![\"']?data:)|@import",
          Pattern.CASE_INSENSITIVE);

  /** A tag up to its end, over any {@code >} in quotes. */
  private static final Pattern TAG =
      Pattern.compile("<[a-z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+", Pattern.CASE_INSENSITIVE);

  private static final Pattern DATA =
      Pattern.compile("(=\\s*[\"']data:)[\\w/+;,=%.-]*+", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIVE_ATTRIBUTE =
      Pattern.compile(
          "[\\s/\"'](?:on\\w+\\s*=|(?:src|srcset|poster|background)\\s*=(?!\\s*[\"']?data:))",
          Pattern.CASE_INSENSITIVE);

  private Outputs() {}

  /**
   * One output.
   *
   * @throws IllegalArgumentException if it is an error, has a script, or needs the network
   */
  static String html(Output output) {
    String text = output.form("text/plain").orElse("");
    if (output.type().equals("error")) {
      throw new IllegalArgumentException("its output is an error: %s".formatted(text));
    }
    Optional<String> picture = picture(output, text.lines().findFirst().orElse("figure"));
    Optional<String> chart = output.form(VegaLite.MIME);
    if (chart.isPresent()) {
      return Scripts.chart(chart.get(), picture.orElse(""));
    }
    if (picture.isPresent()) {
      return "<figure>" + picture.get() + "</figure>";
    }
    Optional<String> html = output.form("text/html").map(Tables::still);
    if (html.isPresent()) {
      if (live(html.get())) {
        throw new IllegalArgumentException("its output has a script or needs the network");
      }
      return "<div class=\"wide\">" + html.get() + "</div>";
    }
    return text.isBlank()
        ? ""
        : "<pre class=\"output\">" + Markup.escape(text.stripTrailing()) + "</pre>";
  }

  /** Whether it has a script or loads something; what cells of tables say is no matter. */
  private static boolean live(String html) {
    return LIVE.matcher(html).find()
        || TAG.matcher(html)
            .results()
            .map(tag -> DATA.matcher(tag.group()).replaceAll("$1"))
            .anyMatch(tag -> LIVE_ATTRIBUTE.matcher(tag).find());
  }

  private static Optional<String> picture(Output output, String alt) {
    Optional<String> source =
        BITMAPS.stream()
            .filter(mime -> output.form(mime).isPresent())
            .map(
                mime ->
                    "data:" + mime + ";base64," + output.forms().get(mime).replaceAll("\\s", ""))
            .findFirst()
            .or(
                () ->
                    output
                        .form("image/svg+xml")
                        .map(
                            svg ->
                                Page.data("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8))));
    return source.map(data -> "<img alt=\"%s\" src=\"%s\">".formatted(Markup.escape(alt), data));
  }
}
