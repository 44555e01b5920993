package seminar.source.s3rec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;

/** The queries of each line of sequences, from a file that need not be there. */
final class S3RecQueries {
  private final EventLog log;
  private final S3RecNames names;
  private final Map<Long, S3RecLine> lines = new HashMap<>();
  private boolean there;

  S3RecQueries(EventLog log, S3RecNames names) {
    this.log = log;
    this.names = names;
  }

  void read(Path file, SourceFiles files) throws IOException {
    there = DataFolder.has(file);
    if (there) {
      files.lines(file, this::line);
    }
  }

  /** Ids of keywords are looked up, so that all that is kept of a query is one number. */
  private void line(long number, String text) throws MalformedLine {
    String[] fields = S3RecLine.fields(text);
    int user = S3RecLine.user(fields);
    List<List<String>> typed = new ArrayList<>();
    for (int i = 1; i < fields.length; i++) {
      typed.add(words(fields[i]));
    }
    lines.put(number, new S3RecLine(user, typed.stream().mapToInt(log::query).toArray()));
  }

  private List<String> words(String query) throws MalformedLine {
    List<String> words = new ArrayList<>();
    for (String keyword : query.split(",", -1)) {
      int id = MalformedLine.id("keyword", keyword);
      if (id > 0) {
        words.add(names.of(id));
      }
    }
    return words;
  }

  /** The queries of the items on this line of the sequences; they are asked for once. */
  int[] of(long number, int user, int items) throws MalformedLine {
    S3RecLine line = lines.remove(number);
    if (!there) {
      return new int[items]; // All of them Queries.EMPTY.
    }
    if (line == null) {
      throw new MalformedLine("no queries stand on the same line of the file of queries");
    }
    if (line.user() != user || line.items().length != items) {
      throw new MalformedLine(
          "user %d with %d items, but the file of queries has user %d with %d"
              .formatted(user, items, line.user(), line.items().length));
    }
    return line.items();
  }

  /** Lines of queries beside which no sequence stood. */
  long left() {
    return lines.size();
  }
}
