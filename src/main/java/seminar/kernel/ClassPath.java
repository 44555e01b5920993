package seminar.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import seminar.kernel.MavenLibraries.Library;

/**
 * What cells compile and run against beside the class path of this virtual machine.
 *
 * <p>A library stays in the version in which it came first: the classes of a running program cannot
 * be exchanged.
 */
final class ClassPath {
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

  private final JShell shell;
  private final Consumer<String> notes;
  private final List<Path> added = new ArrayList<>();

  /** Versions by the names of artifacts, of what the virtual machine was started with. */
  private final Map<String, String> started = new HashMap<>();

  private final Map<String, String> libraries = new HashMap<>();

  ClassPath(JShell shell, Consumer<String> notes) {
    this.shell = shell;
    this.notes = notes;
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> JAR.matcher(new File(entry).getName()))
        .filter(Matcher::matches)
        .forEach(jar -> started.putIfAbsent(jar.group(1), jar.group(2)));
  }

  /** Adds a jar or a folder of classes. */
  synchronized void add(Path entry) {
    Path path = entry.toAbsolutePath().normalize();
    if (!added.contains(path)) {
      added.add(path);
      shell.addToClasspath(path.toString());
    }
  }

  /** Adds libraries, less those that are there; says which of them are there in another version. */
  synchronized void add(List<Library> found) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (Library library : found) {
      String artifact = library.name().substring(library.name().indexOf(':') + 1);
      String there = libraries.getOrDefault(library.name(), started.get(artifact));
      if (there == null) {
        libraries.put(library.name(), library.version());
        add(library.file());
      } else if (!there.equals(library.version())) {
        kept.put(artifact + " " + library.version(), there);
      }
    }
    kept.forEach(
        (asked, there) ->
            notes.accept(
                "%s is not added: version %s is in use since before.".formatted(asked, there)));
  }

  /** What was added, in this order. */
  synchronized List<Path> added() {
    return List.copyOf(added);
  }
}
