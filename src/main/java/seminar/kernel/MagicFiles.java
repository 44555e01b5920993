package seminar.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files that lines with {@code %} name: jars, folders of classes, code. */
final class MagicFiles {
  /** A command of jshell, such as {@code /exit}; a comment is none. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^/[A-Za-z!?].*$");

  private MagicFiles() {}

  /**
   * @throws IllegalArgumentException if there is no such file
   */
  static Path existing(String name) {
    Path file = Path.of(name).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "there is no %s in %s".formatted(name, Path.of("").toAbsolutePath()));
    }
    return file;
  }

  /** The jars that patterns such as {@code lib/*.jar} name. */
  static List<Path> jars(List<String> globs) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String glob : globs) {
      List<Path> found = matching(glob);
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "no jar is named %s in %s".formatted(glob, Path.of("").toAbsolutePath()));
      }
      all.addAll(found);
    }
    return all;
  }

  /** Jars and folders, each by its name or by a pattern. */
  static List<Path> entries(List<String> paths) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String path : paths) {
      if (path.contains("*")) {
        all.addAll(jars(List.of(path)));
      } else {
        all.add(existing(path));
      }
    }
    return all;
  }

  private static List<Path> matching(String glob) throws IOException {
    int star = glob.indexOf('*');
    String before = star < 0 ? glob : glob.substring(0, star);
    int slash = before.lastIndexOf('/');
    Path folder =
        Path.of(slash < 0 ? "" : glob.substring(0, slash + 1)).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    String rest = glob.substring(slash + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) rest.chars().filter(c -> c == '/').count();
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> matcher.matches(folder.relativize(file)))
          .sorted()
          .toList();
    }
  }

  /**
   * The code of a file: of a notebook each cell of code, of any other file the whole, less the
   * commands of jshell.
   */
  static List<String> cells(Path file) throws IOException {
    String text = Files.readString(file);
    if (!file.toString().endsWith(".ipynb")) {
      return List.of(COMMAND.matcher(text).replaceAll(""));
    }
    try {
      JsonArray cells = JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells");
      return StreamSupport.stream(cells.spliterator(), false)
          .map(JsonElement::getAsJsonObject)
          .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
          .map(MagicFiles::source)
          .toList();
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new IllegalArgumentException(file.getFileName() + " is not a notebook", e);
    }
  }

  private static String source(JsonObject cell) {
    JsonElement source = cell.get("source");
    return source.isJsonArray()
        ? StreamSupport.stream(source.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining())
        : source.getAsString();
  }
}
