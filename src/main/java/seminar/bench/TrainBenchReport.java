package seminar.bench;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import seminar.compute.MachinePeak;
import seminar.terminal.TextTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What {@link TrainBench} measured, to be read at a glance. */
public final class TrainBenchReport {
  private static final double LEAST_SHARE = 0.005;
  private static final double MEGABYTE = 1e6;

  private TrainBenchReport() {}

  /** The machine, a table of totals, a table of phases for each task, the sweep. */
  public static String of(TrainBench.Report report) {
    StringJoiner text = new StringJoiner(System.lineSeparator().repeat(2));
    text.add(machine(report.machine()));
    text.add(TextTable.of(totals(report.results())));
    for (TrainBench.Result result : report.results()) {
      text.add(title(result) + System.lineSeparator() + TextTable.of(phases(result)));
    }
    if (!report.sweep().isEmpty()) {
      text.add(TextTable.of(totals(report.sweep())));
    }
    return text.toString();
  }

  private static String machine(MachinePeak peak) {
    return String.format(
        Locale.ROOT,
        "Peak of this machine: product %.0f GFLOP/s on 1 thread, %.0f on %d; copy %.1f GB/s",
        peak.gigaflopsOneThread(),
        peak.gigaflops(),
        peak.threads(),
        peak.copyGigabytes());
  }

  private static String title(TrainBench.Result result) {
    return "%s, %d users, %d targets each, %d events: where a step goes"
        .formatted(result.task(), result.users(), result.targets(), result.events());
  }

  private static Table totals(List<TrainBench.Result> results) {
    Table table = Table.create("Totals");
    table.addColumns(
        column("task", results, TrainBench.Result::task),
        column("events", results, r -> Integer.toString(r.events())),
        column("targets", results, r -> Integer.toString(r.targets())),
        column("users/s", results, r -> number("%,.0f", r.usersPerSecond().median())),
        column(
            "slowest to fastest",
            results,
            r ->
                number("%,.0f", r.usersPerSecond().slowest())
                    + " to "
                    + number("%,.0f", r.usersPerSecond().fastest())),
        column("targets/s", results, r -> number("%,.0f", r.targetsPerSecond())),
        column("ms/step", results, r -> number("%.1f", r.stepMilliseconds())),
        column("ns/event", results, r -> number("%.0f", r.nanosecondsPerEvent())),
        column("parameters MB", results, r -> megabytes(r.memory().parameters())),
        column("scratch MB", results, r -> megabytes(r.memory().scratch())),
        column("heap MB/step", results, r -> megabytes(r.memory().heap())));
    return table;
  }

  /** Phases of half a per cent and more; the JSON holds all. */
  private static Table phases(TrainBench.Result result) {
    List<TrainBench.Phase> large =
        result.phases().stream().filter(phase -> phase.share() >= LEAST_SHARE).toList();
    Table table = Table.create("Phases");
    table.addColumns(
        column("phase", large, TrainBench.Phase::name),
        column("calls", large, p -> number("%.0f", p.calls())),
        column("ms", large, p -> number("%.2f", p.milliseconds())),
        column("share", large, p -> percent(p.share())),
        column("GFLOP/s", large, p -> measured("%.1f", p.gigaflops())),
        column("of product", large, p -> p.gigaflops() > 0 ? percent(p.shareOfProducts()) : ""),
        column("GB/s", large, p -> measured("%.1f", p.gigabytes())),
        column("of copy", large, p -> p.gigabytes() > 0 ? percent(p.shareOfCopy()) : ""));
    return table;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String measured(String format, double value) {
    return value > 0 ? number(format, value) : "";
  }

  private static String percent(double share) {
    return number("%.0f%%", 100 * share);
  }

  private static String megabytes(long bytes) {
    return number("%.1f", bytes / MEGABYTE);
  }

  private static <T> StringColumn column(String name, List<T> rows, Function<T, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell).toList());
  }
}
