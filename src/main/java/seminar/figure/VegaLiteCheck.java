package seminar.figure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is wrong with a specification of Vega-Lite, in one sentence: unknown marks and channels,
 * fields that the data lack, sliders that cannot move, data from elsewhere.
 */
final class VegaLiteCheck {
  private static final Set<String> VIEWS =
      words("mark layer hconcat vconcat concat facet repeat spec");
  private static final Set<String> PARTS = words("layer hconcat vconcat concat");
  private static final Set<String> MARKS =
      words(
          "arc area bar boxplot circle errorband errorbar geoshape image line point rect rule"
              + " square text tick trail");
  private static final Set<String> CHANNELS =
      words(
          "x y x2 y2 xError yError xError2 yError2 xOffset yOffset theta theta2 radius radius2"
              + " color fill stroke opacity fillOpacity strokeOpacity strokeWidth strokeDash size"
              + " angle shape text tooltip href url description detail key order facet row column"
              + " latitude longitude latitude2 longitude2");
  private static final Set<String> TYPES = words("quantitative temporal ordinal nominal geojson");
  private static final Set<String> INPUTS =
      words("range select radio checkbox text number color date time");

  /** Transforms whose fields have names that only the data know, or that stand elsewhere. */
  private static final Set<String> RENAMING =
      words("pivot lookup fold flatten density regression loess quantile");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern FIRST_PART = Pattern.compile("[.\\[].*");

  /** Names of all parameters; none may come twice. */
  private final Set<String> parameters = new HashSet<>();

  /** Fields of the data around the part that is checked; empty where they cannot be known. */
  private final Deque<Set<String>> fields = new ArrayDeque<>();

  private VegaLiteCheck() {}

  /**
   * Checks a whole specification.
   *
   * @throws IllegalArgumentException with what is wrong and where
   */
  static void check(Map<String, Object> spec) {
    new VegaLiteCheck().view(spec, "");
  }

  private void view(Map<?, ?> view, String where) {
    if (view.keySet().stream().noneMatch(VIEWS::contains)) {
      throw wrong(where, "a chart needs one of %s, but has %s".formatted(VIEWS, keys(view)));
    }
    fields.push(fields(view, where));
    for (Object parameter : list(view.get("params"), where + "params")) {
      parameter(map(parameter, where + "params"), where + "params: ");
    }
    mark(view, where);
    if (view.containsKey("encoding")) {
      encoding(map(view.get("encoding"), where + "encoding"), where + "encoding: ");
    }
    for (String parts : PARTS) {
      int number = 0;
      for (Object part : list(view.get(parts), where + parts)) {
        String at = "%s%s %d: ".formatted(where, parts, number++);
        Map<?, ?> inner = map(part, at);
        view(inner, at);
      }
    }
    if (view.containsKey("spec")) {
      view(map(view.get("spec"), where + "spec"), where + "spec: ");
    }
    fields.pop();
  }

  private Set<String> fields(Map<?, ?> view, String where) {
    Set<String> known = new HashSet<>(fields.isEmpty() ? Set.of() : fields.peek());
    if (view.get("data") != null) {
      Map<?, ?> data = map(view.get("data"), where + "data");
      if (data.containsKey("url")) {
        throw wrong(where, "data.url needs the network: give the rows themselves");
      }
      known.clear();
      for (Object row : list(data.get("values"), where + "data.values")) {
        map(row, where + "data.values").keySet().forEach(name -> known.add((String) name));
      }
      if (known.isEmpty()) {
        throw wrong(where, "data has no rows with a name in them: there is nothing to draw");
      }
    } else if (fields.isEmpty() && view.keySet().stream().noneMatch(PARTS::contains)) {
      throw wrong(where, "there is no data: give rows");
    }
    for (Object transform : list(view.get("transform"), where + "transform")) {
      Map<?, ?> step = map(transform, where + "transform");
      if (step.keySet().stream().anyMatch(RENAMING::contains)) {
        known.clear();
        return known;
      }
      if (!known.isEmpty()) {
        made(step, known);
      }
    }
    return known;
  }

  /** Adds every name that stands after "as", at any depth. */
  private static void made(Object part, Set<String> known) {
    if (part instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if ("as".equals(name)) {
              (value instanceof Collection<?> names ? names : List.of(value))
                  .forEach(one -> known.add(String.valueOf(one)));
            }
            made(value, known);
          });
    } else if (part instanceof Collection<?> parts) {
      parts.forEach(one -> made(one, known));
    }
  }

  private static void mark(Map<?, ?> view, String where) {
    Object mark = view.get("mark");
    Object type = mark instanceof Map<?, ?> map ? map.get("type") : mark;
    if (view.containsKey("mark") && !MARKS.contains(String.valueOf(type))) {
      throw wrong(where, "there is no mark '%s': it is one of %s".formatted(type, MARKS));
    }
  }

  private void encoding(Map<?, ?> encoding, String where) {
    encoding.forEach(
        (channel, definition) -> {
          if (!CHANNELS.contains(String.valueOf(channel))) {
            throw wrong(
                where, "there is no channel '%s': it is one of %s".formatted(channel, CHANNELS));
          }
          for (Object one : definition instanceof List<?> several ? several : List.of(definition)) {
            channel(map(one, where + channel), where + channel + ": ");
          }
        });
  }

  private void channel(Map<?, ?> definition, String where) {
    Object type = definition.get("type");
    if (type != null && !TYPES.contains(String.valueOf(type))) {
      throw wrong(where, "there is no type '%s': it is one of %s".formatted(type, TYPES));
    }
    if (definition.get("field") instanceof String field && !fields.peek().isEmpty()) {
      String first = FIRST_PART.matcher(field.replace("\\", "")).replaceFirst("");
      if (!fields.peek().contains(field) && !fields.peek().contains(first)) {
        throw wrong(
            where,
            "the data have no field '%s': they have %s"
                .formatted(field, new TreeSet<>(fields.peek())));
      }
    }
  }

  private void parameter(Map<?, ?> parameter, String where) {
    String name = String.valueOf(parameter.get("name"));
    if (!NAME.matcher(name).matches()) {
      throw wrong(where, "'%s' is no name of a parameter: use letters and digits".formatted(name));
    }
    if (!parameters.add(name)) {
      throw wrong(where, "there are two parameters '%s'".formatted(name));
    }
    if (!(parameter.get("bind") instanceof Map<?, ?> bind) || !bind.containsKey("input")) {
      return;
    }
    if (!INPUTS.contains(String.valueOf(bind.get("input")))) {
      throw wrong(
          where, "there is no input '%s': it is one of %s".formatted(bind.get("input"), INPUTS));
    }
    if ("range".equals(bind.get("input"))) {
      range(parameter, bind, where + name + ": ");
    }
  }

  private static void range(Map<?, ?> parameter, Map<?, ?> bind, String where) {
    double min = number(bind, "min", where);
    double max = number(bind, "max", where);
    if (!(min < max)) {
      throw wrong(where, "a slider goes from min to a larger max, not from %s to %s", min, max);
    }
    if (bind.containsKey("step") && !(number(bind, "step", where) > 0)) {
      throw wrong(where, "the step of a slider is above 0, not %s", bind.get("step"));
    }
    double value = number(parameter, "value", where);
    if (value < min || value > max) {
      throw wrong(where, "value %s is outside of min %s and max %s", value, min, max);
    }
  }

  private static double number(Map<?, ?> map, String name, String where) {
    if (map.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(where, "a slider needs a number as its %s, not %s", name, map.get(name));
  }

  private static Map<?, ?> map(Object part, String where) {
    if (part instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong("", "%s must be an object {…}, not %s", where, part);
  }

  private static List<?> list(Object part, String where) {
    if (part == null) {
      return List.of();
    }
    if (part instanceof List<?> list) {
      return list;
    }
    throw wrong("", "%s must be a list […], not %s", where, part);
  }

  private static Set<String> keys(Map<?, ?> map) {
    Set<String> keys = new TreeSet<>();
    map.keySet().forEach(key -> keys.add(String.valueOf(key)));
    return keys;
  }

  private static Set<String> words(String words) {
    return new TreeSet<>(List.of(words.split(" ")));
  }

  private static IllegalArgumentException wrong(String where, String format, Object... parts) {
    return new IllegalArgumentException(
        where + (parts.length == 0 ? format : format.formatted(parts)));
  }
}
