package seminar.file;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a table as text, a line a row: between commas, quoted as in RFC 4180 where fields must be,
 * or between tabs.
 */
public final class CsvFile implements AutoCloseable {
  private final BufferedWriter out;
  private final List<String> columns;
  private final char separator;

  private CsvFile(Path file, List<String> columns, char separator) throws IOException {
    this.columns = columns;
    this.separator = separator;
    out = Files.newBufferedWriter(file);
    row(columns.toArray(String[]::new));
  }

  /** A new file of comma-separated values with a line of column names. */
  public static CsvFile commas(Path file, List<String> columns) throws IOException {
    return new CsvFile(file, columns, ',');
  }

  /** A new file of values between tabs with a line of column names. */
  public static CsvFile tabs(Path file, List<String> columns) throws IOException {
    return new CsvFile(file, columns, '\t');
  }

  /**
   * Adds a line of as many fields as there are columns.
   *
   * @throws IllegalArgumentException if there are more or less, or tabs stand between fields and
   *     one of them holds a tab or the end of a line
   */
  public void row(String... fields) throws IOException {
    if (fields.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d fields: the file has %d columns".formatted(fields.length, columns.size()));
    }
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        out.write(separator);
      }
      out.write(separator == ',' ? quoted(fields[i]) : plain(columns.get(i), fields[i]));
    }
    out.write('\n');
  }

  private static String quoted(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c <= ' ' && (c < ' ' || i == 0 || i == field.length() - 1) || c == ',' || c == '"') {
        return '"' + field.replace("\"", "\"\"") + '"';
      }
    }
    return field;
  }

  private static String plain(String column, String field) {
    if (field.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
      throw new IllegalArgumentException(
          "%s '%s' holds a tab or the end of a line, which a table between tabs cannot have"
              .formatted(column, field));
    }
    return field;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
