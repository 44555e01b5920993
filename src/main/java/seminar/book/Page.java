package seminar.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import seminar.file.Markup;

/**
 * One page of HTML that needs no other file and no network.
 *
 * @param title of the window, plain text
 * @param style CSS beside the book's own
 * @param navigation links to other pages, above and below the text; HTML
 * @param body HTML
 */
record Page(String title, String style, String navigation, String body) {
  private static final String STYLE = sheet();
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      %s
      %s</style>
      </head>
      <body>
      <nav>%s</nav>
      <main>
      %s
      </main>
      <nav>%s</nav>
      %s</body>
      </html>
      """;

  private static String sheet() {
    try (InputStream in = Page.class.getResourceAsStream("book.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole file. */
  byte[] bytes() {
    return FRAME
        .formatted(
            Markup.escape(title), style, STYLE, navigation, body, navigation, Scripts.of(body))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The address of a file that is its own contents. */
  static String data(String mime, byte[] bytes) {
    return "data:" + mime + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
