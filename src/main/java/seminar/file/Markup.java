package seminar.file;

/** Text within HTML and XML. */
public final class Markup {
  private Markup() {}

  /** Text in which nothing is markup any more, also between quotes of either kind. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
