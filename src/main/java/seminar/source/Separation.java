package seminar.source;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * How the fields of a line of text are told apart.
 *
 * @param delimiter what stands between two fields, such as a comma
 * @param quoted whether a field may stand in double quotes, as in RFC 4180
 * @param columns the names of the columns, where the file has no line of names; else empty
 */
public record Separation(String delimiter, boolean quoted, List<String> columns) {
  /** The delimiters that are told by the first line; of equally many the first. */
  private static final List<String> KNOWN = List.of("\t", ",", ";", "|");

  private static final String TAB = "\t";

  /** Checks that something stands between fields. */
  public Separation {
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("delimiter is empty: say what stands between two fields");
    }
    if (quoted && (delimiter.length() > 1 || delimiter.isBlank())) {
      throw new IllegalArgumentException(
          "delimiter is '%s': quoted fields have one character that is no blank between them"
              .formatted(delimiter));
    }
    columns = List.copyOf(columns);
  }

  /** Between commas, quoted as in RFC 4180, under a line of names. */
  public static Separation commas() {
    return new Separation(",", true, List.of());
  }

  /** Between tabs, not quoted, under a line of names. */
  public static Separation tabs() {
    return new Separation(TAB, false, List.of());
  }

  /** By this delimiter; fields may be quoted if it is one character that is no blank. */
  public static Separation by(String delimiter, List<String> columns) {
    return new Separation(delimiter, delimiter.length() == 1 && !delimiter.isBlank(), columns);
  }

  /**
   * As the first line of a file tells it: by the one of tab, comma, semicolon and bar that it has
   * most of outside of quotes. A file of one column is one of commas.
   *
   * @param columns the names of the columns, where the file has no line of names; else empty
   * @throws IOException if the file cannot be read
   */
  public static Separation told(Path file, List<String> columns) throws IOException {
    String first = firstLine(file);
    String most = ",";
    for (String delimiter : KNOWN) {
      if (count(first, delimiter) > count(first, most)) {
        most = delimiter;
      }
    }
    return by(most, columns);
  }

  /**
   * The names of the columns of a file.
   *
   * @throws IOException if it cannot be read or has no line
   */
  public List<String> names(Path file) throws IOException {
    if (!columns.isEmpty()) {
      return columns;
    }
    if (!quoted) {
      String[] names = firstLine(file).split(Pattern.quote(delimiter), -1);
      names[0] = Header.unmarked(names[0]);
      return List.of(names);
    }
    try (SourceText text = SourceText.open(file, StandardCharsets.UTF_8)) {
      return List.of(new CsvText(file, text.reader(), delimiter.charAt(0)).head());
    } catch (EOFException | ZipException e) {
      throw SourceText.truncated(file, e);
    }
  }

  /** Where wanted columns stand; null if only the first line of the file can tell. */
  Header header(Path file, List<String> required, List<String> optional) throws IOException {
    return columns.isEmpty()
        ? null
        : Header.of(file, columns.toArray(String[]::new), required, optional);
  }

  private static String firstLine(Path file) throws IOException {
    try (SourceText text = SourceText.open(file, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(text.reader())) {
      String first = lines.readLine();
      if (first == null) {
        throw SourceFiles.empty(file);
      }
      return first;
    } catch (EOFException | ZipException e) {
      throw SourceText.truncated(file, e);
    }
  }

  private static int count(String line, String delimiter) {
    int count = 0;
    boolean inside = false;
    for (int i = 0; i < line.length(); i++) {
      inside ^= line.charAt(i) == '"';
      count += !inside && line.startsWith(delimiter, i) ? 1 : 0;
    }
    return count;
  }
}
