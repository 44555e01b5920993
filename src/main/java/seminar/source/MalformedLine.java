package seminar.source;

import java.math.BigDecimal;

/** A line that cannot be used; the message says why. */
public final class MalformedLine extends Exception {
  private static final long serialVersionUID = 1;

  /** Stands for bytes that are not UTF-8; itself it is no character. */
  static final char NOT_UTF8 = '\uFFFF';

  /** Longer texts are no numbers that fit 64 bits. */
  private static final int LONGEST = 64;

  /** Says why. */
  public MalformedLine(String why) {
    super(why);
  }

  /**
   * A whole number of at least {@code least}, which may also be written as {@code 12.0} or {@code
   * 1.2e1}: the one rule for ids, counts and times.
   */
  public static long whole(String name, String text, long least) throws MalformedLine {
    long value;
    try {
      value =
          text.length() <= LONGEST && isFloat(text)
              ? new BigDecimal(text.trim()).longValueExact()
              : Long.parseLong(text.trim());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new MalformedLine("%s is '%s', not a whole number".formatted(name, text));
    }
    if (value < least) {
      throw new MalformedLine("%s is %d, less than %d".formatted(name, value, least));
    }
    return value;
  }

  private static boolean isFloat(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return true;
      }
    }
    return false;
  }

  /** An id: a whole number of at least 0 that fits 31 bits. */
  public static int id(String name, String text) throws MalformedLine {
    long value = whole(name, text, 0);
    if (value > Integer.MAX_VALUE) {
      throw new MalformedLine("%s is %d, too large".formatted(name, value));
    }
    return (int) value;
  }

  /** A text, once it is known to have been UTF-8. */
  static String text(String text) throws MalformedLine {
    if (text.indexOf(NOT_UTF8) >= 0) {
      throw new MalformedLine("'%s' is not UTF-8".formatted(text));
    }
    return text;
  }
}
