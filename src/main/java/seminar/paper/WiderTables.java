package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seminar.experiment.AllItems;
import seminar.experiment.BucketTable;
import seminar.experiment.Comparison.Line;
import seminar.experiment.FullTable;
import seminar.experiment.ModelTable;
import seminar.experiment.RankingExperiment;
import seminar.figure.BucketMap;
import seminar.figure.DotPanels;
import seminar.figure.TableFile;
import seminar.measure.Buckets;
import seminar.measure.UserValues;
import seminar.rank.HistoryNumbers;
import tech.tablesaw.api.Table;

/**
 * What a table of models does not say with one number among few candidates: the same models among
 * all items and after a first stage, what they show to everybody, and for whom each is good.
 */
final class WiderTables {
  private static final int LENGTHS = 4;

  /** How often an item was a target of training. */
  private static final Buckets TIMES = Buckets.at(1, 4, 16, 64, 256);

  private final Reproduction.Plan plan;
  private final RankingExperiment experiment;

  /**
   * Tables of runs under one protocol.
   *
   * @param experiment the one in which they were made
   */
  WiderTables(Reproduction.Plan plan, RankingExperiment experiment) {
    this.plan = plan;
    this.experiment = experiment;
  }

  /**
   * Writes {@code NAME_all}, where models ranked all items, {@code NAME_length} and {@code
   * NAME_times} as figures and CSV.
   *
   * @param heading of the table that these widen
   * @param made what made its runs
   * @param name of its files without their ends
   * @return the table among all items, if there is one
   */
  List<Table> draw(
      ModelTable.Heading heading, List<Line> lines, Map<String, Object> made, String name)
      throws IOException {
    List<Table> tables = new ArrayList<>();
    AllItems.Options options = plan.comparing().allItems();
    FullTable full = FullTable.of(heading, options, experiment.corpus().catalog().size(), lines);
    if (!full.rows().isEmpty()) {
      DotPanels.draw(full, made, plan.out().resolve(name + "_all.png"));
      TableFile.writeCsv(full.table(), plan.out(), name + "_all");
      tables.add(full.table());
    }
    UserValues lengths = HistoryNumbers.lengths(experiment.test());
    buckets("events before the request", Buckets.quantiles(lengths, LENGTHS), lengths)
        .draw(lines, made, name + "_length");
    UserValues times =
        HistoryNumbers.timesLearned(experiment.test(), experiment.corpus(), experiment.split());
    buckets("how often the item was a target of training", TIMES, times)
        .draw(lines, made, name + "_times");
    return tables;
  }

  private interface Drawn {
    void draw(List<Line> lines, Map<String, Object> made, String name) throws IOException;
  }

  private Drawn buckets(String title, Buckets buckets, UserValues numbers) {
    String corpus = experiment.corpus().manifest().name();
    return (lines, made, name) -> {
      BucketTable table = BucketTable.of(title, corpus, buckets, numbers, lines);
      BucketMap.draw(table, made, plan.out().resolve(name + ".png"));
      TableFile.writeCsv(table.table(), plan.out(), name);
    };
  }
}
