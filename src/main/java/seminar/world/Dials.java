package seminar.world;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options as texts by name and back: the components of a record and of the records in it. */
final class Dials {
  private Dials() {}

  static Map<String, String> describe(Record options) {
    Map<String, String> dials = new LinkedHashMap<>();
    for (RecordComponent part : options.getClass().getRecordComponents()) {
      Object value = value(part, options);
      if (value instanceof Record group) {
        describe(group).forEach((name, text) -> dials.put(part.getName() + "." + name, text));
      } else {
        dials.put(part.getName(), String.valueOf(value));
      }
    }
    return dials;
  }

  private static Object value(RecordComponent part, Record options) {
    try {
      return part.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("options cannot be described", e);
    }
  }

  /** Reads a record whose dials are whole or real numbers. */
  static <T extends Record> T parse(Class<T> type, String prefix, Map<String, String> dials) {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      String name = prefix + parts[i].getName();
      values[i] =
          types[i].isRecord()
              ? parse(types[i].asSubclass(Record.class), name + ".", dials)
              : number(name, types[i], dials);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("options cannot be made", e);
    }
  }

  private static Object number(String name, Class<?> type, Map<String, String> dials) {
    if (!dials.containsKey(name)) {
      throw new IllegalArgumentException("the dial %s is missing".formatted(name));
    }
    String text = dials.get(name);
    try {
      return type == int.class
          ? (Object) Integer.valueOf(text)
          : type == long.class ? (Object) Long.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the dial %s is '%s': a number was expected".formatted(name, text), e);
    }
  }
}
