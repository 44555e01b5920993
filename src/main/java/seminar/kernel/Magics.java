package seminar.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The lines that begin with {@code %}, which people of other kernels type: libraries, files, times.
 *
 * <p>A line {@code %name …} stands where a statement could; {@code %%name …} is the first line of a
 * cell and takes all of it.
 */
final class Magics {
  private final ClassPath classPath;
  private final MavenLibraries maven = new MavenLibraries();
  private final Evaluation evaluation;
  private final BooleanSupplier stopped;
  private final Consumer<String> out;
  private final List<Path> loading = new ArrayList<>();

  /** Runs code as a part of the cell. */
  @FunctionalInterface
  interface Evaluation {
    Object evaluate(int number, String code);
  }

  /**
   * @param evaluation runs the Java that stands in lines and files
   * @param stopped whether the cell was stopped
   * @param out told each line that is to be printed
   */
  Magics(
      ClassPath classPath, Evaluation evaluation, BooleanSupplier stopped, Consumer<String> out) {
    this.classPath = classPath;
    this.evaluation = evaluation;
    this.stopped = stopped;
    this.out = out;
  }

  /** Runs a cell that begins with {@code %%}; null if it is another. */
  Result cell(int number, String cell) {
    MagicText.Command command = MagicText.ofCell(cell);
    if (command == null) {
      return null;
    }
    String body = cell.substring(command.end());
    return switch (command.name()) {
      // Blanks for the first line keep the numbers of those below.
      case "time" ->
          new Result(
              timed(
                  number,
                  "\n".repeat((int) cell.substring(0, command.end()).lines().count()) + body));
      case "bash" -> done(() -> Bash.run(body, out));
      case "loadFromPOM" -> done(() -> addPom(body));
      default -> throw MagicText.unknown("%%", command);
    };
  }

  /**
   * Runs the line with which a text begins.
   *
   * @param text begins with blanks and one of our lines
   */
  Result line(int number, String text) {
    MagicText.Command command = MagicText.ofLine(text);
    String name = command.name();
    List<String> arguments = command.arguments();
    return switch (name) {
      case "maven" -> done(() -> add(needed(arguments, name)));
      case "mavenRepo" -> done(() -> addRepository(arguments));
      case "loadFromPOM" ->
          done(
              () ->
                  classPath.add(
                      maven.ofPom(MagicFiles.existing(needed(arguments, name).getFirst()))));
      case "jars" -> done(() -> MagicFiles.jars(needed(arguments, name)).forEach(classPath::add));
      case "classpath" ->
          done(() -> MagicFiles.entries(needed(arguments, name)).forEach(classPath::add));
      case "load" ->
          new Result(load(number, MagicFiles.existing(needed(arguments, name).getFirst())));
      case "time" -> new Result(timed(number, command.rest()));
      case "variables" ->
          new Result(evaluation.evaluate(number, VariableList.class.getName() + ".ofNotebook()"));
      case "lsmagic" -> done(() -> out.accept(MagicText.list()));
      default -> throw MagicText.unknown("%", command);
    };
  }

  /**
   * What became of a line.
   *
   * @param value null if it has none
   */
  record Result(Object value) {}

  /** What may take long, or fail in other ways than Java of a cell does. */
  private interface Work {
    void run() throws Exception;
  }

  private Result done(Work work) {
    try {
      Background.await(
          () -> {
            work.run();
            return null;
          },
          stopped);
      return new Result(null);
    } catch (CellError e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private static CellError failed(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    List<String> lines = message.lines().toList();
    return new CellError("Failed", lines.getFirst(), lines);
  }

  void add(List<String> coordinates) {
    classPath.add(maven.named(coordinates));
  }

  private void addRepository(List<String> arguments) {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException(
          "%mavenRepo needs a name and an address: %mavenRepo ID URL");
    }
    maven.addRepository(arguments.get(0), arguments.get(1));
  }

  private void addPom(String body) throws IOException {
    String project =
        body.contains("<project")
            ? body
            : """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
            <modelVersion>4.0.0</modelVersion>
            <groupId>cell</groupId><artifactId>cell</artifactId><version>1</version>
            %s
            </project>
            """
                .formatted(
                    body.contains("<dependencies>")
                        ? body
                        : "<dependencies>" + body + "</dependencies>");
    Path pom = Files.createTempFile("cell", ".pom.xml");
    try {
      Files.writeString(pom, project);
      classPath.add(maven.ofPom(pom));
    } finally {
      Files.delete(pom);
    }
  }

  private Object timed(int number, String code) {
    long start = System.nanoTime();
    try {
      return evaluation.evaluate(number, code);
    } finally {
      out.accept(String.format(Locale.ROOT, "time: %.3f s", (System.nanoTime() - start) / 1e9));
    }
  }

  private Object load(int number, Path file) {
    if (loading.contains(file)) {
      throw failed(new IllegalArgumentException(file.getFileName() + " loads itself"));
    }
    loading.add(file);
    try {
      Object value = null;
      int count = 0;
      for (String code : MagicFiles.cells(file)) {
        count++;
        try {
          value = evaluation.evaluate(number, code);
        } catch (CellError e) {
          List<String> lines = new ArrayList<>(e.lines());
          lines.add("in cell %d of %s".formatted(count, file.getFileName()));
          throw new CellError(e.kind(), e.getMessage(), lines);
        }
      }
      return value;
    } catch (IOException | IllegalArgumentException e) {
      throw failed(e);
    } finally {
      loading.removeLast();
    }
  }

  private static List<String> needed(List<String> arguments, String name) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("write " + MagicText.usage(name));
    }
    return arguments;
  }
}
