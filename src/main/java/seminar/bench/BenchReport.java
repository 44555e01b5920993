package seminar.bench;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import seminar.compute.MachinePeak;
import seminar.terminal.TextTable;
import tech.tablesaw.api.Table;

/** What a bench measured, to be read at a glance. */
public final class BenchReport {
  private static final double LEAST_SHARE = 0.005;
  private static final double MEGABYTE = 1e6;

  private BenchReport() {}

  /** Of training: the machine, a table of totals, a table of phases for each task, the sweep. */
  public static String of(TrainBench.Report report) {
    StringJoiner text = new StringJoiner(System.lineSeparator().repeat(2));
    text.add(machine(report.machine()));
    text.add(TextTable.of(totals(report.results())));
    for (TrainBench.Result result : report.results()) {
      text.add(title(result) + System.lineSeparator() + TextTable.of(phases(result)));
    }
    if (!report.sweep().isEmpty()) {
      text.add(TextTable.of(totals(report.sweep())));
      for (TrainBench.Result result : report.sweep()) {
        text.add(title(result) + System.lineSeparator() + TextTable.of(phases(result)));
      }
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
    return Table.create("Totals")
        .addColumns(
            TextTable.column("task", results, TrainBench.Result::task),
            TextTable.column("events", results, r -> Integer.toString(r.events())),
            TextTable.column("targets", results, r -> Integer.toString(r.targets())),
            TextTable.column("users/s", results, r -> number("%,.0f", r.usersPerSecond().median())),
            TextTable.column(
                "slowest to fastest",
                results,
                r ->
                    number("%,.0f", r.usersPerSecond().slowest())
                        + " to "
                        + number("%,.0f", r.usersPerSecond().fastest())),
            TextTable.column("targets/s", results, r -> number("%,.0f", r.targetsPerSecond())),
            TextTable.column("ms/step", results, r -> number("%.1f", r.stepMilliseconds())),
            TextTable.column("ns/event", results, r -> number("%.0f", r.nanosecondsPerEvent())),
            TextTable.column("parameters MB", results, r -> megabytes(r.memory().parameters())),
            TextTable.column("scratch MB", results, r -> megabytes(r.memory().scratch())),
            TextTable.column("heap MB/step", results, r -> megabytes(r.memory().heap())));
  }

  /** Phases of half a per cent and more; the JSON holds all. */
  private static Table phases(TrainBench.Result result) {
    List<TrainBench.Phase> large =
        result.phases().stream().filter(phase -> phase.share() >= LEAST_SHARE).toList();
    return Table.create("Phases")
        .addColumns(
            TextTable.column("phase", large, TrainBench.Phase::name),
            TextTable.column("calls", large, p -> number("%.0f", p.calls())),
            TextTable.column("ms", large, p -> number("%.2f", p.milliseconds())),
            TextTable.column("share", large, p -> percent(p.share())),
            TextTable.column("GFLOP/s", large, p -> measured("%.1f", p.gigaflops())),
            TextTable.column(
                "of product", large, p -> p.gigaflops() > 0 ? percent(p.shareOfProducts()) : ""),
            TextTable.column("GB/s", large, p -> measured("%.1f", p.gigabytes())),
            TextTable.column(
                "of copy", large, p -> p.gigabytes() > 0 ? percent(p.shareOfCopy()) : ""));
  }

  /** Of searches: the machine, learning, and a table for each length. */
  public static String of(RetrieveBench.Report report) {
    StringJoiner text = new StringJoiner(System.lineSeparator().repeat(2));
    text.add(
        "One thread: product %s GFLOP/s, copy %s GB/s"
            .formatted(
                number("%.0f", report.machine().gigaflopsOneThread()),
                number("%.1f", report.machine().copyGigabytes())));
    RetrieveBench.Learning learning = report.learning();
    text.add(
        "Learning on %d threads: 4 channels of 8 x 512 from 10,000 events in %s s; %s million"
                .formatted(
                    learning.threads(),
                    number("%.2f", learning.fitSeconds()),
                    number("%.2f", learning.encodedPerSecond() / 1e6))
            + " vectors/s into 8 x 256");
    for (int length :
        report.searches().stream().map(RetrieveBench.Result::length).distinct().toList()) {
      text.add(
          "%,d events of 4 channels of 64 numbers, best 64:".formatted(length)
              + System.lineSeparator()
              + TextTable.of(
                  searches(report.searches().stream().filter(r -> r.length() == length).toList())));
    }
    return text.toString();
  }

  /** Of requests. */
  public static String of(ServeBench.Report report) {
    StringJoiner text = new StringJoiner(System.lineSeparator().repeat(2));
    text.add(machine(report.machine()));
    text.add(TextTable.of(requests(report.requests())));
    text.add(TextTable.of(histories(report.histories())));
    for (ServeBench.Opening opening : report.opening()) {
      text.add(
          "%,d histories of %d events: %s GB in %s s, opened in %s ms"
              .formatted(
                  opening.users(),
                  ServeShape.SHORT,
                  number("%.2f", opening.gigabytes()),
                  number("%.1f", opening.writeSeconds()),
                  number("%.1f", 1000 * opening.openSeconds())));
    }
    return text.toString();
  }

  private static Table requests(List<ServeBench.Requests> results) {
    return Table.create("Requests, end to end")
        .addColumns(
            TextTable.column("events", results, r -> number("%,d", r.length())),
            TextTable.column("candidates", results, r -> number("%,d", r.candidates())),
            TextTable.column(
                "search", results, r -> r.search().toString().toLowerCase(Locale.ROOT)),
            TextTable.column("threads", results, r -> number("%d", r.threads())),
            TextTable.column("p50 us", results, r -> number("%,.0f", r.median())),
            TextTable.column("p99 us", results, r -> number("%,.0f", r.p99())),
            TextTable.column("slowest of first 10", results, r -> number("%,.0f", r.first())),
            TextTable.column("requests/s", results, r -> number("%,.0f", r.perSecond())),
            TextTable.column(
                "of the peak", results, r -> r.peakShare() > 0 ? percent(r.peakShare()) : ""));
  }

  private static Table histories(List<ServeBench.HistoryTimes> results) {
    return Table.create("Histories")
        .addColumns(
            TextTable.column("events", results, r -> number("%,d", r.length())),
            TextTable.column("MB on disk", results, r -> number("%.2f", r.diskBytes() / MEGABYTE)),
            TextTable.column(
                "first request us", results, r -> number("%,.0f", r.openMicroseconds())),
            TextTable.column("second us", results, r -> number("%,.0f", r.againMicroseconds())),
            TextTable.column("append p50 us", results, r -> number("%.1f", r.appendMedian())),
            TextTable.column("append p99 us", results, r -> number("%.1f", r.appendP99())));
  }

  private static Table searches(List<RetrieveBench.Result> results) {
    return Table.create("Searches")
        .addColumns(
            TextTable.column("retriever", results, RetrieveBench.Result::retriever),
            TextTable.column("us", results, r -> number("%,.1f", r.microseconds())),
            TextTable.column("fastest", results, r -> number("%,.1f", r.fastest())),
            TextTable.column("reading alone", results, r -> number("%,.1f", r.readMicroseconds())),
            TextTable.column("recall", results, r -> number("%.3f", r.recall())),
            TextTable.column("bytes/event", results, r -> number("%,.0f", r.bytesPerEvent())),
            TextTable.column("GB/s", results, r -> number("%.1f", r.gigabytes())),
            TextTable.column("look-ups", results, r -> number("%,d", r.cost().lookups())),
            TextTable.column("look-ups/ns", results, r -> number("%.2f", r.lookupsPerNanosecond())),
            TextTable.column(
                "multiplications", results, r -> number("%,d", r.cost().multiplications())),
            TextTable.column("heap bytes", results, r -> number("%,d", r.heapBytes())));
  }

  private static String number(String format, Object value) {
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
}
