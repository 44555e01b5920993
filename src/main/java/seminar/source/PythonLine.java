package seminar.source;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Turns a line that is a literal of Python, as in the raw release of 2014, into JSON.
 *
 * <p>Texts in single or double quotes with their escapes, {@code True}, {@code False}, {@code None}
 * and tuples are understood; what is then no JSON was no such literal.
 */
public final class PythonLine {
  private final String text;
  private final StringBuilder json = new StringBuilder();
  private int at;

  private PythonLine(String text) {
    this.text = text;
  }

  /** Whether a line begins as such a literal does and JSON never does. */
  public static boolean is(String line) {
    return line.startsWith("{'") || line.startsWith("{u'");
  }

  /** The line as JSON. */
  public static String json(String line) throws MalformedLine {
    return new PythonLine(line).translated();
  }

  private String translated() throws MalformedLine {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        string(c);
      } else if (Character.isLetter(c)) {
        word();
      } else {
        json.append(c == '(' ? '[' : c == ')' ? ']' : c);
        at++;
      }
    }
    return json.toString();
  }

  /** A name, or the letter before a text that says of which kind it is. */
  private void word() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    String word = text.substring(from, at);
    boolean prefix = at < text.length() && "'\"".indexOf(text.charAt(at)) >= 0;
    json.append(
        switch (word) {
          case "True" -> "true";
          case "False" -> "false";
          case "None" -> "null";
          case "u", "b" -> prefix ? "" : word;
          default -> word;
        });
  }

  private void string(char quote) throws MalformedLine {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        escape(value);
      } else {
        value.append(c);
      }
    }
    if (at == text.length()) {
      throw new MalformedLine("a text does not end");
    }
    at++;
    json.append('"').append(JsonStringEncoder.getInstance().quoteAsString(value)).append('"');
  }

  private void escape(StringBuilder value) throws MalformedLine {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case '\\', '\'', '"' -> value.append(c);
      case 'x' -> value.appendCodePoint(code(2));
      case 'u' -> value.append((char) code(4));
      case 'U' -> value.appendCodePoint(code(8));
      default -> value.append('\\').append(c);
    }
  }

  private int code(int digits) throws MalformedLine {
    int end = Math.min(at + digits, text.length());
    String hex = text.substring(at, end);
    if (hex.length() < digits || !hex.chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
      throw new MalformedLine("'%s' is no code of a character".formatted(hex));
    }
    at = end;
    long code = Long.parseLong(hex, 16);
    if (code > Character.MAX_CODE_POINT) {
      throw new MalformedLine("'%s' is no code of a character".formatted(hex));
    }
    return (int) code;
  }
}
