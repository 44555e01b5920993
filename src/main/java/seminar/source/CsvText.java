package seminar.source;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A text of values with commas or the like between them and quoting as in RFC 4180, record by
 * record, that knows on which lines each record stands. A line ends with LF, CR LF or CR. Lines
 * without a character, or of blanks alone, are no records; blanks around a field do not count
 * unless they are quoted.
 *
 * <p>A field that goes on behind its closing quote is taken as it stands, with its quotes. But if
 * that quote was opened on an earlier line it was never closed, and the quote that seemed to close
 * it opens another field: the record is broken and ends with the line. So does one whose quote is
 * still open at the end of the text.
 */
final class CsvText {
  private static final int BUFFER = 1 << 16;

  /** A longer field has lost its end. */
  private static final int LONGEST = 1 << 20;

  private static final int END = -1;

  /** What is wrong with a broken record. */
  static final String UNCLOSED = "a quote opens here and is not closed";

  private final Path file;
  private final Reader reader;
  private final char delimiter;
  private final char[] buffer = new char[BUFFER];
  private int next;
  private int filled;

  private char[] record = new char[1 << 10];
  private int length;
  private int[] ends = new int[32];
  private int fields;

  private long line = 1;
  private long first;
  private long last;
  private long quote;
  private boolean said;
  private boolean broken;

  /** How the first line ends: within quotes such an end becomes LF. */
  private String lineEnd = "";

  /**
   * The text of a file; a mark of the order of bytes is passed over.
   *
   * @param delimiter what stands between fields, no blank
   */
  CsvText(Path file, Reader reader, char delimiter) throws IOException {
    this.file = file;
    this.reader = reader;
    this.delimiter = delimiter;
    if (peek() == Header.BYTE_ORDER_MARK.charAt(0)) {
      next++;
    }
  }

  /**
   * Goes to the next record.
   *
   * @return false if there is none
   * @throws IOException if the text cannot be read or a field has no end
   */
  boolean next() throws IOException {
    do {
      if (peek() == END) {
        return false;
      }
      length = 0;
      fields = 0;
      first = line;
      quote = 0;
      said = false;
      broken = false;
      while (field()) {
        // The record goes on.
      }
    } while (fields == 1 && length == 0 && !said);
    return true;
  }

  /**
   * The fields of the first record, which is one of names.
   *
   * @throws IOException if there is none, or a quote in it is never closed
   */
  String[] head() throws IOException {
    if (!next()) {
      throw SourceFiles.empty(file);
    }
    if (broken) {
      throw new IOException("%s:%d: %s".formatted(file, first, UNCLOSED));
    }
    String[] names = new String[fields];
    Arrays.setAll(names, this::field);
    return names;
  }

  /** How many fields the record has. */
  int fields() {
    return fields;
  }

  /** A field of the record. */
  String field(int number) {
    int start = number == 0 ? 0 : ends[number - 1];
    return new String(record, start, ends[number] - start);
  }

  /** The number of the first line of the record, from 1. */
  long first() {
    return first;
  }

  /** The number of its last line. */
  long last() {
    return last;
  }

  /** Whether a quote was never closed. */
  boolean broken() {
    return broken;
  }

  /** Reads a field and what ends it; false at the end of the record. */
  private boolean field() throws IOException {
    int start = length;
    int c = read();
    while (isBlank(c)) {
      c = read();
    }
    c = c == '"' ? quoted(start) : plain(start, c);
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, 2 * fields);
    }
    ends[fields++] = length;
    last = line;
    if (c == '\n' || c == '\r') {
      String end = lineEnd(c);
      lineEnd = lineEnd.isEmpty() ? end : lineEnd;
    }
    return c == delimiter;
  }

  private static boolean isBlank(int c) {
    return c <= ' ' && c != '\n' && c != '\r' && c != END;
  }

  private boolean isEnd(int c) {
    return c == delimiter || c == '\n' || c == '\r' || c == END;
  }

  /** What stands before the end of the field, without the blanks around it. */
  private int plain(int start, int begin) throws IOException {
    int c = begin;
    while (!isEnd(c)) {
      add(start, c);
      c = read();
    }
    while (length > start && record[length - 1] <= ' ') {
      length--;
    }
    return c;
  }

  /** What stands behind an opening quote; returns what ends the field. */
  private int quoted(int start) throws IOException {
    said = true;
    long opened = line;
    for (int c = read(); c != '"' || peek() == '"'; c = read()) {
      if (c == END) {
        opened(opened);
        broken = true;
        // The end of the last line begins no other.
        line -= length > start && record[length - 1] == '\n' ? 1 : 0;
        return END;
      }
      if (c == '\n' || c == '\r') {
        String end = lineEnd(c);
        opened(opened);
        for (char part : (end.equals(lineEnd) ? "\n" : end).toCharArray()) {
          add(start, part);
        }
      } else {
        next += c == '"' ? 1 : 0;
        add(start, c);
      }
    }
    int content = length;
    int c = read();
    while (isBlank(c)) {
      add(start, c);
      c = read();
    }
    if (isEnd(c)) {
      length = content;
      return c;
    }
    if (opened < line) {
      broken = true;
      while (c != '\n' && c != '\r' && c != END) {
        c = read();
      }
      return c;
    }
    String raw = '"' + new String(record, start, content - start) + '"';
    String blanks = new String(record, content, length - content);
    length = start;
    for (char part : (raw + blanks).toCharArray()) {
      add(start, part);
    }
    return plain(start, c);
  }

  private void opened(long on) {
    quote = quote == 0 ? on : quote;
  }

  /** A line ends with this character and perhaps one more. */
  private String lineEnd(int c) throws IOException {
    line++;
    if (c == '\r' && peek() == '\n') {
      next++;
      return "\r\n";
    }
    return c == '\r' ? "\r" : "\n";
  }

  private void add(int start, int c) throws IOException {
    if (length == record.length) {
      record = Arrays.copyOf(record, 2 * length);
    }
    if (length - start >= LONGEST) {
      throw new IOException(
          quote > 0
              ? "%s:%d: a quote opens here and is not closed within %,d characters: correct the line"
                  .formatted(file, quote, LONGEST)
              : "%s:%d: a field has more than %,d characters: correct the line"
                  .formatted(file, line, LONGEST));
    }
    record[length++] = (char) c;
  }

  private int read() throws IOException {
    int c = peek();
    next++;
    return c;
  }

  private int peek() throws IOException {
    if (next >= filled) {
      filled = Math.max(0, reader.read(buffer, 0, BUFFER));
      next = 0;
      if (filled == 0) {
        return END;
      }
    }
    return buffer[next];
  }
}
