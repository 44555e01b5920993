package seminar.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.Exposures;
import seminar.file.Progress;
import seminar.file.TemporaryFolder;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.source.ParquetRows;
import seminar.source.Sources;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Measures how a log of KuaiSAR's size is prepared: the planted world writes it in KuaiSAR's schema
 * and as tables, {@code ./seminar corpus} reads each in a process of its own, whose time and
 * largest memory are taken, and the corpus is opened.
 */
public final class PreparationBench {
  private final Path work;
  private final long seed;
  private final List<String> seminar;
  private final Console console;

  /**
   * A bench that works in a folder.
   *
   * @param work where logs and corpora lie while they are needed
   * @param seed of the world
   * @param seminar the words that start {@code ./seminar} in a process of its own, without a
   *     command
   */
  public PreparationBench(Path work, long seed, List<String> seminar, Console console) {
    this.work = work;
    this.seed = seed;
    this.seminar = List.copyOf(seminar);
    this.console = console;
  }

  /** In what form a log lies there. */
  public enum Format {
    /** Three tables in KuaiSAR's schema. */
    KUAISAR,
    /** A table of events and one of items, as comma-separated values. */
    CSV,
    /** The same two tables as Parquet. */
    PARQUET;

    /** Writes a log into a new folder. */
    private void write(Corpus world, Path log, Progress progress) throws IOException {
      Sources.writer(this == KUAISAR ? "kuaisar" : "table").write(world, log, progress);
      if (this == PARQUET) {
        for (String table : List.of("events", "items")) {
          Path commas = log.resolve(table + ".csv");
          ParquetRows.write(commas, log.resolve(table + ".parquet"));
          Files.delete(commas);
        }
      }
    }

    /** The arguments that read it. */
    private List<String> arguments(Path log) {
      if (this != PARQUET) {
        return List.of(this == KUAISAR ? "kuaisar" : "table", "--data", log.toString());
      }
      List<String> arguments =
          new ArrayList<>(List.of("table", "--data", log.resolve("events.parquet").toString()));
      Stream.of(
              "user=user_id",
              "item=item_id",
              "query=query",
              "time=time_ms",
              "clicked=clicked",
              "items=items.parquet",
              "text=text",
              "attributes=attributes")
          .forEach(column -> arguments.addAll(List.of("--set", column)));
      return arguments;
    }
  }

  /**
   * What one size took.
   *
   * @param format of the log
   * @param share of KuaiSAR's users and items
   * @param exposures whether what was shown and not taken is kept
   * @param rows lines of both interaction files
   * @param descriptions lines of the file of items
   * @param logBytes bytes of the log
   * @param users histories of the corpus
   * @param items items of the corpus
   * @param events events of the corpus
   * @param corpusBytes bytes of the corpus
   * @param logSeconds time to write the log, which is not part of preparing it
   * @param seconds time from the start of the process to its end
   * @param rowsPerSecond rows and seconds in one number
   * @param peakMegabytes the most memory the process held; 0 where the system does not say
   * @param firstOpenSeconds time to open the corpus right after it was written
   * @param openSeconds time to open it again
   */
  public record Result(
      Format format,
      double share,
      boolean exposures,
      long rows,
      long descriptions,
      long logBytes,
      int users,
      int items,
      long events,
      long corpusBytes,
      double logSeconds,
      double seconds,
      double rowsPerSecond,
      long peakMegabytes,
      double firstOpenSeconds,
      double openSeconds) {}

  /**
   * Measures logs of these shares of KuaiSAR in every format with all that was shown, and in
   * KuaiSAR's schema the clicks alone too.
   *
   * @throws IOException if a file cannot be written or read, or the log was not prepared
   * @throws InterruptedException if this thread is interrupted while a log is prepared
   */
  public List<Result> run(List<Double> shares) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    double total = shares.stream().mapToDouble(share -> share).sum();
    for (double share : shares) {
      double step = share / total / (3 * Format.values().length);
      console.step("a world of %.3g of KuaiSAR".formatted(share), step);
      Corpus world = World.of(options(share), Workers.common(), console::at).corpus();
      for (Format format : Format.values()) {
        Path log = work.resolve("log");
        Stopwatch start = Stopwatch.started();
        console.step("a log of it as " + format, step);
        format.write(world, log, console::at);
        double logSeconds = start.seconds();
        console.step("preparing it with exposures", step);
        results.add(prepare(world, format, share, true, logSeconds));
        if (format == Format.KUAISAR) {
          console.step("preparing its clicks", step);
          results.add(prepare(world, format, share, false, logSeconds));
        }
        TemporaryFolder.delete(log);
      }
    }
    return results;
  }

  private WorldOptions options(double share) {
    WorldOptions whole = WorldOptions.kuaiSarScale();
    return whole
        .withUsers(Math.toIntExact(Math.round(share * whole.users())))
        .withItems(Math.toIntExact(Math.round(share * whole.items())), whole.intents())
        .withSeed(seed);
  }

  private Result prepare(
      Corpus world, Format format, double share, boolean exposures, double logSeconds)
      throws IOException, InterruptedException {
    Path log = work.resolve("log");
    Path out = work.resolve("corpus");
    long rows = world.exposures().map(Exposures::size).orElse(world.histories().events());
    List<String> command = new ArrayList<>(seminar);
    command.add("corpus");
    command.addAll(format.arguments(log));
    command.addAll(List.of("--quiet", "--out", out.toString()));
    command.addAll(List.of("--set", "minUserEvents=1", "--set", "exposures=" + exposures));
    File said = work.resolve("said.txt").toFile();
    Stopwatch start = Stopwatch.started();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
    long peak = 0;
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakMegabytes(process.pid()));
    }
    double seconds = start.seconds();
    if (process.exitValue() != 0) {
      throw new IOException("the log was not prepared: " + Files.readString(said.toPath()).strip());
    }
    double firstOpen = open(out);
    double open = open(out);
    Corpus corpus = CorpusFolder.read(out);
    return new Result(
        format,
        share,
        exposures,
        rows,
        world.catalog().size(),
        bytes(log),
        corpus.histories().users(),
        corpus.catalog().size(),
        corpus.histories().events(),
        bytes(out),
        logSeconds,
        seconds,
        rows / seconds,
        peak,
        firstOpen,
        open);
  }

  private static double open(Path folder) throws IOException {
    Stopwatch start = Stopwatch.started();
    CorpusFolder.read(folder);
    return start.seconds();
  }

  /** The most memory that a process ever held, or 0 where the system does not tell. */
  private static long peakMegabytes(long process) {
    Path status = Path.of("/proc", Long.toString(process), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0L);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** The results to be read at a glance. */
  public static Table table(List<Result> results) {
    Table table = Table.create("Preparation");
    table.addColumns(
        TextTable.column("format", results, r -> r.format.name().toLowerCase(Locale.ROOT)),
        LongColumn.create("rows", results.stream().mapToLong(Result::rows).toArray()),
        TextTable.column("kept", results, r -> r.exposures ? "all shown" : "clicks"),
        IntColumn.create("users", results.stream().mapToInt(Result::users).toArray()),
        IntColumn.create("items", results.stream().mapToInt(Result::items).toArray()),
        column("seconds", results, "%.1f", Result::seconds),
        column("rows/s", results, "%,.0f", Result::rowsPerSecond),
        LongColumn.create("peak MB", results.stream().mapToLong(Result::peakMegabytes).toArray()),
        column("opened in s", results, "%.2f", Result::openSeconds));
    return table;
  }

  private static StringColumn column(
      String name, List<Result> results, String format, ToDoubleFunction<Result> value) {
    return TextTable.column(
        name, results, r -> String.format(Locale.ROOT, format, value.applyAsDouble(r)));
  }
}
