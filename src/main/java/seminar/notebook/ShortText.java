package seminar.notebook;

import java.lang.reflect.Array;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Values as text: arrays by their elements, and nothing longer than a screen. */
final class ShortText {
  private static final int MAX_ELEMENTS = 20;
  private static final int MAX_LINES = 40;
  private static final int MAX_CHARS = 8_000;

  private ShortText() {}

  static String text(Object value) {
    return switch (value) {
      case null -> "null";
      case Object array when array.getClass().isArray() -> array(array);
      case List<?> list when list.size() > MAX_ELEMENTS ->
          list.subList(0, MAX_ELEMENTS) + " … (%d elements)".formatted(list.size());
      case CharSequence text -> text.toString();
      default -> shortened(value.toString());
    };
  }

  /** The same for a cell of a table: real numbers to four decimals where that shows them. */
  static String cell(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      double size = Math.abs(number);
      if (size >= 1e-3 && size < 1e7) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        return new DecimalFormat("0.####", symbols).format(number);
      }
    }
    return text(value);
  }

  /** {@code [1.0, 2.0, …] (1000 elements)}; rows of arrays stand on lines of their own. */
  private static String array(Object array) {
    int length = Array.getLength(array);
    boolean nested = array.getClass().getComponentType().isArray();
    StringJoiner text = new StringJoiner(nested ? ",\n " : ", ", "[", "]");
    for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
      text.add(text(Array.get(array, i)));
    }
    if (length > MAX_ELEMENTS) {
      text.add("…");
      return text + " (%d elements)".formatted(length);
    }
    return text.toString();
  }

  /** Long texts, such as those of large arrays, keep their beginning and their length. */
  private static String shortened(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() <= MAX_LINES && text.length() <= MAX_CHARS) {
      return text;
    }
    String head = String.join("\n", lines.subList(0, Math.min(MAX_LINES, lines.size())));
    return "%s\n… (%d lines, %d characters)"
        .formatted(
            head.substring(0, Math.min(MAX_CHARS, head.length())), lines.size(), text.length());
  }
}
