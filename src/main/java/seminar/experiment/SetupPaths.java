package seminar.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a {@link Setup} by their paths, such as {@code training.epochs} or {@code
 * model.channels.queryWeight}: the names of the records' components, joined by dots.
 */
public final class SetupPaths {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private SetupPaths() {}

  /** Every path that has a value of its own, in the order of the records. */
  public static List<String> all(Setup setup) {
    List<String> paths = new ArrayList<>();
    collect(JSON.valueToTree(setup), "", paths);
    return paths;
  }

  private static void collect(JsonNode node, String path, List<String> paths) {
    node.properties()
        .forEach(
            field -> {
              String own = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              if (field.getValue().isObject()) {
                collect(field.getValue(), own, paths);
              } else {
                paths.add(own);
              }
            });
  }

  /**
   * The setup with one option changed.
   *
   * @param path of the option
   * @param value a number, text (also the name of an enum's constant in any case), a truth value or
   *     a list
   * @throws IllegalArgumentException if there is no such option, naming those that are near; or if
   *     it cannot have this value
   */
  public static Setup set(Setup setup, String path, Object value) {
    List<String> paths = all(setup);
    if (!paths.contains(path)) {
      throw new IllegalArgumentException(
          "there is no option '%s': did you mean %s?"
              .formatted(path, String.join(" or ", nearest(path, paths))));
    }
    ObjectNode tree = JSON.valueToTree(setup);
    ObjectNode owner = tree;
    String[] names = path.split("\\.");
    for (int i = 0; i + 1 < names.length; i++) {
      owner = (ObjectNode) owner.get(names[i]);
    }
    JsonNode now = owner.get(names[names.length - 1]);
    owner.set(names[names.length - 1], node(path, now, value));
    try {
      return JSON.treeToValue(tree, Setup.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s cannot be %s: %s".formatted(path, value, reason(e)), e);
    }
  }

  /** Numbers stay numbers: a word or a broken number is refused here, by what stands there now. */
  private static JsonNode node(String path, JsonNode now, Object value) {
    JsonNode given = JSON.valueToTree(value);
    boolean fits =
        (!now.isIntegralNumber() || given.isIntegralNumber())
            && (!now.isNumber() || given.isNumber())
            && (!now.isBoolean() || given.isBoolean())
            && (!now.isTextual() || given.isTextual());
    if (!fits) {
      throw new IllegalArgumentException(
          "%s cannot be %s: it is %s, and must stay of that kind".formatted(path, value, now));
    }
    return now.isTextual()
        ? JSON.valueToTree(given.asText().toUpperCase(java.util.Locale.ROOT))
        : given;
  }

  private static String reason(JsonProcessingException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof JsonMappingException mapping
        ? mapping.getOriginalMessage()
        : cause.getMessage();
  }

  /** The paths that share the last name, or else those of the least edits. */
  private static List<String> nearest(String path, List<String> paths) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    List<String> same = paths.stream().filter(p -> p.endsWith("." + last)).toList();
    if (!same.isEmpty()) {
      return same.stream().limit(4).toList();
    }
    return paths.stream()
        .sorted(
            java.util.Comparator.comparingInt(
                p -> edits(last, p.substring(p.lastIndexOf('.') + 1))))
        .limit(3)
        .toList();
  }

  /** How many letters must be put in, left out or changed to make one word of the other. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    java.util.Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
