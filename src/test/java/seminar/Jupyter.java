package seminar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import seminar.kernel.KernelSpec;

/**
 * The Jupyter of the tests, with this build's kernel; nothing is written outside {@code target}.
 *
 * <p>{@code -Dseminar.jupyter=PATH} names it; otherwise it is searched on PATH, and a test that
 * needs it is skipped where there is none.
 */
public final class Jupyter {
  private static final Path FOLDER = Path.of("target/jupyter").toAbsolutePath();

  private final Path program;

  private Jupyter(Path program) {
    this.program = program;
  }

  /** Finds Jupyter, or skips the test; installs the kernel of this build for it. */
  public static Jupyter find() throws IOException {
    String named = System.getProperty("seminar.jupyter", "");
    List<Path> candidates = new ArrayList<>();
    if (named.isEmpty()) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        candidates.add(Path.of(folder, "jupyter"));
      }
    } else {
      candidates.add(Path.of(named));
    }
    Path program = candidates.stream().filter(Jupyter::usable).findFirst().orElse(null);
    if (program == null && !named.isEmpty()) {
      throw new IllegalStateException("-Dseminar.jupyter=" + named + " cannot run notebooks");
    }
    assumeTrue(
        program != null, "no Jupyter with nbconvert and nbclient on PATH: ./seminar test gets one");
    installKernel();
    return new Jupyter(program);
  }

  private static boolean usable(Path jupyter) {
    try {
      return Files.isExecutable(jupyter)
          && new ProcessBuilder(
                      python(jupyter).toString(),
                      "-c",
                      "import nbconvert, nbclient, jupyter_client")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** The Python of its first line, else its neighbour; as the launcher does. */
  private static Path python(Path jupyter) throws IOException {
    try (Stream<String> lines = Files.lines(jupyter)) {
      String first = lines.findFirst().orElse("");
      return first.matches("#! */\\S*python\\S*")
          ? Path.of(first.substring(2).strip())
          : jupyter.toRealPath().resolveSibling("python3");
    }
  }

  private static void installKernel() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    List<String> options = new ArrayList<>();
    options.addAll(
        List.of(
            Files.readString(Path.of("target/classes/seminar/java.args")).strip().split("\\s+")));
    options.add("-Xmx2g");
    options.add(
        "-Djava.util.logging.config.file="
            + root.resolve("target/classes/seminar/logging.properties"));
    options.add("-Dseminar.home=" + root);
    options.add("-Dseminar.kernel.sources=" + root.resolve("src/main/java"));
    List<Path> classPath = new ArrayList<>(List.of(root.resolve("target/classes")));
    Arrays.stream(
            Files.readString(Path.of("target/classpath.txt")).strip().split(File.pathSeparator))
        .map(Path::of)
        .forEach(classPath::add);
    new KernelSpec(
            "seminar-java",
            "Java (Seminar)",
            Path.of(System.getProperty("java.home"), "bin", "java"),
            options,
            classPath,
            Map.of("OMP_NUM_THREADS", "1"))
        .install(FOLDER);
  }

  /** Runs {@code jupyter} with these arguments; returns what it printed, both streams. */
  public Result run(int seconds, List<String> arguments) throws Exception {
    return start(seconds, program, arguments);
  }

  /** Runs a script with Jupyter's Python, which leaves no compiled files beside it. */
  public Result python(int seconds, Path script) throws Exception {
    return start(seconds, python(program), List.of("-B", script.toString()));
  }

  /**
   * JupyterLab on a folder of notebooks; skips the test where this Jupyter has none.
   *
   * @param folder what it shows; its files may be changed
   */
  public JupyterLab lab(Path folder) throws Exception {
    assumeTrue(
        run(60, List.of("lab", "--version")).exitCode() == 0,
        "this Jupyter has no JupyterLab: nobody looks at a notebook in it");
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    environment(builder);
    return new JupyterLab(builder, folder);
  }

  private static void environment(ProcessBuilder builder) {
    for (String variable :
        List.of("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")) {
      builder.environment().put(variable, FOLDER.resolve("home").toString());
    }
    builder.environment().put("JUPYTER_PATH", FOLDER.toString());
    builder.environment().put("JUPYTER_PLATFORM_DIRS", "1");
  }

  private static Result start(int seconds, Path program, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Path log = Files.createTempFile(FOLDER, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    environment(builder);
    Process process = builder.start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String output = Files.readString(log) + (ended ? "" : "\nended after " + seconds + " s");
    Files.delete(log);
    return new Result(ended ? process.exitValue() : -1, output);
  }

  /** What a program that ran left. */
  public record Result(int exitCode, String output) {}
}
