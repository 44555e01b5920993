package seminar.source.s3rec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seminar.source.DataFolder;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;

/** Names of numbers, from a side file that need not be there. */
final class S3RecNames {
  /** The columns of the file. */
  static final List<String> COLUMNS = List.of("id", "name");

  private final Map<Integer, String> names = new HashMap<>();
  private final String prefix;

  /** Numbers without a name are called by their number behind a prefix. */
  S3RecNames(String prefix) {
    this.prefix = prefix;
  }

  void read(Path file, SourceFiles files) throws IOException {
    if (DataFolder.has(file)) {
      files.tabs(
          file,
          COLUMNS,
          fields -> {
            int id = MalformedLine.id("id", fields[0]);
            if (fields[1].isEmpty()) {
              throw new MalformedLine("name of %d is empty".formatted(id));
            }
            if (names.putIfAbsent(id, fields[1]) != null) {
              throw new MalformedLine("id %d has a name already".formatted(id));
            }
          });
    }
  }

  String of(int number) {
    String name = names.get(number);
    return name == null ? prefix + number : name;
  }
}
