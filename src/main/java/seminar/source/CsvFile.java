package seminar.source;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes comma-separated values, quoted as in RFC 4180 where they must be. */
final class CsvFile implements AutoCloseable {
  private final BufferedWriter out;
  private final int width;

  /** A new file with a line of column names. */
  CsvFile(Path file, List<String> columns) throws IOException {
    out = Files.newBufferedWriter(file);
    width = columns.size();
    row(columns.toArray(String[]::new));
  }

  /** Adds a line of as many fields as there are columns. */
  void row(String... fields) throws IOException {
    if (fields.length != width) {
      throw new IllegalArgumentException(
          "%d fields: the file has %d columns".formatted(fields.length, width));
    }
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(quoted(fields[i]));
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

  @Override
  public void close() throws IOException {
    out.close();
  }
}
