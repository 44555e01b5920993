package seminar.source;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The options of a reader by name and as text, as manifests and command lines have them. */
final class Described {
  private Described() {}

  /** The components of a record; those that are records themselves are opened. */
  static Map<String, String> of(Record options) {
    Map<String, String> described = new LinkedHashMap<>();
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      Object value = value(options, component);
      if (value instanceof Record nested) {
        described.putAll(of(nested));
      } else {
        described.put(component.getName(), String.valueOf(value));
      }
    }
    return described;
  }

  /**
   * The same options with another value of one of them.
   *
   * @throws IllegalArgumentException if there is no such option, or the value is none of its kind
   *     or out of bounds; the message names both
   */
  static <R extends Record> R with(R options, String name, String text) {
    if (!of(options).containsKey(name)) {
      throw new IllegalArgumentException(
          "no option is called %s: there is %s"
              .formatted(name, String.join(", ", of(options).keySet())));
    }
    RecordComponent[] components = options.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(options, components[i]);
      if (components[i].getName().equals(name)) {
        values[i] = parsed(name, text, components[i].getType());
      } else if (values[i] instanceof Record nested && of(nested).containsKey(name)) {
        values[i] = with(nested, name, text);
      }
    }
    return made(options, components, values);
  }

  private static <R extends Record> R made(
      R options, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      @SuppressWarnings("unchecked") // The class of an R makes an R.
      Constructor<R> constructor = (Constructor<R>) options.getClass().getConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("options refuse with an IllegalArgumentException", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record can be made", e);
    }
  }

  private static Object parsed(String name, String text, Class<?> type) {
    try {
      if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == long.class) {
        return time(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
        return text.equals("true");
      } else if (type == String.class) {
        return text;
      } else if (type.isEnum()) {
        return constant(text, type);
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(wrong(name, text, type), e);
    }
    throw new IllegalArgumentException(wrong(name, text, type));
  }

  private static Object constant(String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return constant;
      }
    }
    throw new NumberFormatException();
  }

  private static String wrong(String name, String text, Class<?> type) {
    String kind =
        type.isEnum()
            ? "one of " + Arrays.toString(type.getEnumConstants())
            : type == long.class
                ? "a date such as 2023-05-22 or milliseconds since 1970"
                : plain(type);
    return "%s is '%s', not %s".formatted(name, text, kind);
  }

  private static String plain(Class<?> type) {
    return type == int.class
        ? "a whole number"
        : type == double.class ? "a number" : "true or false";
  }

  /** Milliseconds since 1970, from a number of them, a day or a moment (UTC). */
  private static long time(String text) {
    if (text.matches("-?\\d+")) {
      return Long.parseLong(text);
    }
    return text.contains("T")
        ? Instant.parse(text).toEpochMilli()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static Object value(Record options, RecordComponent component) {
    try {
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a component of a public record can be read", e);
    }
  }
}
