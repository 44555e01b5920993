package seminar.data;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import seminar.file.Json;

/**
 * Remembers, in {@code checked.json} beside the files, which of them were found to have their
 * checksum, so that a corpus of gigabytes opens at once the next time.
 *
 * <p>A file counts as unchanged while its length and its time of change are what they were. Times
 * are coarse, so a file that changed just before its check is not remembered: within a tenth of a
 * second, or two seconds where times are whole seconds. That the values of all files together make
 * a corpus is remembered by their checksums alone. What is remembered is a convenience: without the
 * file, or in a folder that cannot be written, everything is checked again.
 */
final class CheckedFiles {
  static final String FILE = "checked.json";
  private static final String VALUES = "values";
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private final Map<String, String> known;
  private boolean news;

  private CheckedFiles(Path folder, Map<String, String> known) {
    this.folder = folder;
    this.known = known;
  }

  static CheckedFiles none(Path folder) {
    return new CheckedFiles(folder, new TreeMap<>());
  }

  /** What is remembered of this folder; nothing if the memory is lost or damaged. */
  static CheckedFiles read(Path folder) {
    try {
      return new CheckedFiles(
          folder,
          Json.reader()
              .forType(new TypeReference<Map<String, String>>() {})
              .readValue(folder.resolve(FILE).toFile()));
    } catch (IOException e) {
      return none(folder);
    }
  }

  boolean knows(Path file, String sha256) throws IOException {
    return state(file, sha256).equals(known.get(file.getFileName().toString()));
  }

  /** The file was just found to have this checksum. */
  void remember(Path file, String sha256) throws IOException {
    long changed = nanos(changed(file));
    long age = nanos(FileTime.fromMillis(System.currentTimeMillis())) - changed;
    if (age > (changed % SECOND == 0 ? 2 * SECOND : SECOND / 10)) {
      known.put(file.getFileName().toString(), state(file, sha256));
      news = true;
    }
  }

  /** Whether the values of files with these checksums were found to make a corpus. */
  boolean knowsValues(String checksums) {
    return checksums.equals(known.get(VALUES));
  }

  /** The values of files with these checksums make a corpus. */
  void rememberValues(String checksums) {
    known.put(VALUES, checksums);
    news = true;
  }

  void write() {
    if (news && Files.isWritable(folder)) {
      try {
        Json.write(folder.resolve(FILE), known);
      } catch (IOException e) {
        // The next reader checks everything again; this one has its corpus.
        news = false;
      }
    }
  }

  private static String state(Path file, String sha256) throws IOException {
    return "%d bytes, changed at %d, %s".formatted(Files.size(file), nanos(changed(file)), sha256);
  }

  private static FileTime changed(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
