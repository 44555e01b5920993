package seminar.source;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/** Text without the markup of the web page that it was taken from. */
public final class PlainText {
  /** A tag or a comment begins; a blank after the sign would be arithmetic. */
  private static final Pattern MARKUP = Pattern.compile("<[/!?]?\\p{Alpha}|<!--");

  private static final Pattern UNREAD =
      Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<!--.*?-->");

  /** Tags within a word or a line; all others part words. */
  private static final Pattern INLINE =
      Pattern.compile("(?i)</?(?:a|b|big|em|font|i|small|span|strong|sub|sup|u)(?:\\s[^<>]*)?/?>");

  private static final Pattern TAG = Pattern.compile("<[/!?]?\\p{Alpha}[^<>]*(?:>|$)");

  /** Blanks, control characters, halves of characters, and what stands for wrong bytes. */
  private static final Pattern GAP = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cs}\\uFFFF]+");

  /** What tables write where there is nothing, in any case. */
  private static final Set<String> NOTHING = Set.of("", "\\n", "null", "nan", "none", "<na>");

  private static final int LONGEST_NOTHING = 4;

  private PlainText() {}

  /** A text that need not be there: empty where it is one of the marks that stand for none. */
  public static String optional(String text) {
    return isNothing(text) ? "" : text;
  }

  /** Whether a field says nothing: it is blank or a mark that stands for none. */
  public static boolean isNothing(String field) {
    String word = field.strip();
    return word.length() <= LONGEST_NOTHING && NOTHING.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether a text holds the beginning of a tag or of a comment. */
  public static boolean hasMarkup(String text) {
    return text.indexOf('<') >= 0 && MARKUP.matcher(text).find();
  }

  /** A text without tags, with its entities decoded and runs of blanks made one. */
  public static String of(String html) {
    String text = html;
    if (hasMarkup(text)) {
      text = UNREAD.matcher(text).replaceAll(" ");
      text = INLINE.matcher(text).replaceAll("");
      text = TAG.matcher(text).replaceAll(" ");
    }
    return squeezed(text.indexOf('&') < 0 ? text : decoded(text));
  }

  private static String decoded(String text) {
    try {
      return StringEscapeUtils.unescapeHtml4(text);
    } catch (IllegalArgumentException e) {
      // A reference to a character beyond the last one: the text stays as it is written.
      return text;
    }
  }

  /** A text in which runs of blanks and of characters that nobody can see are one blank. */
  static String squeezed(String text) {
    return GAP.matcher(text).replaceAll(" ").strip();
  }

  /** The markup from which {@link #of} makes this text again. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Whether a text can be an id: it is not empty and {@link #squeezed} leaves it as it is. */
  public static boolean isId(String text) {
    return !text.isEmpty() && squeezed(text).equals(text);
  }
}
