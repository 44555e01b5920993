package seminar.source.s3rec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.Catalog;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;

/** The negatives of each user, from a file that need not be there. */
final class S3RecNegatives {
  private final List<S3RecLine> lines = new ArrayList<>();
  private final Set<Integer> users = new HashSet<>();
  private long strangers;
  private Negatives.Flaws flaws = new Negatives.Flaws(0, 0);

  /** Every line must have as many as the first. */
  void read(Path file, SourceFiles files, EventLog log) throws IOException {
    if (DataFolder.has(file)) {
      files.lines(file, (number, text) -> line(S3RecLine.of(text, "negative"), log));
    }
  }

  private void line(S3RecLine line, EventLog log) throws MalformedLine, IOException {
    int count = lines.isEmpty() ? line.items().length : lines.getFirst().items().length;
    if (line.items().length != count) {
      throw new MalformedLine(
          "user %d has %d negatives, the first user %d"
              .formatted(line.user(), line.items().length, count));
    }
    if (!users.add(line.user())) {
      throw new MalformedLine("user %d has negatives already".formatted(line.user()));
    }
    for (int item : line.items()) {
      log.keep(item);
    }
    lines.add(line);
  }

  /** The negatives of those users who have a history, in the order of the file. */
  Optional<Negatives> of(Histories histories, Catalog catalog) {
    Map<String, Integer> userNumbers = new HashMap<>();
    for (int user = 0; user < histories.users(); user++) {
      userNumbers.put(histories.userId(user), user);
    }
    List<S3RecLine> kept =
        lines.stream().filter(line -> userNumbers.containsKey("" + line.user())).toList();
    strangers = lines.size() - kept.size();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Integer> items = new HashMap<>();
    for (int item = 1; item <= catalog.size(); item++) {
      items.put(Integer.parseInt(catalog.originalId(item)), item);
    }
    Negatives negatives =
        Negatives.of(
            catalog.size(),
            kept.stream().mapToInt(line -> userNumbers.get("" + line.user())).toArray(),
            kept.getFirst().items().length,
            kept.stream().flatMapToInt(line -> line.numbers(items)).toArray(),
            "test");
    flaws = negatives.flaws(histories);
    return Optional.of(negatives);
  }

  /** What is wrong with the negatives. */
  Map<String, Long> counts() {
    return Map.of(
        "negatives of users without a history",
        strangers,
        "negatives that their user has met",
        flaws.met(),
        "negatives that their user has twice",
        flaws.repeated());
  }
}
