package seminar.cli;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.bench.BenchReport;
import seminar.bench.PreparationBench;
import seminar.bench.RetrieveBench;
import seminar.bench.RetrieveShape;
import seminar.bench.ServeBench;
import seminar.bench.ServeShape;
import seminar.bench.TrainBench;
import seminar.bench.TrainShape;
import seminar.feature.NpyStore;
import seminar.file.AtomicFiles;
import seminar.file.Json;
import seminar.file.Provenance;
import seminar.file.TemporaryFolder;
import seminar.math.Workers;
import seminar.recall.VectorCodes;
import seminar.terminal.Console;
import seminar.terminal.TextTable;

/** Measures how fast things are, in processes of their own. */
@Command(
    name = "bench",
    description = "Measures throughput and latency; writes JSON.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} bench ops --out ops.json")
final class BenchCommand extends SeminarCommand {
  private static final List<String> ALL =
      List.of("ops", "features", "prepare", "train", "retrieve", "serve", "scans", "codes");

  @Parameters(
      paramLabel = "WHAT",
      description =
          "ops: the operations of the model on both backends and the losses of pretraining."
              + " features: encoders of texts and pictures. prepare: a log of KuaiSAR's size"
              + " becomes a corpus. train: steps of training and of evaluation, by operation."
              + " retrieve: searches of a history, exactly, by codes, graphs and hashes. serve:"
              + " requests of a recommender, end to end, and what histories and events cost it."
              + " scans: what those searches spend their time in, alone. codes: what codes of all"
              + " kinds find among vectors of one's own, at equal bytes.")
  private String what;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the JSON goes; default: target/bench-WHAT.json.")
  private Path out;

  @Mixin private CommonOptions common;
  @Mixin private BackendOption backend;
  @Mixin private BenchOptions options;

  @Override
  void run() throws IOException, InterruptedException {
    if (backend.isGiven() && ALL.contains(what) && !what.equals("train")) {
      throw wrong("--backend is for train: " + refusal());
    }
    switch (what) {
      case "ops" -> jmh("seminar[.](compute|loss)[.]");
      case "features" -> jmh("seminar[.]feature[.]");
      case "scans" -> jmh("seminar[.]retrieve[.]");
      case "prepare" -> prepare();
      case "train" -> train();
      case "retrieve" -> retrieve();
      case "serve" -> serve();
      case "codes" -> codes();
      default ->
          throw wrong(
              "there is no benchmark '%s': there is %s".formatted(what, String.join(", ", ALL)));
    }
  }

  private String refusal() {
    return what.equals("ops")
        ? "ops measures both backends"
        : what + " measures what the CPU does, whatever the backend";
  }

  private Path file() throws IOException {
    Path usual = home().resolve("target/bench-" + what + ".json");
    Path file = (out == null ? usual : out).toAbsolutePath();
    OutputFolder.prepare(file.getParent());
    return file;
  }

  /** The work needs about 5 GB on disk for a whole log and its corpus. */
  private void prepare() throws IOException, InterruptedException {
    List<Double> shares = asked(options::shares);
    Path file = file();
    try (TemporaryFolder work = TemporaryFolder.in(file.getParent(), "bench-prepare");
        Console console = Console.of(common.quiet)) {
      List<String> seminar = java(System.getProperty("java.class.path"), Main.class.getName());
      List<PreparationBench.Result> results =
          new PreparationBench(work.path(), common.seed, seminar, console).run(shares);
      int threads = Runtime.getRuntime().availableProcessors();
      Map<String, Object> all =
          record("preparation of a log of KuaiSAR's schema", Provenance.here(threads));
      all.put("results", results);
      write(file, all, TextTable.of(PreparationBench.table(results)));
    }
  }

  /** The words that start a program in a Java of its own, as this one was started. */
  private static List<String> java(String classPath, String main) {
    List<String> command = new ArrayList<>(List.of(LabCommand.java().toString()));
    command.addAll(LabCommand.runtimeOptions());
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  private void train() throws IOException {
    TrainShape shape = asked(options::train);
    Path file = file();
    Workers workers = Workers.common();
    try (Console console = Console.of(common.quiet)) {
      BackendOption.tell(backend.kind(), console);
      TrainBench.Report report =
          new TrainBench(shape, common.seed, options.model(), backend.kind(), workers, console)
              .run();
      Map<String, Object> all =
          record(
              "steps of training and evaluation on a synthetic corpus",
              Provenance.here(workers.threads()).on(backend.kind()));
      all.put("seed", common.seed);
      all.put("model", options.model());
      all.put("options", shape);
      all.put("report", report);
      write(file, all, BenchReport.of(report));
    }
  }

  private void retrieve() throws IOException {
    RetrieveShape shape = asked(options::retrieve);
    Path file = file();
    try (Console console = Console.of(common.quiet)) {
      RetrieveBench.Report report = new RetrieveBench(shape, common.seed, console).run();
      Map<String, Object> all =
          record(
              "searches of one history on one thread", Provenance.here(Workers.common().threads()));
      all.put("seed", common.seed);
      all.put("options", shape);
      all.put("report", report);
      write(file, all, BenchReport.of(report));
    }
  }

  private void serve() throws IOException {
    ServeShape shape = asked(options::serve);
    Path file = file();
    try (Console console = Console.of(common.quiet)) {
      ServeBench.Report report = new ServeBench(shape, common.seed, console).run(file.getParent());
      Map<String, Object> all =
          record("requests of one recommender", Provenance.here(Workers.common().threads()));
      all.put("seed", common.seed);
      all.put("options", shape);
      all.put("report", report);
      write(file, all, BenchReport.of(report));
    }
  }

  private void codes() throws IOException {
    if (options.vectors() == null) {
      throw wrong("codes needs vectors: --vectors FILE.npy, a matrix with a row for each");
    }
    NpyStore store = NpyStore.open(options.vectors());
    int dims = store.dims();
    float[] vectors = new float[Math.multiplyExact(store.rows(), dims)];
    int kept = 0;
    for (int row = 0; row < store.rows(); row++) {
      store.copyRow(row, vectors, kept * dims);
      kept += isZero(vectors, kept * dims, dims) ? 0 : 1;
    }
    Path file = file();
    VectorCodes.Options asked = new VectorCodes.Options(options.topK(), 500, common.seed);
    try (Console console = Console.of(common.quiet)) {
      float[] some = Arrays.copyOf(vectors, kept * dims);
      List<VectorCodes.Row> rows =
          VectorCodes.run(some, dims, asked, Workers.common(), console::at);
      Map<String, Object> all =
          record(
              "what codes find among given vectors", Provenance.here(Workers.common().threads()));
      all.put("vectors", Map.of("rows", kept, "dims", dims, "zeroRows", store.rows() - kept));
      all.put("options", asked);
      all.put("results", rows);
      String left =
          kept == store.rows()
              ? ""
              : "%n%,d rows of zeros were left out".formatted(store.rows() - kept);
      write(file, all, TextTable.of(VectorCodes.table(rows, asked.topK())) + left);
    }
  }

  private static boolean isZero(float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** What every file begins with. */
  private static Map<String, Object> record(String benchmark, Provenance made) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("benchmark", benchmark);
    all.put("made", made);
    return all;
  }

  private void write(Path file, Map<String, Object> all, String shown) throws IOException {
    Json.writePretty(file, all);
    print(shown, "Benchmark: " + file);
  }

  private void jmh(String benchmarks) throws IOException {
    Path home = home().toAbsolutePath();
    Path target = home.resolve("target");
    Path classes = target.resolve("test-classes");
    if (!Files.exists(classes.resolve("META-INF/BenchmarkList"))) {
      throw new IllegalStateException(
          "the benchmarks are not compiled: run 'mvn -q test-compile' in %s first".formatted(home));
    }
    Path file = file();
    String classPath =
        String.join(
            File.pathSeparator,
            classes.toString(),
            target.resolve("classes").toString(),
            Files.readString(target.resolve("test-classpath.txt")).strip());
    List<String> command = java(classPath, "org.openjdk.jmh.Main");
    command.addAll(List.of(benchmarks, "-rf", "json", "-rff"));
    AtomicFiles.write(
        file,
        part -> {
          command.add(part.toString());
          fork(command);
        });
    print("Benchmark: " + file);
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
}
