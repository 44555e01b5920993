package seminar.source.table;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that a table consists of, in the order of their names. */
final class TableFiles {
  private static final String WILD = "*?[{";

  private TableFiles() {}

  /**
   * Files, folders of parts, and patterns such as {@code log/2024-*.csv.gz}, whose last stars may
   * be two, for folders of any depth. Hidden files and those that begin with an underscore, which
   * engines leave beside parts, are no parts.
   *
   * @throws IOException if one of them gives no file; the message says what is there
   */
  static List<Path> of(List<Path> given) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      List<Path> found = found(path);
      if (found.isEmpty()) {
        throw new IOException(
            "%s gives no file%s: give a file, a folder of parts, or a pattern such as log/*.csv"
                .formatted(path, beside(path)));
      }
      files.addAll(found);
    }
    return files;
  }

  /** Whether a path gives a file. */
  static boolean exists(Path path) throws IOException {
    return !found(path).isEmpty();
  }

  private static List<Path> found(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return below(path);
    }
    return Files.exists(path) ? List.of(path) : match(path);
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> Files.isRegularFile(file) && isPart(folder, file))
          .sorted()
          .toList();
    }
  }

  private static boolean isPart(Path folder, Path file) {
    for (Path name : folder.relativize(file)) {
      if (name.toString().startsWith(".") || name.toString().startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> match(Path pattern) throws IOException {
    Path root = pattern.toAbsolutePath();
    while (isWild(root.toString()) && root.getParent() != null) {
      root = root.getParent();
    }
    if (!isWild(pattern.toString()) || !Files.isDirectory(root)) {
      return List.of();
    }
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.toAbsolutePath());
    return below(root).stream().filter(matcher::matches).toList();
  }

  private static boolean isWild(String path) {
    return path.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
  }

  /** What lies where a file was looked for. */
  private static String beside(Path path) throws IOException {
    Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> list = Files.list(folder)) {
      List<String> names =
          list.map(file -> file.getFileName().toString()).sorted().limit(10).toList();
      return names.isEmpty() ? ", its folder is empty" : ", there is " + String.join(", ", names);
    }
  }
}
