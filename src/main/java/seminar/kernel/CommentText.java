package seminar.kernel;

import java.util.regex.Pattern;

/** A Javadoc comment as plain text: tags of HTML gone, Javadoc's own tags as words. */
final class CommentText {
  private static final Pattern INLINE =
      Pattern.compile(
          "\\{@(?:code|literal|link|linkplain|value|summary|systemProperty)\\s+([^{}]*)}");
  private static final Pattern OTHER_INLINE = Pattern.compile("\\{@\\w+[^{}]*}");
  private static final Pattern BREAKS =
      Pattern.compile("(?i)\\s*<(?:p|br|/?ul|/?ol|/?pre|/?table|/tr|h[1-6])\\b[^<>]*>[ ]*");
  private static final Pattern ITEM = Pattern.compile("(?i)\\s*<li\\b[^<>]*>\\s*");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");
  private static final Pattern BLOCK =
      Pattern.compile("(?:^|\\s+)@(param|return|throws|exception|see|since)\\b\\s*");

  private CommentText() {}

  /** The text of a comment whose stars are gone already. */
  static String of(String comment) {
    String text = comment;
    for (String before = ""; !before.equals(text); ) {
      before = text;
      text =
          INLINE
              .matcher(text)
              .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(label(match.group(1))));
    }
    text = OTHER_INLINE.matcher(text).replaceAll("");
    text = ITEM.matcher(text).replaceAll("\n- ");
    text = BREAKS.matcher(text).replaceAll("\n\n");
    text = TAG.matcher(text).replaceAll("");
    text = BLOCK.matcher(text).replaceAll(match -> "\n" + match.group(1) + " ");
    return entities(text).replaceAll("(?m)^[ \\t]+", "").replaceAll("\n{3,}", "\n\n").strip();
  }

  /** Of {@code Map#get(Object) the value} the words, else the name. */
  private static String label(String content) {
    return content.strip().replaceFirst("^#", "").replace('#', '.');
  }

  private static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&le;", "≤")
        .replace("&ge;", "≥")
        .replace("&pi;", "π")
        .replace("&quot;", "\"")
        .replace("&#64;", "@")
        .replace("&amp;", "&");
  }
}
