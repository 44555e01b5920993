package seminar.options;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The options of a record by their paths, such as {@code training.epochs} or {@code
 * model.channels.queryWeight}: the names of its components and of those of the records in it,
 * joined by dots. {@link Spelled} gives a component another name.
 *
 * <p>A component whose type is a sealed interface of records has a kind: {@code method} is {@code
 * ETA}, and {@code method.hashBits} is an option of that record. Another kind stands as its
 * constructor without arguments makes it.
 */
public final class OptionPaths {
  private static final List<String> TOP = List.of("");

  /** As many names are all listed where one is not known. */
  private static final int FEW = 16;

  private OptionPaths() {}

  /**
   * An option whose values differ.
   *
   * @param path of the option
   * @param first its value in the one; "absent" where there is none
   * @param second its value in the other
   */
  public record Difference(String path, String first, String second) {
    /** In words. */
    @Override
    public String toString() {
      return "option %s: %s against %s".formatted(path, first, second);
    }
  }

  /** Every path, in the order of the records. */
  public static List<String> paths(Record options) {
    return List.copyOf(describe(options).keySet());
  }

  /** Every path and its value as text, in the order of the records. */
  public static Map<String, String> describe(Record options) {
    Map<String, String> described = new LinkedHashMap<>();
    walk(options, TOP, (path, value) -> described.put(path, String.valueOf(value)));
    return described;
  }

  /** The same of options in a file: values are JSON, lists are values. */
  public static Map<String, String> describe(JsonNode options) {
    Map<String, String> described = new LinkedHashMap<>();
    walk(options, "", (path, value) -> described.put(path, value.toString()));
    return described;
  }

  private static void walk(Record options, List<String> groups, BiConsumer<String, Object> each) {
    for (Part part : Part.of(options.getClass())) {
      Object value = part.value(options);
      if (part.hasKinds()) {
        each.accept(part.paths(groups).getFirst(), Part.kind(value.getClass()));
      }
      if (part.isGroup()) {
        walk((Record) value, part.inside(groups), each);
      } else {
        each.accept(part.paths(groups).getFirst(), value);
      }
    }
  }

  private static void walk(JsonNode node, String path, BiConsumer<String, JsonNode> each) {
    if (!node.isObject()) {
      each.accept(path, node);
    }
    node.properties()
        .forEach(
            field ->
                walk(
                    field.getValue(),
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    each));
  }

  /**
   * Where two differ.
   *
   * @param first described
   * @param second described
   */
  public static List<Difference> differences(
      Map<String, String> first, Map<String, String> second) {
    Set<String> paths = new LinkedHashSet<>(first.keySet());
    paths.addAll(second.keySet());
    return paths.stream()
        .map(
            path ->
                new Difference(
                    path, first.getOrDefault(path, "absent"), second.getOrDefault(path, "absent")))
        .filter(difference -> !difference.first().equals(difference.second()))
        .toList();
  }

  /**
   * The same with another value of one option.
   *
   * @param path of the option
   * @param value a number, a truth value, a list, or any of these as text; the name of a constant
   *     or of a kind in any case; for a time a day such as {@code 2023-05-22}
   * @throws IllegalArgumentException if there is no such option, naming those that are near; or if
   *     it cannot have this value, naming both and what it must be
   */
  public static <R extends Record> R set(R options, String path, Object value) {
    return set(options, Map.of(path, value));
  }

  /**
   * The same with other values of some options, which are changed at once, so that they need fit
   * each other alone.
   *
   * @param values by path
   * @throws IllegalArgumentException as {@link #set(Record, String, Object)}
   */
  public static <R extends Record> R set(R options, Map<String, ?> values) {
    Given given = new Given(values);
    @SuppressWarnings("unchecked") // The class of an R makes an R.
    R changed = (R) given.changed(options.getClass(), options, TOP);
    for (String path : given.unused()) {
      throw new IllegalArgumentException(unknown(path, changed));
    }
    return changed;
  }

  /**
   * The record of these values, as {@link #describe(Record)} has them; other names are passed over.
   *
   * @throws IllegalArgumentException if one is missing or cannot be
   */
  public static <R extends Record> R of(Class<R> type, Map<String, ?> values) {
    return type.cast(new Given(values).changed(type, null, TOP));
  }

  private static String unknown(String path, Record options) {
    List<String> others = new ArrayList<>();
    otherKinds(options, TOP, path, others);
    return others.isEmpty()
        ? "there is no option '%s': %s".formatted(path, advice(path, paths(options)))
        : others.getFirst();
  }

  /** Finds the path among the options of kinds that the record does not have. */
  private static void otherKinds(
      Record options, List<String> groups, String path, List<String> found) {
    for (Part part : Part.of(options.getClass())) {
      if (part.hasKinds()) {
        String now = Part.kind(part.value(options).getClass());
        String name = part.paths(groups).getFirst();
        for (String kind : part.kinds()) {
          walk(
              part.ofKind(kind),
              part.inside(groups),
              (its, value) -> {
                if (its.equals(path)) {
                  found.add(
                      "'%s' is an option of %s, and %s is %s: set %s to %s too"
                          .formatted(path, kind, name, now, name, kind));
                }
              });
        }
      }
      if (part.isGroup()) {
        otherKinds((Record) part.value(options), part.inside(groups), path, found);
      }
    }
  }

  /** What to say of a path that is not there. */
  static String advice(String path, List<String> paths) {
    return paths.size() <= FEW
        ? "there is " + String.join(", ", paths)
        : "did you mean %s?".formatted(String.join(" or ", near(path, paths)));
  }

  /** The paths that share the last name, or else those of the least edits. */
  static List<String> near(String path, List<String> paths) {
    String last = last(path);
    List<String> same = paths.stream().filter(p -> last(p).equals(last)).limit(4).toList();
    return same.isEmpty()
        ? paths.stream()
            .sorted(Comparator.comparingInt(p -> edits(last, last(p))))
            .limit(3)
            .toList()
        : same;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** How many letters must be put in, left out or changed to make one word of the other. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
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
