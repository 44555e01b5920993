package seminar.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Records as tables: one as names beside values, a list of them as rows. */
final class Records {
  private Records() {}

  static String html(Record value) {
    List<List<String>> rows =
        Arrays.stream(value.getClass().getRecordComponents())
            .map(component -> List.of(component.getName(), cell(component, value)))
            .toList();
    return Tables.html(List.of(value.getClass().getSimpleName(), ""), rows, "");
  }

  /** The record's own text, its arrays as their elements. */
  static String text(Record value) {
    StringBuilder text = new StringBuilder(value.getClass().getSimpleName()).append('[');
    String separator = "";
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      text.append(separator).append(component.getName()).append('=');
      text.append(text(component, value));
      separator = ", ";
    }
    return text.append(']').toString();
  }

  /** Whether the list is not empty and all its elements are records of one class. */
  static boolean sameClass(List<?> list) {
    return !list.isEmpty()
        && list.getFirst() instanceof Record first
        && list.stream().allMatch(value -> value != null && value.getClass() == first.getClass());
  }

  /** A list for which {@link #sameClass} holds. */
  static String html(List<?> records) {
    RecordComponent[] components = records.getFirst().getClass().getRecordComponents();
    List<List<String>> rows =
        records.stream()
            .limit(Tables.MAX_ROWS)
            .map(value -> Arrays.stream(components).map(one -> cell(one, value)).toList())
            .toList();
    String shown = records.size() > Tables.MAX_ROWS ? " (%d shown)".formatted(Tables.MAX_ROWS) : "";
    List<String> header = Arrays.stream(components).map(RecordComponent::getName).toList();
    return Tables.html(header, rows, "%d rows%s".formatted(records.size(), shown));
  }

  private static String text(RecordComponent component, Object value) {
    return ShortText.text(read(component, value));
  }

  private static String cell(RecordComponent component, Object value) {
    return ShortText.cell(read(component, value));
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (InvocationTargetException e) {
      return "(" + e.getCause() + ")";
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "(not accessible)";
    }
  }
}
