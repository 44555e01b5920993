package seminar.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values of variables: JShell keeps each in a static field of a class of its own, named {@code
 * REPL.$JShell$12}, and where this class cannot be given new code it makes another, {@code
 * REPL.$JShell$12B}. The value is then carried over, if it fits.
 */
final class Variables {
  private static final Pattern CLASS = Pattern.compile("(REPL\\.\\$JShell\\$(\\d+)[A-Z]*)(\\$.*)?");
  private static final int MAX_ELEMENTS = 1_000;
  private static final int MAX_DEPTH = 3;

  private final Map<String, Class<?>> newest = new HashMap<>();
  private final List<String> lost = new ArrayList<>();

  /** A class was loaded: takes over the values that its forerunner held. */
  synchronized void add(Class<?> loaded) {
    Matcher name = CLASS.matcher(loaded.getName());
    if (!name.matches() || name.group(3) != null) {
      return;
    }
    Class<?> before = newest.put(name.group(2), loaded);
    if (before == null) {
      return;
    }
    for (Field field : loaded.getDeclaredFields()) {
      field(before, field.getName()).map(Variables::get).ifPresent(value -> carry(field, value));
    }
  }

  private void carry(Field field, Object value) {
    if (isVariable(field) && !set(field, value) && !isZero(value)) {
      lost.add(field.getName());
    }
  }

  /** Whether a value is that of a variable to which nothing was assigned. */
  static boolean isZero(Object value) {
    return switch (value) {
      case null -> true;
      case Number number -> number.doubleValue() == 0;
      case Boolean truth -> !truth;
      case Character character -> character == 0;
      default -> false;
    };
  }

  /** The variables whose values did not fit, so that they begin anew; forgets them. */
  synchronized List<String> takeLost() {
    List<String> taken = List.copyOf(lost);
    lost.clear();
    return taken;
  }

  /**
   * The field of a variable.
   *
   * @param className the class that JShell names for it, whichever its version
   */
  synchronized Optional<Field> find(String className, String variable) {
    Matcher name = CLASS.matcher(className);
    return name.matches() && newest.containsKey(name.group(2))
        ? field(newest.get(name.group(2)), variable)
        : Optional.empty();
  }

  private static Optional<Field> field(Class<?> holder, String name) {
    try {
      Field field = holder.getDeclaredField(name);
      field.setAccessible(true);
      return isVariable(field) ? Optional.of(field) : Optional.empty();
    } catch (NoSuchFieldException e) {
      return Optional.empty();
    }
  }

  private static boolean isVariable(Field field) {
    return Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
  }

  /** The value of a variable. */
  static Object get(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a variable, if the value is of its type; returns whether it is. */
  static boolean set(Field field, Object value) {
    try {
      field.setAccessible(true);
      field.set(null, value);
      return true;
    } catch (IllegalArgumentException | NullPointerException e) {
      return false;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a variable to what it is before its first assignment. */
  static void clear(Field field) {
    set(field, Array.get(Array.newInstance(field.getType(), 1), 0));
  }

  /**
   * Whether a value is of a type of a cell that has been replaced since, or is an array or a
   * collection of the JDK with such an element.
   */
  synchronized boolean isOutdated(Object value) {
    return isOutdated(value, MAX_DEPTH);
  }

  private boolean isOutdated(Object value, int depth) {
    return value != null
        && (isOutdatedType(value.getClass()) || depth > 0 && hasOutdated(value, depth - 1));
  }

  private boolean hasOutdated(Object value, int depth) {
    Stream<?> elements =
        switch (value) {
          case Object[] array -> Arrays.stream(array);
          case Map<?, ?> map when isOfTheJdk(map) -> map.values().stream();
          case Collection<?> collection when isOfTheJdk(collection) -> collection.stream();
          default -> Stream.empty();
        };
    try {
      return elements.limit(MAX_ELEMENTS).anyMatch(one -> isOutdated(one, depth));
    } catch (RuntimeException e) {
      return false; // Another thread changes it.
    }
  }

  /** Nobody else's code is run for a look. */
  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  private boolean isOutdatedType(Class<?> type) {
    Matcher name = CLASS.matcher(type.getName());
    Class<?> now = name.matches() ? newest.get(name.group(2)) : null;
    return now != null && name.group(3) != null && !now.getName().equals(name.group(1));
  }
}
