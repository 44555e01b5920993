package seminar.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that are to be set, and which of them found their option. */
final class Given {
  private static final String KIND = "kind";

  private final Map<String, ?> values;
  private final Set<String> used = new LinkedHashSet<>();

  Given(Map<String, ?> values) {
    this.values = values;
  }

  /** A record with its given values; the others are those of now, if there is one. */
  Record changed(Class<?> type, Record now, List<String> groups) {
    List<Part> parts = Part.of(type);
    Object[] made = new Object[parts.size()];
    Map<String, Object> own = new LinkedHashMap<>();
    for (int i = 0; i < made.length; i++) {
      made[i] = value(parts.get(i), now, groups, own);
    }
    try {
      return Part.make(type, made);
    } catch (IllegalArgumentException e) {
      String what = own.size() == 1 ? own.keySet().iterator().next() : "";
      throw what.contains(".")
          ? cannot(what, own.get(what), ": " + e.getMessage(), e)
          : e; // which begins with the same name
    }
  }

  private Object value(Part part, Record now, List<String> groups, Map<String, Object> own) {
    Object current = now == null ? null : part.value(now);
    List<String> paths = part.paths(groups);
    if (part.hasKinds()) {
      Record kind = kind(part, paths, (Record) current);
      return changed(kind.getClass(), kind, part.inside(groups));
    } else if (part.isGroup()) {
      return changed(part.type(), (Record) current, part.inside(groups));
    }
    String path = given(paths);
    if (path == null) {
      if (current == null) {
        throw new IllegalArgumentException("the option %s is missing".formatted(paths.getFirst()));
      }
      return current;
    }
    own.put(path, values.get(path));
    try {
      return Values.of(part, values.get(path));
    } catch (IllegalArgumentException e) {
      throw cannot(path, values.get(path), must(current, e.getMessage()), e);
    }
  }

  private Record kind(Part part, List<String> paths, Record current) {
    List<String> all = new ArrayList<>(paths);
    paths.forEach(path -> all.add(path + "." + KIND));
    String path = given(all);
    if (path == null && current == null) {
      throw new IllegalArgumentException("the option %s is missing".formatted(paths.getFirst()));
    }
    if (path == null) {
      return current;
    }
    try {
      String text = String.valueOf(values.get(path));
      String kind = Values.oneOf(part.kinds(), text, "one of " + Values.names(part.kinds()));
      return current != null && Part.kind(current.getClass()).equals(kind)
          ? current
          : part.ofKind(kind);
    } catch (IllegalArgumentException e) {
      Object now = current == null ? null : Part.kind(current.getClass());
      throw cannot(path, values.get(path), must(now, e.getMessage()), e);
    }
  }

  /** Under which of its names an option is given; null if under none. */
  private String given(List<String> paths) {
    List<String> all = paths.stream().filter(values::containsKey).toList();
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          "%s are the same option: give one of them".formatted(String.join(" and ", all)));
    }
    used.addAll(all);
    return all.isEmpty() ? null : all.getFirst();
  }

  private static String must(Object current, String kind) {
    return current == null
        ? ": it must be " + kind
        : ": it is %s, and must be %s".formatted(current, kind);
  }

  private static IllegalArgumentException cannot(
      String path, Object value, String why, Exception cause) {
    return new IllegalArgumentException("%s cannot be '%s'%s".formatted(path, value, why), cause);
  }

  /** Those that found no option. */
  List<String> unused() {
    return values.keySet().stream()
        .filter(path -> !used.contains(path))
        .<String>map(p -> p)
        .toList();
  }
}
