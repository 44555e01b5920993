package seminar.source;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes comma-separated values as in RFC 4180, line by line, in UTF-8. */
final class CsvLines implements AutoCloseable {
  private final BufferedWriter out;

  /** A file that begins with its header. */
  CsvLines(Path file, String... columns) throws IOException {
    this.out = Files.newBufferedWriter(file);
    row(columns);
  }

  void row(String... fields) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(quoted(fields[i]));
    }
    out.write('\n');
  }

  /** Quotes what would end a field, and blanks at its ends, which readers may take away. */
  private static String quoted(String field) {
    boolean plain = field.length() == field.trim().length();
    for (int i = 0; plain && i < field.length(); i++) {
      char c = field.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r' && c != '#';
    }
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
