package seminar.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment as HTML that a tooltip can show: plain tags without attributes, and Javadoc's
 * own tags as code, words and a list.
 */
final class CommentHtml {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)\\b[^<>]*>");
  private static final Pattern KEPT =
      Pattern.compile(
          "p|br|hr|ul|ol|li|dl|dt|dd|pre|code|tt|b|i|em|strong|sub|sup|blockquote|h[1-6]"
              + "|table|thead|tbody|tr|th|td|caption");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)^\\s*@(param|return|throws|exception|see|since|deprecated|implNote|implSpec|apiNote)\\s+");
  private static final Map<String, String> TITLES =
      Map.of(
          "param", "Parameter",
          "return", "Returns",
          "throws", "Throws",
          "exception", "Throws",
          "see", "See",
          "since", "Since",
          "deprecated", "Deprecated");

  private CommentHtml() {}

  /** The HTML of a comment whose stars are gone already. */
  static String of(String comment) {
    Matcher block = BLOCK.matcher(comment);
    int at = block.find() ? block.start() : comment.length();
    StringBuilder html = new StringBuilder(text(comment.substring(0, at).strip()));
    if (at < comment.length()) {
      html.append("\n<dl>\n");
      block.reset();
      int from = -1;
      String tag = "";
      while (block.find()) {
        if (from >= 0) {
          html.append(item(tag, comment.substring(from, block.start())));
        }
        tag = block.group(1);
        from = block.end();
      }
      html.append(item(tag, comment.substring(from))).append("</dl>");
    }
    return html.toString();
  }

  private static String item(String tag, String content) {
    String title = TITLES.getOrDefault(tag, "Note");
    String words = content.strip();
    boolean named = tag.equals("param") || title.equals("Throws");
    String[] parts = words.split("\\s+", 2);
    String body =
        named ? code(parts[0]) + (parts.length > 1 ? " " + text(parts[1]) : "") : text(words);
    return "<dt>%s</dt><dd>%s</dd>\n".formatted(title, body);
  }

  private static String text(String comment) {
    StringBuilder html = new StringBuilder();
    int at = 0;
    for (int open = comment.indexOf("{@"); open >= 0; open = comment.indexOf("{@", at)) {
      int close = CommentText.closing(comment, open);
      html.append(tags(comment.substring(at, open)));
      html.append(inline(comment.substring(open + 2, close)));
      at = Math.min(close + 1, comment.length());
    }
    return html.append(tags(comment.substring(at))).toString();
  }

  /** Words that Javadoc sets as code stay code; any other inline tag is its words. */
  private static String inline(String tag) {
    String name = tag.strip().split("\\s+", 2)[0];
    String content = CommentText.content(tag);
    boolean code = name.equals("code") || name.equals("link") || name.equals("value");
    return code ? "<code>" + content + "</code>" : content;
  }

  private static String tags(String text) {
    return TAG.matcher(text)
        .replaceAll(
            tag ->
                KEPT.matcher(tag.group(2).toLowerCase(Locale.ROOT)).matches()
                    ? "<" + tag.group(1) + tag.group(2).toLowerCase(Locale.ROOT) + ">"
                    : "");
  }

  private static String code(String text) {
    return "<code>" + escaped(text) + "</code>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
