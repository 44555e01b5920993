package seminar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.source.CorpusReader;
import seminar.source.Sources;
import seminar.source.table.ColumnGuess;
import seminar.source.table.TableReader;
import seminar.terminal.Console;
import seminar.terminal.StepProgress;
import seminar.terminal.TextTable;
import tech.tablesaw.api.Table;

/** Raw logs to a prepared corpus, with its statistics (paper Table 1). */
@Command(
    name = "corpus",
    description = "Turns raw logs into a prepared corpus and shows its statistics.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} corpus --list",
      "  ${sys:seminar.invocation} corpus table --data clicks.csv --show-columns",
      "  ${sys:seminar.invocation} corpus table --data clicks.csv --set user=user_id --set"
          + " item=sku",
      "  ${sys:seminar.invocation} corpus kuaisar --data DIR --set minUserEvents=10",
      "  ${sys:seminar.invocation} corpus --show data/kuaisar --figures figures"
    })
final class CorpusCommand extends SeminarCommand {
  @Mixin private CommonOptions common;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The reader; --list shows them.")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "The folder of the logs, or a log that is a table; of a table also folders of parts, and"
              + " quoted patterns.")
  private List<Path> data;

  @Option(
      names = "--show-columns",
      description =
          "Shows the columns of a table, their first values, and which options would read it.")
  private boolean showColumns;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder of the corpus; an older corpus there is replaced. Default: data/NAME in the"
              + " project.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "Sets an option of the reader; may be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--list", description = "Lists the readers and their options.")
  private boolean list;

  @Option(
      names = "--show",
      paramLabel = "DIR",
      description = "Shows the corpus in this folder and reads no logs.")
  private Path shown;

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description = "Writes Table 1 and the figures into DIR/corpus/CORPUS.")
  private Path figures;

  @Override
  void run() throws IOException {
    if (list) {
      boolean alone = name == null && data == null && shown == null && out == null;
      exactly("--list takes nothing else", alone && figures == null && settings.isEmpty());
      list();
      return;
    }
    if (shown != null) {
      exactly("--show DIR takes neither NAME nor --data nor --out", name == null && data == null);
      exactly("--show DIR takes neither --out nor --set", out == null && settings.isEmpty());
      report(CorpusFolder.read(shown), shown);
      return;
    }
    exactly("give NAME and --data DIR, or --show DIR, or --list", name != null && data != null);
    CorpusReader reader = asked(() -> Sources.byName(name, settings));
    if (showColumns) {
      columns(reader);
      return;
    }
    Path folder = out == null ? home().resolve("data").resolve(name) : out;
    if (!(reader instanceof TableReader) && !Files.exists(data.getFirst())) {
      throw wrong(
          "there is no folder %s: give the folder of the logs with --data"
              .formatted(data.getFirst()));
    }
    Corpus corpus;
    try (Console console = Console.of(common.quiet)) {
      corpus = reader.read(data, new StepProgress(console, 0.9));
      console.step("writing " + folder, 0.1);
      CorpusFolder.write(corpus, folder);
    }
    report(corpus, folder);
  }

  private void columns(CorpusReader reader) throws IOException {
    if (!(reader instanceof TableReader table)) {
      throw wrong("--show-columns: %s knows its columns; only a table is asked".formatted(name));
    }
    ColumnGuess guess = table.guess(data);
    List<String> names = List.copyOf(guess.columns().keySet());
    print(
        TextTable.of(
            Table.create(
                TextTable.column("column", names, each -> each),
                TextTable.column("may be", names, guess::role),
                TextTable.column("first values", names, guess::values))),
        "");
    String given = data.stream().map(Path::toString).collect(Collectors.joining(" "));
    print(
        "To read it so: %s corpus table --data %s %s"
            .formatted(System.getProperty("seminar.invocation"), given, guess.settings()));
  }

  private void report(Corpus corpus, Path folder) throws IOException {
    CorpusReport.summary(corpus, folder, out());
    CorpusReport report = new CorpusReport(corpus, common.seed);
    report.print(out());
    if (figures != null) {
      print("Figures: " + report.write(figures));
    }
  }

  private void exactly(String rule, boolean kept) {
    if (!kept) {
      throw wrong(rule);
    }
  }

  private void list() {
    PrintWriter print = out();
    for (CorpusReader reader : Sources.all()) {
      print.printf("%s%n  %s%n", reader.name(), reader.description());
      reader
          .options()
          .forEach((option, value) -> print.printf("    --set %s=%s%n", option, shortened(value)));
    }
  }

  /** The ends of all time and of all numbers have no digits worth reading. */
  private static String shortened(String value) {
    boolean unbounded =
        List.of(Long.MIN_VALUE, Long.MAX_VALUE, (long) Integer.MAX_VALUE).stream()
            .anyMatch(bound -> bound.toString().equals(value));
    return unbounded ? "(no bound)" : value;
  }
}
