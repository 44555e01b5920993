package seminar.figure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** Data of charts as rows of JSON: names beside numbers, truth values and texts. */
final class DataRows {
  private DataRows() {}

  /** The rows of a table; what is missing in a row is absent. */
  static List<Map<String, Object>> of(Table table) {
    return TableFile.rows(table).stream().map(DataRows::plain).toList();
  }

  /**
   * Rows that are records or maps.
   *
   * @throws IllegalArgumentException if one is neither, with its place
   */
  static List<Map<String, Object>> of(Collection<?> rows) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Object row : rows) {
      if (row instanceof Map<?, ?> map) {
        found.add(plain(map));
      } else if (row instanceof Record value) {
        found.add(plain(components(value)));
      } else {
        throw new IllegalArgumentException(
            "row %d of the data is %s: give records, maps or a table"
                .formatted(found.size(), row == null ? "null" : "a " + row.getClass().getName()));
      }
    }
    return List.copyOf(found);
  }

  private static Map<String, Object> components(Record value) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        row.put(component.getName(), component.getAccessor().invoke(value));
      } catch (InvocationTargetException e) {
        throw new IllegalArgumentException(
            "%s of a row cannot be read: %s".formatted(component.getName(), e.getCause()), e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(
            "%s of a row cannot be read".formatted(component.getName()), e);
      }
    }
    return row;
  }

  private static Map<String, Object> plain(Map<?, ?> row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          Object kept = plain(value);
          if (kept != null) {
            plain.put(String.valueOf(name), kept);
          }
        });
    return plain;
  }

  /** Numbers that are none are left out: JSON has no word for them. */
  private static Object plain(Object value) {
    return switch (value) {
      case null -> null;
      case Integer whole -> whole;
      case Long whole -> whole;
      case Number number ->
          Double.isFinite(number.doubleValue()) ? (Object) number.doubleValue() : null;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }
}
