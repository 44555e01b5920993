package seminar.source.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import seminar.source.EventLog;
import seminar.source.MalformedLine;

/** What a table says of its items: texts and attributes, an item's first row counts. */
final class TableItems {
  private static final String JOINT = ". ";

  private final TableOptions options;
  private final TableIds ids;
  private final EventLog log;

  /** Descriptions for a log. */
  TableItems(TableOptions options, TableIds ids, EventLog log) {
    this.options = options;
    this.ids = ids;
    this.log = log;
  }

  /** The columns that describe an item. */
  static List<String> columns(TableOptions options) {
    List<String> columns = new ArrayList<>(options.text());
    columns.addAll(options.attributes());
    return columns;
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
        attributes.add(label(name, value));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < options.text().size(); i++) {
      for (String part : texts(options.text().get(i), fields[first + i])) {
        text.append(text.isEmpty() ? "" : JOINT).append(part);
      }
    }
    ids.describe(log, item, text.toString(), attributes);
  }

  /** A value that bears the name of its column already is not given it twice. */
  private static String label(String column, String value) {
    return column.equals(TableWriter.ATTRIBUTES) ? value : column + ":" + value;
  }

  private static List<String> texts(String name, String field) throws MalformedLine {
    List<String> texts = new ArrayList<>();
    for (String part : Fields.isList(field) ? Fields.list(name, field) : List.of(field)) {
      if (!Fields.isNothing(part)) {
        texts.add(part.strip());
      }
    }
    return texts;
  }
}
