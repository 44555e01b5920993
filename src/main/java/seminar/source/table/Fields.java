package seminar.source.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import seminar.file.Json;
import seminar.source.MalformedLine;
import seminar.source.PlainText;

/** What the text of one field says. */
final class Fields {
  private static final ObjectReader LIST =
      Json.reader()
          .with(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** What a list of bare words does not have. */
  private static final Pattern MARKS = Pattern.compile("[\\[\\]{}\"']");

  private static final Set<String> YES = Set.of("true", "t", "yes", "y");
  private static final Set<String> NO = Set.of("false", "f", "no", "n");

  private Fields() {}

  /** Whether a field is written as a list. */
  static boolean isList(String field) {
    return field.startsWith("[") && field.endsWith("]");
  }

  /** The elements of a list as JSON or Python writes it; a null is an empty text. */
  static List<String> list(String name, String field) throws MalformedLine {
    try {
      List<String> elements = new ArrayList<>();
      for (JsonNode element : LIST.readTree(field)) {
        elements.add(
            element.isNull() ? "" : element.isValueNode() ? element.asText() : element.toString());
      }
      return elements;
    } catch (JsonProcessingException e) {
      throw new MalformedLine("%s is '%s', not a list".formatted(name, field));
    }
  }

  /** The elements of a list; a field that is none is the only element. */
  static List<String> listOr(String field) {
    try {
      return list("", field);
    } catch (MalformedLine e) {
      return List.of(field);
    }
  }

  /** As {@link #list}; words may stand bare as in {@code [red, big]}. */
  private static List<String> bareList(String name, String field) throws MalformedLine {
    String inside = field.substring(1, field.length() - 1);
    if (inside.isBlank() || MARKS.matcher(inside).find()) {
      return list(name, field);
    }
    return List.of(inside.split(",", -1));
  }

  /** The values of a field that may be a list, or text with something between values. */
  static List<String> values(String name, String field, String separator) throws MalformedLine {
    List<String> raw =
        isList(field.strip())
            ? bareList(name, field.strip())
            : List.of(field.split(Pattern.quote(separator), -1));
    List<String> values = new ArrayList<>();
    for (String value : raw) {
      if (isList(value)) {
        values.addAll(values(name, value, separator));
      } else if (!PlainText.isNothing(value)) {
        values.add(value.replaceAll("\\s+", " ").strip());
      }
    }
    return values;
  }

  /** Whether a field says yes: a number above 0, true, or one of {@code taken} if there are any. */
  static boolean isYes(String name, String field, Set<String> taken) throws MalformedLine {
    String word = field.strip();
    if (!taken.isEmpty()) {
      return taken.contains(word);
    }
    if (word.length() == 1 && (word.charAt(0) == '0' || word.charAt(0) == '1')) {
      return word.charAt(0) == '1';
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (YES.contains(lower) || NO.contains(lower)) {
      return YES.contains(lower);
    }
    try {
      return PlainText.isNothing(word) ? false : number(name, word) > 0;
    } catch (MalformedLine e) {
      throw new MalformedLine(
          "%s is '%s', neither a number nor true or false: say what counts with the option taken"
              .formatted(name, field));
    }
  }

  /** A number that is finite. */
  static double number(String name, String field) throws MalformedLine {
    try {
      double number = Double.parseDouble(field);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new MalformedLine("%s is '%s', not a number".formatted(name, field));
    }
    throw new MalformedLine("%s is '%s', not a finite number".formatted(name, field));
  }
}
