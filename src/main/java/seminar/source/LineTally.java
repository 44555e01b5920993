package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts lines and malformed lines, keeps the first ten, and stops a run that has too many. */
final class LineTally {
  private static final int KEPT = 10;

  /** Before so many lines of a file a share says little. */
  private static final int EARLY = 1000;

  private final double allowed;
  private final List<String> first = new ArrayList<>();
  private final List<String> firstOfFile = new ArrayList<>();
  private long lines;
  private long malformed;
  private long linesOfFile;
  private long malformedOfFile;

  LineTally(double allowed) {
    this.allowed = allowed;
  }

  /** A line of data was met, good or not. */
  void line() {
    lines++;
    linesOfFile++;
  }

  /** The line at this number of the file cannot be used. */
  void malformed(Path file, long line, String why) throws IOException {
    malformed++;
    malformedOfFile++;
    String entry = "%s:%d: %s".formatted(file.getFileName(), line, why);
    if (first.size() < KEPT) {
      first.add(entry);
    }
    if (firstOfFile.size() < KEPT) {
      firstOfFile.add(entry);
    }
    if (linesOfFile >= EARLY) {
      check(file);
    }
  }

  /** The file is read; the next one starts from nothing. */
  void endOf(Path file) throws IOException {
    check(file);
    firstOfFile.clear();
    linesOfFile = 0;
    malformedOfFile = 0;
  }

  private void check(Path file) throws IOException {
    if (malformedOfFile > allowed * linesOfFile) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: %d of %d lines are malformed, more than the allowed %s %%;"
                  + " correct them or allow a larger malformedShare; the first are%n  %s",
              file,
              malformedOfFile,
              linesOfFile,
              100 * allowed,
              String.join(String.format("%n  "), firstOfFile)));
    }
  }

  long lines() {
    return lines;
  }

  long malformed() {
    return malformed;
  }

  /** How many lines are malformed, and the first of them. */
  String inWords() {
    return "%d of %d lines are malformed".formatted(malformed, lines)
        + (first.isEmpty() ? "" : ", the first: " + first.getFirst());
  }

  List<String> first() {
    return List.copyOf(first);
  }
}
