package seminar.kernel;

import java.util.regex.Pattern;

/** A Javadoc comment as plain text: tags of HTML gone, Javadoc's own tags as words. */
final class CommentText {
  private static final Pattern SILENT = Pattern.compile("inheritDoc|docRoot|index|snippet");
  private static final Pattern PARAGRAPH =
      Pattern.compile("(?i)\\s*</?(?:p|br|ul|ol|dl|pre|table|tr|blockquote|h[1-6])\\b[^<>]*>[ ]*");
  private static final Pattern ITEM = Pattern.compile("(?i)\\s*<(?:li|dt|dd)\\b[^<>]*>\\s*");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");
  private static final Pattern BLOCK =
      Pattern.compile("(?:^|\\s+)@(param|return|throws|exception|see|since)\\s+");

  private CommentText() {}

  /** The text of a comment whose stars are gone already. */
  static String of(String comment) {
    String text = withoutInlineTags(comment);
    text = BLOCK.matcher(text).replaceAll("\n$1 ");
    text = ITEM.matcher(text).replaceAll("\n- ");
    text = PARAGRAPH.matcher(text).replaceAll("\n\n");
    text = TAG.matcher(text).replaceAll("");
    return decoded(text)
        .replaceAll("(?m)^[ \\t]+|[ \\t]+$", "")
        .replaceAll("\n{3,}", "\n\n")
        .replaceAll("\n\n- ", "\n- ")
        .strip();
  }

  /** Each <code>{&#64;tag content}</code> gives way to its content, in which nothing is markup. */
  private static String withoutInlineTags(String comment) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int open = comment.indexOf("{@"); open >= 0; open = comment.indexOf("{@", at)) {
      int close = closing(comment, open);
      text.append(comment, at, open).append(content(comment.substring(open + 2, close)));
      at = Math.min(close + 1, comment.length());
    }
    return text.append(comment.substring(at)).toString();
  }

  /** The index of the brace that closes the one at {@code open}; the end if none does. */
  static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The words of an inline tag, in which nothing is markup. */
  static String content(String tag) {
    String[] parts = tag.strip().split("\\s+", 2);
    if (parts.length < 2 || SILENT.matcher(parts[0]).matches()) {
      return "";
    }
    String words = parts[0].startsWith("link") ? label(parts[1]) : parts[1];
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Of {@code #get(Object) the value} the words, else the name. */
  private static String label(String reference) {
    String plain = reference.replaceFirst("^#", "").replace('#', '.');
    String words = plain.replaceFirst("^[\\w.$]+(\\([^()]*\\))?\\s*", "");
    return words.isEmpty() ? plain : words;
  }

  private static String decoded(String text) {
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
