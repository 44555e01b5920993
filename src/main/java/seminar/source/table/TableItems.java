package seminar.source.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.PlainText;

/** What the rows of a table say of items: texts and attributes. */
final class TableItems {
  private static final String JOINT = ". ";

  private final TableOptions options;
  private final TableIds ids;
  private final EventLog log;
  private final Set<String> nothing;
  private final Set<String> known = new HashSet<>();

  /** Descriptions for a log. */
  TableItems(TableOptions options, TableIds ids, EventLog log) {
    this.options = options;
    this.ids = ids;
    this.log = log;
    nothing = Set.copyOf(options.nothing());
  }

  /** Whether a field says nothing. */
  boolean isNothing(String field) {
    return PlainText.isNothing(field) || nothing.contains(field.strip());
  }

  /** The columns that describe an item. */
  static List<String> columns(TableOptions options) {
    List<String> columns = new ArrayList<>(options.text());
    columns.addAll(options.attributes());
    return columns;
  }

  /**
   * As {@link #describe} for a log that describes an item in each of its rows: the first counts.
   */
  void describeOnce(String item, String[] fields, int first) throws MalformedLine, IOException {
    if (!known.contains(item)) {
      describe(item, fields, first);
      known.add(item);
    }
  }

  /**
   * Describes an item.
   *
   * @param fields those of {@link #columns} begin at {@code first}
   */
  void describe(String item, String[] fields, int first) throws MalformedLine, IOException {
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < options.attributes().size(); i++) {
      String name = options.attributes().get(i);
      String field = fields[first + options.text().size() + i];
      for (String value : Fields.values(name, field, options.separator())) {
        if (!isNothing(value)) {
          attributes.add(label(name, value));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < options.text().size(); i++) {
      for (String part : texts(fields[first + i])) {
        text.append(text.isEmpty() ? "" : JOINT).append(part);
      }
    }
    if (!attributes.isEmpty() || !text.isEmpty()) {
      ids.describe(log, item, text.toString(), attributes);
    }
  }

  /** A value that bears the name of its column already is not given it twice. */
  private static String label(String column, String value) {
    return column.equals(TableWriter.ATTRIBUTES) ? value : column + ":" + value;
  }

  /** The texts of a field: those of a list, or itself; a text in brackets need not be a list. */
  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (String part : Fields.isList(field) ? Fields.listOr(field) : List.of(field)) {
      if (!isNothing(part)) {
        texts.add(part.strip());
      }
    }
    return texts;
  }
}
