package seminar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.data.ColdShare;
import seminar.data.Corpus;
import seminar.data.CorpusStatistics;
import seminar.data.CorpusStatistics.Coverage;
import seminar.data.Split;
import seminar.figure.HistoryTimeline;
import seminar.figure.LengthDistribution;
import seminar.figure.PopularityCurve;
import seminar.figure.TableFile;
import seminar.file.Provenance;
import seminar.profile.HistoryLengths;
import seminar.profile.HistoryLine;
import seminar.profile.ItemPopularity;
import seminar.profile.Leaks;
import seminar.profile.Table1;
import seminar.terminal.TextTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What there is to know of a corpus before anything is learned from it: its sizes beside the
 * paper's, what events and items have, insufficient learning, and what queries give away.
 */
final class CorpusReport {
  private static final int EVENTS_OF_HISTORY = 240;

  private final Corpus corpus;
  private final long seed;
  private final CorpusStatistics statistics;
  private final Leaks leaks;

  /**
   * Measures a corpus.
   *
   * @param seed of what is random in it: the other items that {@link Leaks} compares with
   */
  CorpusReport(Corpus corpus, long seed) {
    this.corpus = corpus;
    this.seed = seed;
    statistics = corpus.statistics();
    leaks = Leaks.of(corpus, Split.leaveOneOut(corpus.histories()), seed);
  }

  /** Name, hash, statistics, counts of the reader, malformed lines, and where the corpus lies. */
  static void summary(Corpus corpus, Path folder, PrintWriter print) {
    print.printf("%s (hash %s)%n", corpus.manifest().name(), corpus.hash());
    print.println(corpus.statistics());
    Map<String, Long> counts = corpus.manifest().counts();
    int width = counts.keySet().stream().mapToInt(String::length).max().orElse(1);
    counts.forEach((what, count) -> print.printf("  %-" + width + "s %,13d%n", what, count));
    corpus.manifest().malformed().forEach(line -> print.println("  malformed: " + line));
    print.println("Corpus: " + folder);
  }

  /** Tables and sentences. */
  void print(PrintWriter print) {
    print.println();
    print.println(TextTable.of(table1()));
    print.println();
    print.println(TextTable.of(coverage()));
    print.println();
    lines().forEach(print::println);
    leaks.sentences().forEach(print::println);
    print.println();
  }

  private Table table1() {
    return Table1.of(corpus.manifest().name(), statistics);
  }

  private Table coverage() {
    Table table = Table.create("Coverage", StringColumn.create("share of", "events", "items"));
    Coverage events = statistics.ofEvents();
    Coverage items = statistics.ofItems();
    table.addColumns(
        column("with a query", events.query(), items.query()),
        column("text", events.text(), items.text()),
        column("picture", events.image(), items.image()),
        column("attributes", events.attributes(), items.attributes()));
    return table;
  }

  private static StringColumn column(String name, double events, double items) {
    return StringColumn.create(name, percent(events), percent(items));
  }

  private List<String> lines() {
    CorpusStatistics.Clicks clicks = statistics.clicks();
    return List.of(
        String.format(
            Locale.ROOT,
            "length of a history: mean %,.1f, median %,.1f, longest %,d",
            statistics.meanLength(),
            statistics.lengths().median(),
            statistics.maxLength()),
        "events that are searches: %s; events with an item met before in the same history: %s"
            .formatted(percent(statistics.searchShare()), percent(statistics.repeatShare())),
        clicks.exposures() == 0
            ? "exposures: none"
            : String.format(
                Locale.ROOT,
                "exposures: %,d, clicked: %s",
                clicks.exposures(),
                percent(clicks.rate())),
        cold("sliding targets", statistics.coldSliding()),
        cold("the last target only (released code)", statistics.coldLastOnly()));
  }

  private static String cold(String targets, ColdShare cold) {
    return "insufficient learning, %s: %s of the events and %s of the items in histories at test"
            .formatted(targets, percent(cold.events()), percent(cold.items()))
        + " were never a training target";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * Writes Table 1 and the figures into {@code FOLDER/corpus/NAME}; what a corpus is too small for
   * is left out.
   *
   * @return the folder
   */
  Path write(Path folder) throws IOException {
    String name = corpus.manifest().name();
    Path own = folder.resolve("corpus").resolve(fileName(name));
    Map<String, Object> made = new LinkedHashMap<>();
    Map<String, String> of = new LinkedHashMap<>();
    of.put("name", name);
    of.put("hash", corpus.hash());
    made.put("corpus", of);
    made.put("seed", seed);
    made.put("made", Provenance.here(1));
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("provenance", made);
    more.put("statistics", statistics);
    more.put("leaks", leaks);
    more.put("sentences", leaks.sentences());
    TableFile.write(table1(), more, own, "table1");
    if (statistics.events() > 0) {
      LengthDistribution.draw(HistoryLengths.of(corpus), made, own.resolve("lengths.png"));
      PopularityCurve.draw(ItemPopularity.of(corpus), made, own.resolve("popularity.png"));
      HistoryLine history = HistoryLine.telling(corpus, EVENTS_OF_HISTORY);
      HistoryTimeline.draw(history, made, own.resolve("history.png"));
    }
    return own;
  }

  /** A name from a manifest as one plain part of a path. */
  static String fileName(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}_-]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "unnamed" : plain;
  }
}
