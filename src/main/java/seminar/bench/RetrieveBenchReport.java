package seminar.bench;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import seminar.terminal.TextTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What {@link RetrieveBench} measured, to be read at a glance. */
public final class RetrieveBenchReport {
  private RetrieveBenchReport() {}

  /** The machine, learning, and a table for each length. */
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
                  table(report.searches().stream().filter(r -> r.length() == length).toList())));
    }
    return text.toString();
  }

  private static Table table(List<RetrieveBench.Result> results) {
    Table table = Table.create("Searches");
    table.addColumns(
        column("retriever", results, RetrieveBench.Result::retriever),
        column("us", results, r -> number("%,.1f", r.microseconds())),
        column("fastest", results, r -> number("%,.1f", r.fastest())),
        column("reading alone", results, r -> number("%,.1f", r.readMicroseconds())),
        column("recall", results, r -> number("%.3f", r.recall())),
        column("bytes/event", results, r -> number("%,.0f", r.bytesPerEvent())),
        column("GB/s", results, r -> number("%.1f", r.gigabytes())),
        column("look-ups", results, r -> number("%,d", r.cost().lookups())),
        column("look-ups/ns", results, r -> number("%.2f", r.lookupsPerNanosecond())),
        column("multiplications", results, r -> number("%,d", r.cost().multiplications())),
        column("heap bytes", results, r -> number("%,d", r.heapBytes())));
    return table;
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static <T> StringColumn column(String name, List<T> rows, Function<T, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell).toList());
  }
}
