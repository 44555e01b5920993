package seminar.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Java sources, searched for the comment of a class or member: folders, and archives named {@code
 * …-sources.jar}.
 *
 * <p>Sources that cannot be read are as good as absent: a signature is shown without its comment.
 */
final class SourceComments {
  /** Folders and archives of sources, separated like a class path. */
  static final String PROPERTY = "seminar.kernel.sources";

  private final List<Path> roots;
  private Map<String, List<Path>> files;

  SourceComments(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /** What the property names, and the archives that lie beside the jars of the class path. */
  static SourceComments ofThisProgram() {
    List<Path> roots = new ArrayList<>();
    paths(System.getProperty(PROPERTY, "")).forEach(roots::add);
    paths(System.getProperty("java.class.path"))
        .filter(path -> path.toString().endsWith(".jar"))
        .map(
            jar ->
                jar.resolveSibling(
                    jar.getFileName().toString().replaceAll("\\.jar$", "-sources.jar")))
        .forEach(roots::add);
    return new SourceComments(roots.stream().filter(Files::exists).toList());
  }

  private static Stream<Path> paths(String list) {
    return Arrays.stream(list.split(File.pathSeparator))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }

  /**
   * The comment before a declaration, without its stars.
   *
   * @param cells declarations to search first, each the text of a snippet
   */
  Optional<String> comment(JavaName name, List<String> cells) {
    return Stream.concat(
            cells.stream().map(cell -> DocComments.inSnippet(cell, name)),
            files(name).map(file -> DocComments.inFile(file, name)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Stream<Path> files(JavaName name) {
    return name.types().isEmpty()
        ? Stream.empty()
        : index().getOrDefault(name.types().getFirst() + ".java", List.of()).stream();
  }

  /** Every source file by its last name; made when first asked for. */
  private synchronized Map<String, List<Path>> index() {
    if (files == null) {
      files = new HashMap<>();
      roots.forEach(this::index);
    }
    return files;
  }

  private void index(Path root) {
    try {
      Path top =
          Files.isDirectory(root)
              ? root
              : FileSystems.newFileSystem(root).getRootDirectories().iterator().next();
      try (Stream<Path> all = Files.walk(top, FileVisitOption.FOLLOW_LINKS)) {
        all.filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    files
                        .computeIfAbsent(file.getFileName().toString(), key -> new ArrayList<>())
                        .add(file));
      }
    } catch (IOException | RuntimeException e) {
      // As good as absent, see above.
    }
  }
}
