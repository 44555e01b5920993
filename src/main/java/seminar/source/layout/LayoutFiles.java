package seminar.source.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seminar.source.DataFolder;

/** The files of a set in the places that somebody gives. */
final class LayoutFiles {
  /** So many folders below the one that is given are looked into. */
  private static final int BELOW = 2;

  /** So many folders above a log may have what describes its items. */
  private static final int ABOVE = 2;

  private static final int SHOWN = 10;

  private LayoutFiles() {}

  /**
   * The logs of a set.
   *
   * @param given files, which are logs as they are, and folders, in which logs are looked for
   * @throws IOException if there is none, or there are several that are not parts of one
   */
  static List<Path> logs(Layout layout, List<Path> given) throws IOException {
    List<Path> logs = new ArrayList<>();
    for (Path place : given) {
      if (Files.isRegularFile(place)) {
        logs.add(place);
      } else {
        logs.addAll(logs(layout, place));
      }
    }
    return logs;
  }

  private static List<Path> logs(Layout layout, Path folder) throws IOException {
    List<Path> all = all(folder, BELOW);
    for (String pattern : layout.logs()) {
      List<Path> found = matching(all, pattern);
      if (found.size() > 1 && !layout.parts()) {
        throw new IOException(
            "%s has several logs, %s: give one of them, or a folder that has one"
                .formatted(folder, names(folder, found)));
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new IOException(
        "%s has no log of %s%s: give the folder into which the set was unpacked, or the log (%s)"
            .formatted(
                folder,
                layout.name(),
                all.isEmpty() ? " and no other file" : ", there is " + names(folder, all),
                layout.description()));
  }

  /** What describes the items of a log: beside it, below the folder given, or above the log. */
  static List<Path> items(List<String> patterns, List<Path> given, Path log) throws IOException {
    Path beside = Objects.requireNonNull(log.toAbsolutePath().getParent());
    List<Path> places = new ArrayList<>(List.of(beside));
    given.stream().filter(Files::isDirectory).forEach(places::add);
    Path above = beside;
    for (int i = 0; i < ABOVE && above.getParent() != null; i++) {
      above = above.getParent();
      places.add(above);
    }
    for (Path place : places) {
      List<Path> all = all(place, given.contains(place) ? BELOW : 0);
      List<Path> found = new ArrayList<>();
      for (String pattern : patterns) {
        found.addAll(matching(all, pattern));
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** The files in a folder and below it whose names match. */
  static List<Path> find(Path folder, String pattern) throws IOException {
    return matching(all(folder, BELOW), pattern);
  }

  private static List<Path> matching(List<Path> all, String pattern) {
    return all.stream().filter(file -> bare(file).matches(pattern)).toList();
  }

  /** All files; of one that is there packed and unpacked the unpacked one. */
  private static List<Path> all(Path folder, int below) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s is not there: give a folder or a log".formatted(folder));
    }
    try (Stream<Path> walk = Files.walk(folder, 1 + below)) {
      Map<Path, Path> found = new LinkedHashMap<>();
      walk.filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> found.putIfAbsent(file.resolveSibling(bare(file)), file));
      return List.copyOf(found.values());
    }
  }

  private static String bare(Path file) {
    return DataFolder.unpacked(file.getFileName().toString());
  }

  private static String names(Path folder, List<Path> files) {
    return files.stream()
        .limit(SHOWN)
        .map(file -> folder.relativize(file).toString())
        .collect(Collectors.joining(", "));
  }
}
