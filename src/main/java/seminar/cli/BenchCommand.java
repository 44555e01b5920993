package seminar.cli;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import seminar.bench.PreparationBench;
import seminar.bench.RetrieveBench;
import seminar.bench.RetrieveBenchReport;
import seminar.bench.RetrieveShape;
import seminar.bench.TrainBench;
import seminar.bench.TrainBenchReport;
import seminar.bench.TrainShape;
import seminar.file.AtomicFiles;
import seminar.file.Json;
import seminar.file.Provenance;
import seminar.file.TemporaryFolder;
import seminar.math.Workers;
import seminar.terminal.Console;
import seminar.terminal.TextTable;

/** Measures how fast things are, in processes of their own. */
@Command(
    name = "bench",
    description = "Measures throughput and latency; writes JSON.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} bench ops --out ops.json")
final class BenchCommand implements Callable<Integer> {
  private static final List<String> ALL =
      List.of("ops", "features", "prepare", "train", "retrieve", "scans");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WHAT",
      description =
          "ops: the operations of the model on both backends and the losses of pretraining."
              + " features: encoders of texts and pictures. prepare: a log of KuaiSAR's size"
              + " becomes a corpus. train: steps of training and of evaluation, by operation."
              + " retrieve: searches of a history, exactly, by codes, graphs and hashes."
              + " scans: what those searches spend their time in, alone.")
  private String what;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the JSON goes; default: target/bench-WHAT.json.")
  private Path out;

  @Option(
      names = "--share",
      paramLabel = "X",
      split = ",",
      defaultValue = "0.125,0.25,0.5,1",
      description =
          "For prepare: which shares of KuaiSAR's 25,877 users and 6,890,707 items are measured"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Double> shares;

  @Mixin private CommonOptions common;
  @Mixin private BackendOption backend;

  @ArgGroup(validate = false, heading = "%nFor train:%n")
  private TrainBenchOptions train = new TrainBenchOptions();

  @ArgGroup(validate = false, heading = "%nFor retrieve:%n")
  private RetrieveBenchOptions retrieve = new RetrieveBenchOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (backend.isGiven() && ALL.contains(what) && !what.equals("train")) {
      throw new ParameterException(spec.commandLine(), "--backend is for train: " + refusal());
    }
    switch (what) {
      case "ops" -> jmh("seminar[.](compute|loss)[.]");
      case "features" -> jmh("seminar[.]feature[.]");
      case "scans" -> jmh("seminar[.]retrieve[.]");
      case "prepare" -> prepare();
      case "train" -> train();
      case "retrieve" -> retrieve();
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "there is no benchmark '%s': there is %s".formatted(what, String.join(", ", ALL)));
    }
    return 0;
  }

  private String refusal() {
    return what.equals("ops")
        ? "ops measures both backends"
        : what + " measures what the CPU does, whatever the backend";
  }

  private Path file() throws IOException {
    Path home = Path.of(System.getProperty("seminar.home", "")).toAbsolutePath();
    Path file = (out == null ? home.resolve("target/bench-" + what + ".json") : out);
    OutputFolder.prepare(file.toAbsolutePath().getParent());
    return file.toAbsolutePath();
  }

  /** The work needs about 5 GB on disk for a whole log and its corpus. */
  private void prepare() throws IOException, InterruptedException {
    for (double share : shares) {
      if (!(share >= 0.002 && share <= 4)) {
        throw new ParameterException(
            spec.commandLine(), "--share %s: must be in 0.002..4".formatted(share));
      }
    }
    Path file = file();
    try (TemporaryFolder work = TemporaryFolder.in(file.getParent(), "bench-prepare");
        Console console = Console.of(common.quiet)) {
      List<PreparationBench.Result> results =
          new PreparationBench(work.path(), common.seed, seminar(), console).run(shares);
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("benchmark", "preparation of a log of KuaiSAR's schema");
      all.put("made", Provenance.here(Runtime.getRuntime().availableProcessors()));
      all.put("results", results);
      Json.writePretty(file, all);
      spec.commandLine().getOut().println(TextTable.of(PreparationBench.table(results)));
    }
    say(file);
  }

  /** Starts this program in a process of its own. */
  private static List<String> seminar() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LabCommand.runtimeOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    return command;
  }

  private void train() throws IOException {
    TrainShape shape;
    try {
      shape = train.shape();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Path file = file();
    Workers workers = Workers.common();
    try (Console console = Console.of(common.quiet)) {
      BackendOption.tell(backend.kind(), console);
      TrainBench.Report report =
          new TrainBench(
                  shape, common.seed, train.model().maker(), backend.kind(), workers, console)
              .run();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("benchmark", "steps of training and evaluation on a synthetic corpus");
      all.put("made", Provenance.here(workers.threads()).on(backend.kind()));
      all.put("seed", common.seed);
      all.put("model", train.model());
      all.put("options", shape);
      all.put("report", report);
      Json.writePretty(file, all);
      spec.commandLine().getOut().println(TrainBenchReport.of(report));
    }
    say(file);
  }

  private void retrieve() throws IOException {
    RetrieveShape shape;
    try {
      shape = retrieve.shape();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Path file = file();
    try (Console console = Console.of(common.quiet)) {
      RetrieveBench.Report report = new RetrieveBench(shape, common.seed, console).run();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("benchmark", "searches of one history on one thread");
      all.put("made", Provenance.here(Workers.common().threads()));
      all.put("seed", common.seed);
      all.put("options", shape);
      all.put("report", report);
      Json.writePretty(file, all);
      spec.commandLine().getOut().println(RetrieveBenchReport.of(report));
    }
    say(file);
  }

  private void say(Path file) {
    spec.commandLine().getOut().println("Benchmark: " + file);
    spec.commandLine().getOut().flush();
  }

  private void jmh(String benchmarks) throws IOException {
    Path home = Path.of(System.getProperty("seminar.home", "")).toAbsolutePath();
    Path target = home.resolve("target");
    Path classes = target.resolve("test-classes");
    if (!Files.exists(classes.resolve("META-INF/BenchmarkList"))) {
      throw new IllegalStateException(
          "the benchmarks are not compiled: run 'mvn -q test-compile' in %s first".formatted(home));
    }
    Path file = file();
    AtomicFiles.write(file, part -> fork(command(target, classes, benchmarks, part)));
    say(file);
  }

  private static void fork(List<String> command) throws IOException {
    ProcessBuilder jmh = new ProcessBuilder(command).inheritIO();
    String threads = String.valueOf(Runtime.getRuntime().availableProcessors());
    jmh.environment().put("OMP_NUM_THREADS", threads); // both sides have all processors
    int exit;
    try {
      exit = jmh.start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the benchmarks were interrupted");
    }
    if (exit != 0) {
      throw new IllegalStateException("JMH ended with exit code " + exit);
    }
  }

  private static List<String> command(Path target, Path classes, String benchmarks, Path json)
      throws IOException {
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
    command.addAll(List.of("org.openjdk.jmh.Main", benchmarks, "-rf", "json"));
    command.addAll(List.of("-rff", json.toString()));
    return command;
  }
}
