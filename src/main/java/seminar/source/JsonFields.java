package seminar.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Takes fields out of a JSON object; a wrong one is named with its value. */
public final class JsonFields {
  private JsonFields() {}

  /** An id: a text that is not empty and has no blanks around it. */
  public static String id(JsonNode object, String name) throws MalformedLine {
    JsonNode node = object.path(name);
    if (!node.isTextual() || !PlainText.isId(node.textValue())) {
      throw new MalformedLine("%s is %s, not an id".formatted(name, shown(node)));
    }
    return node.textValue();
  }

  /** A text; empty where there is none. */
  public static String text(JsonNode object, String name) throws MalformedLine {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull() || isNotANumber(node)) {
      return "";
    }
    return PlainText.optional(text(name, node));
  }

  /** What programs of Python write for a missing value. */
  private static boolean isNotANumber(JsonNode node) {
    return node.isNumber() && Double.isNaN(node.doubleValue());
  }

  private static String text(String name, JsonNode node) throws MalformedLine {
    if (!node.isTextual()) {
      throw new MalformedLine("%s is %s, not a text".formatted(name, shown(node)));
    }
    return node.textValue();
  }

  /** A list of texts; a text alone is a list of one, and none an empty list. */
  public static List<String> texts(JsonNode object, String name) throws MalformedLine {
    JsonNode node = object.path(name);
    if (!node.isArray()) {
      String alone = text(object, name);
      return alone.isEmpty() ? List.of() : List.of(alone);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      texts.add(text(name, element));
    }
    return texts;
  }

  /** A list of lists of texts; a list of texts is a list of one. */
  public static List<List<String>> paths(JsonNode object, String name) throws MalformedLine {
    JsonNode node = object.path(name);
    if (!node.isArray() || node.isEmpty() || !node.path(0).isArray()) {
      List<String> path = texts(object, name);
      return path.isEmpty() ? List.of() : List.of(path);
    }
    List<List<String>> paths = new ArrayList<>();
    for (JsonNode element : node) {
      List<String> path = new ArrayList<>();
      for (JsonNode text : element) {
        path.add(text(name, text));
      }
      paths.add(path);
    }
    return paths;
  }

  /** A number. */
  public static double number(JsonNode object, String name) throws MalformedLine {
    JsonNode node = object.path(name);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new MalformedLine("%s is %s, not a number".formatted(name, shown(node)));
    }
    return node.doubleValue();
  }

  /** A whole number in {@code 0 .. most}, which may be written as 12.0. */
  public static long whole(JsonNode object, String name, long most) throws MalformedLine {
    double number = number(object, name);
    if (number != Math.rint(number) || number < 0 || number > most) {
      throw new MalformedLine(
          "%s is %s, not a whole number in 0..%d".formatted(name, shown(object.get(name)), most));
    }
    return object.get(name).longValue();
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
