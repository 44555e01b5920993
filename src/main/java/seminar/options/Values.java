package seminar.options;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values of options from text, and from the numbers, truth values and lists of a YAML file. */
final class Values {
  private Values() {}

  /**
   * A value as the component holds it.
   *
   * @throws IllegalArgumentException if it is none of its kind; the message says of which it must
   *     be
   */
  static Object of(Part part, Object given) {
    return of(part.type(), part.component().getGenericType(), part.isTime(), given);
  }

  private static Object of(Class<?> type, Type generic, boolean time, Object given) {
    String text = String.valueOf(given).strip();
    if (type == String.class) {
      return String.valueOf(given);
    } else if (type == int.class || type == Integer.class) {
      return number("a whole number", Integer::valueOf, text);
    } else if (type == long.class) {
      return time
          ? number("a date such as 2023-05-22 or milliseconds since 1970", Values::time, text)
          : number("a whole number", Long::valueOf, text);
    } else if (type == double.class || type == Double.class) {
      return number("a number", Double::valueOf, text);
    } else if (type == boolean.class) {
      return oneOf(List.of(true, false), text, "true or false");
    } else if (type.isEnum()) {
      List<?> all = List.of(type.getEnumConstants());
      return oneOf(all, text, "one of " + names(all));
    } else if (generic instanceof ParameterizedType many && (type == List.class || isSet(type))) {
      Class<?> of = (Class<?>) many.getActualTypeArguments()[0];
      Stream<Object> values = list(given).map(each -> of(of, of, false, each));
      return isSet(type) ? new LinkedHashSet<>(values.toList()) : values.toList();
    }
    throw new IllegalStateException("no option is of " + type);
  }

  private static boolean isSet(Class<?> type) {
    return type == Set.class;
  }

  private static Stream<?> list(Object given) {
    if (given instanceof List<?> list) {
      return list.stream();
    }
    String inner = String.valueOf(given).strip().replaceAll("^\\[|\\]$", "");
    return inner.isBlank() ? Stream.empty() : Arrays.stream(inner.split(",")).map(String::strip);
  }

  private static <T> T number(String kind, Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(kind, e);
    }
  }

  /** Names in any case and with any dashes. */
  static <T> T oneOf(List<T> all, String text, String kind) {
    String plain = text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return all.stream()
        .filter(each -> name(each).equals(plain))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind));
  }

  static String names(List<?> all) {
    return String.join(", ", all.stream().map(Values::name).toList());
  }

  private static String name(Object value) {
    return value instanceof Enum<?> constant
        ? constant.name()
        : String.valueOf(value).toUpperCase(Locale.ROOT);
  }

  /** Milliseconds since 1970, from a number of them, a day or an instant (UTC). */
  private static long time(String text) {
    if (text.matches("-?\\d+")) {
      return Long.parseLong(text);
    }
    return text.contains("T")
        ? Instant.parse(text).toEpochMilli()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
