package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Kernels that {@code lab --install-only} has installed from a project that is gone since. */
class InstalledKernelTest {
  private static final Path PREFIX = Path.of("target/jupyter-alone");
  private static final Path KERNELS = PREFIX.resolve("share/jupyter/kernels");

  @TempDir static Path temporary;

  @BeforeAll
  static void installFromAProjectAndDeleteIt() throws Exception {
    Path project = temporary.resolve("project");
    Path target = project.resolve("target");
    copy(Path.of("target/classes"), target.resolve("classes"), "");
    copy(
        Path.of("src/main/java/seminar/notebook"),
        project.resolve("src/main/java/seminar/notebook"),
        "");
    copy(Path.of("target/classes"), temporary.resolve("kernel"), "seminar/kernel");
    Path packed = KernelLibrary.of(temporary, "jar").pack(temporary.resolve("kernel"), "k.jar");
    Files.copy(packed, target.resolve("seminar-kernel.jar"));
    Files.copy(Path.of("target/kernel-classpath.txt"), target.resolve("kernel-classpath.txt"));
    install(project);
    install(project, "--plain");
    delete(project);
  }

  private static void copy(Path from, Path to, String part) throws Exception {
    try (Stream<Path> files = Files.walk(from.resolve(part))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.copy(file, there);
      }
    }
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void install(Path project, String... more) throws Exception {
    Path classes = project.resolve("target/classes");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dseminar.home=" + project);
    command.add("-Djava.util.logging.config.file=" + classes.resolve("seminar/logging.properties"));
    command.add("-cp");
    command.add(classes + File.pathSeparator + Files.readString(Path.of("target/classpath.txt")));
    command.addAll(List.of("seminar.cli.Main", "lab", "--install-only"));
    command.addAll(List.of("--heap", "1g", "--prefix", PREFIX.toAbsolutePath().toString()));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }

  @Test
  void nothingPointsElsewhere() throws Exception {
    for (String name : List.of("seminar-java", "seminar-java-plain")) {
      String folder = KERNELS.resolve(name).toAbsolutePath().toString();
      String arguments = Files.readString(KERNELS.resolve(name).resolve("kernel.args"));
      String rest = arguments.replace(folder, "");
      assertFalse(rest.contains(Path.of("").toAbsolutePath().toString()), rest);
      assertFalse(rest.contains(temporary.toString()), rest);
      assertFalse(rest.contains(File.separator + "repository" + File.separator), rest);
    }
  }

  @Test
  void theKernelAloneHoldsNothingOfSeminar() throws Exception {
    try (Stream<Path> files = Files.list(KERNELS.resolve("seminar-java-plain/lib"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertFalse(names.stream().anyMatch(name -> name.matches("seminar.jar|nd4j.*|xchart.*")));
    }
  }

  @TestFactory
  List<DynamicTest> whole() throws Exception {
    return ProtocolChecks.run("alone_checks.py", "values are kept by the installed kernel too");
  }

  @TestFactory
  List<DynamicTest> plain() throws Exception {
    return ProtocolChecks.run("plain_checks.py", "the lines with % have what they need");
  }
}
