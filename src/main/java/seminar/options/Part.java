package seminar.options;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A component of a record of options: a value, a group of options, or one of several groups. */
record Part(RecordComponent component) {
  static List<Part> of(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(Part::new).toList();
  }

  Class<?> type() {
    return component.getType();
  }

  private Spelled spelling() {
    return component.getAnnotation(Spelled.class);
  }

  boolean isTime() {
    return spelling() != null && spelling().time();
  }

  /** Whether it is one of the records of a sealed interface, so that its kind is an option too. */
  boolean hasKinds() {
    return type().isInterface() && type().isSealed();
  }

  boolean isGroup() {
    return type().isRecord() || hasKinds();
  }

  /** Its paths in a group of these paths; the first is the one that is written. */
  List<String> paths(List<String> groups) {
    Spelled spelling = spelling();
    String name = spelling == null || spelling.as().isEmpty() ? component.getName() : spelling.as();
    Stream<String> names =
        spelling == null
            ? Stream.of(name)
            : Stream.concat(Stream.of(name), Stream.of(spelling.formerly()));
    List<String> all = names.toList();
    return groups.stream().flatMap(group -> all.stream().map(group::concat)).toList();
  }

  /** What stands before the names of its own options. */
  List<String> inside(List<String> groups) {
    return spelling() != null && spelling().open()
        ? groups
        : paths(groups).stream().map(path -> path + ".").toList();
  }

  Object value(Record owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a component of a public record can be read", e);
    }
  }

  /** The names of the kinds there are. */
  List<String> kinds() {
    return Stream.of(type().getPermittedSubclasses()).map(Part::kind).toList();
  }

  /** A record of a sealed interface by the name of its class: {@code SimHard} is SIM_HARD. */
  static String kind(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  /** Its record of a kind, as its constructor without arguments makes it. */
  Record ofKind(String name) {
    Class<?> type = type().getPermittedSubclasses()[kinds().indexOf(name)];
    return make(type, new Class<?>[0], new Object[0]);
  }

  /**
   * A record of these values.
   *
   * @throws IllegalArgumentException if it refuses them
   */
  static Record make(Class<?> type, Object[] values) {
    Class<?>[] types = of(type).stream().map(Part::type).toArray(Class<?>[]::new);
    return make(type, types, values);
  }

  private static Record make(Class<?> type, Class<?>[] types, Object[] values) {
    try {
      return (Record) type.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("options refuse with an IllegalArgumentException", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "%s has no public constructor of %s".formatted(type, Arrays.toString(types)), e);
    }
  }
}
