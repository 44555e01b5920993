package seminar.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.kernel.KernelSpec;

/** Installs the Java kernel where Jupyter finds it; the launcher then opens Jupyter. */
@Command(
    name = "lab",
    description =
        "Opens the notebooks in Jupyter, with the Java kernel and this project's classes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} lab",
      "  ${sys:seminar.invocation} lab 00_tour.ipynb",
      "  ${sys:seminar.invocation} lab --install-only"
    })
final class LabCommand extends SeminarCommand {
  @Option(names = "--install-only", description = "Installs the kernel and opens nothing.")
  private boolean installOnly;

  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description = "Installs the kernel below DIR/share/jupyter, not for this user.")
  private Path prefix;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "4g",
      description = "The most memory for a notebook's objects (default: ${DEFAULT-VALUE}).")
  private String heap;

  @Parameters(
      arity = "0..1",
      paramLabel = "NOTEBOOK",
      description = "A notebook to open, from the folder notebooks/.")
  private Path notebook;

  @Override
  void run() throws IOException {
    Path home = home().toAbsolutePath();
    if (!heap.matches("[0-9]+[kKmMgG]?")) {
      throw wrong("--heap is '%s': write a size such as 4g".formatted(heap));
    }
    if (notebook != null && !Files.exists(home.resolve("notebooks").resolve(notebook))) {
      throw wrong("there is no notebook %s in notebooks/".formatted(notebook));
    }
    Path folder = kernelSpec(home, heap).install(dataFolder());
    print("Kernel 'Java (Seminar)' installed in " + folder);
  }

  /** The kernel with this program's own Java, options and class path. */
  static KernelSpec kernelSpec(Path home, String heap) {
    List<String> options = new ArrayList<>(runtimeOptions());
    options.add("-Xmx" + heap);
    Optional.ofNullable(System.getProperty("java.util.logging.config.file"))
        .map(file -> "-Djava.util.logging.config.file=" + Path.of(file).toAbsolutePath())
        .ifPresent(options::add);
    options.add("-Dseminar.home=" + home);
    options.add("-Dseminar.kernel.sources=" + home.resolve("src/main/java"));
    return new KernelSpec(
        "seminar-java",
        "Java (Seminar)",
        java(),
        options,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList(),
        Map.of("OMP_NUM_THREADS", "1"));
  }

  /** The Java that runs this program. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The options of pom.xml, which Maven writes into a resource. */
  static List<String> runtimeOptions() {
    try (var in = LabCommand.class.getResourceAsStream("/seminar/java.args")) {
      return List.of(new String(in.readAllBytes()).strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where Jupyter looks for this user's kernels (jupyter_core.paths.jupyter_data_dir). */
  private Path dataFolder() {
    if (prefix != null) {
      return prefix.resolve("share/jupyter");
    }
    Path user = variable("HOME").orElse(Path.of(System.getProperty("user.home")));
    Path usual =
        System.getProperty("os.name").startsWith("Mac")
            ? user.resolve("Library/Jupyter")
            : variable("XDG_DATA_HOME").orElse(user.resolve(".local/share")).resolve("jupyter");
    return variable("JUPYTER_DATA_DIR").orElse(usual);
  }

  private static Optional<Path> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isEmpty()).map(Path::of);
  }
}
