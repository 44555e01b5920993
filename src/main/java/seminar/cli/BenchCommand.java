package seminar.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how fast things are, with JMH in a process of its own. */
@Command(
    name = "bench",
    description = "Measures throughput and latency; writes JSON.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} bench ops --out ops.json")
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Parameters(
      paramLabel = "WHAT",
      description =
          "ops: the operations of the model on both backends. train and retrieve are not built"
              + " yet.")
  private String what;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the JSON goes; default: target/bench-ops.json.")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    switch (what) {
      case "ops" -> {}
      case "train", "retrieve" ->
          throw new IllegalStateException("'bench %s' is not built yet".formatted(what));
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "there is no benchmark '%s': there is ops, train, retrieve".formatted(what));
    }
    Path home = Path.of(System.getProperty("seminar.home", "")).toAbsolutePath();
    Path target = home.resolve("target");
    Path classes = target.resolve("test-classes");
    if (!Files.exists(classes.resolve("META-INF/BenchmarkList"))) {
      throw new IllegalStateException(
          "the benchmarks are not compiled: run 'mvn -q test-compile' in %s first".formatted(home));
    }
    Path file = (out == null ? target.resolve("bench-ops.json") : out).toAbsolutePath();
    OutputFolder.prepare(file.getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    ProcessBuilder jmh = new ProcessBuilder(command(target, classes, part)).inheritIO();
    String threads = String.valueOf(Runtime.getRuntime().availableProcessors());
    jmh.environment().put("OMP_NUM_THREADS", threads); // both sides have all processors
    int exit = jmh.start().waitFor();
    if (exit != 0) {
      Files.deleteIfExists(part);
      throw new IllegalStateException("JMH ended with exit code " + exit);
    }
    Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    spec.commandLine().getOut().println("Benchmark: " + file);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static List<String> command(Path target, Path classes, Path json) throws IOException {
    String libraries = Files.readString(target.resolve("test-classpath.txt")).strip();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LabCommand.runtimeOptions());
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            classes.toString(),
            target.resolve("classes").toString(),
            libraries));
    command.addAll(List.of("org.openjdk.jmh.Main", "seminar.compute", "-rf", "json"));
    command.addAll(List.of("-rff", json.toString()));
    return command;
  }
}
