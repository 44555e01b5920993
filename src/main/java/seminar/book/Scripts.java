package seminar.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import seminar.figure.VegaLite;
import seminar.notebook.Tables;

/**
 * Scripts within a page, for what moves in it: none where nothing does. Charts are drawn by Vega
 * and Vega-Lite, whose scripts lie beside the book's and are those of JupyterLab's versions.
 */
final class Scripts {
  private static final String CHART = "<figure class=\"chart\">";

  private Scripts() {}

  /**
   * A chart: its picture, in whose place the script draws.
   *
   * @throws IllegalArgumentException if it would not be drawn, or needs the network
   */
  static String chart(String specification, String picture) {
    String json = VegaLite.of(specification).json().replace("<", "\\u003c");
    return CHART
        + picture
        + "<script type=\"%s\">%s</script></figure>".formatted(VegaLite.MIME, json);
  }

  /** What the body of a page needs, as elements; empty for most. */
  static String of(String body) {
    StringBuilder scripts = new StringBuilder();
    if (body.contains("<table class=\"dataframe\">")) {
      scripts.append(script(Tables.script()));
    }
    if (body.contains(CHART)) {
      scripts.append(script(text("vega/vega.min.js")));
      scripts.append(script(text("vega/vega-lite.min.js")));
      scripts.append(script(text("charts.js")));
    }
    return scripts.toString();
  }

  private static String script(String text) {
    return "<script>\n" + text.strip() + "\n</script>\n";
  }

  private static String text(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
