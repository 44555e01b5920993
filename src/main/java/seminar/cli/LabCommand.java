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
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.kernel.KernelLibrary;
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
      "  ${sys:seminar.invocation} lab --install-only",
      "  ${sys:seminar.invocation} lab --install-only --plain",
      "  ${sys:seminar.invocation} lab --remove"
    })
final class LabCommand extends SeminarCommand {
  private static final String NAME = "seminar-java";
  private static final String PLAIN_NAME = "seminar-java-plain";

  @Option(
      names = "--install-only",
      description = {
        "Installs the kernel with all its files, for other front ends, and opens nothing.",
        "It needs this folder no more."
      })
  private boolean installOnly;

  @Option(
      names = "--plain",
      description = "With --install-only: the kernel alone, without Seminar, for any project.")
  private boolean plain;

  @Option(names = "--remove", description = "Removes what --install-only has installed.")
  private boolean remove;

  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description = "The kernel is that below DIR/share/jupyter, not this user's.")
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
    if (plain && !installOnly && !remove) {
      throw wrong("--plain goes with --install-only or --remove");
    }
    if (remove) {
      remove();
    } else {
      KernelSpec spec =
          plain ? plainSpec(home) : installOnly ? wholeSpec(home) : kernelSpec(home, heap);
      Path folder = spec.install(dataFolder());
      print("Kernel '%s' installed in %s".formatted(spec.displayName(), folder));
    }
  }

  private void remove() throws IOException {
    boolean found = false;
    for (String name : plain ? List.of(PLAIN_NAME) : List.of(NAME, PLAIN_NAME)) {
      if (KernelSpec.remove(dataFolder(), name)) {
        print("Kernel '%s' removed from %s".formatted(name, dataFolder()));
        found = true;
      }
    }
    if (!found) {
      print("There is no kernel of Seminar in " + dataFolder());
    }
  }

  /** The kernel with this program's own Java, options and class path. */
  static KernelSpec kernelSpec(Path home, String heap) {
    List<String> options = options(heap, logging());
    options.add("-Dseminar.home=" + home);
    options.add("-Dseminar.kernel.sources=" + home.resolve("src/main/java"));
    return spec(options, classPath());
  }

  /** The same with copies of all files, and the sources for its help. */
  private KernelSpec wholeSpec(Path home) throws IOException {
    KernelLibrary library = KernelLibrary.of(dataFolder(), NAME);
    List<Path> classPath = new ArrayList<>();
    for (Path entry : classPath()) {
      classPath.add(
          Files.isDirectory(entry)
              ? library.pack(entry, "seminar.jar")
              : library.add(List.of(entry)).getFirst());
    }
    Path sources = home.resolve("src/main/java");
    if (Files.isDirectory(sources)) {
      library.pack(sources, "seminar-sources.jar");
    }
    List<String> options = options(heap, library.add(logging()));
    options.add("-Dseminar.home=" + library.folder());
    library.prune();
    return spec(options, classPath);
  }

  private static KernelSpec spec(List<String> options, List<Path> classPath) {
    return new KernelSpec(
        NAME, "Java (Seminar)", java(), options, classPath, Map.of("OMP_NUM_THREADS", "1"));
  }

  /** The kernel's jar and what it needs, as the build leaves them; no vectors. */
  private KernelSpec plainSpec(Path home) throws IOException {
    Path target = home.resolve("target");
    List<Path> files = new ArrayList<>(List.of(target.resolve("seminar-kernel.jar")));
    files.addAll(paths(Files.readString(target.resolve("kernel-classpath.txt")).strip()));
    KernelLibrary library = KernelLibrary.of(dataFolder(), PLAIN_NAME);
    List<Path> classPath = library.add(files);
    List<String> options = options(heap, library.add(logging()));
    options.removeIf(option -> option.startsWith("--add-modules"));
    library.prune();
    return new KernelSpec(PLAIN_NAME, "Java (plain)", java(), options, classPath, Map.of());
  }

  private static List<String> options(String heap, List<Path> logging) {
    List<String> options = new ArrayList<>(runtimeOptions());
    options.add("-Xmx" + heap);
    logging.forEach(
        file -> options.add("-Djava.util.logging.config.file=" + file.toAbsolutePath()));
    return options;
  }

  /** The file that says what libraries may log; none where Java was started without. */
  private static List<Path> logging() {
    return Stream.ofNullable(System.getProperty("java.util.logging.config.file"))
        .map(Path::of)
        .toList();
  }

  private static List<Path> classPath() {
    return paths(System.getProperty("java.class.path"));
  }

  private static List<Path> paths(String list) {
    return Arrays.stream(list.split(File.pathSeparator)).map(Path::of).toList();
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
