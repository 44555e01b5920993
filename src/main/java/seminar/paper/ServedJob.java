package seminar.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import seminar.data.Corpus;
import seminar.experiment.LengthCells;
import seminar.experiment.LengthCells.Cell;
import seminar.experiment.LengthMethod;
import seminar.experiment.RankingExperiment;
import seminar.experiment.ServedRun;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.figure.ServedRecall;
import seminar.figure.TableFile;
import seminar.file.Progress;
import seminar.file.Provenance;
import seminar.math.Workers;
import seminar.terminal.Console;
import tech.tablesaw.api.Table;

/**
 * What lost recall costs in ranking: SEMINAR without pretraining, with recency, at some lengths,
 * ranks with the events that each search finds in place of its own choice. Models and what was
 * found are kept, so that a second call draws from files.
 */
final class ServedJob {
  private static final String NAME = "served";
  private static final double SECONDS_PER_SCORE = 4e-8; // of an event, on two cores
  private static final double SECONDS_OF_CODES = 30; // learning
  private static final double CANDIDATES = 100;

  private final Reproduction.Plan plan;
  private final Console console;
  private final ServedOptions options;
  private final RankingExperiment experiment;
  private final Setup base;
  private final List<Cell> cells;
  private final Path folder;

  ServedJob(
      Corpus corpus, Features features, boolean log, Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
    options = plan.size().served();
    base = plan.set(plan.size().length().setup(plan.seed(), plan.backend()));
    experiment =
        new RankingExperiment(corpus, features, Workers.common(), base.protocol(), plan.seed());
    List<Integer> lengths = log ? options.ofLog() : options.lengths();
    LengthCells curve = new LengthCells(LengthMethod.NO_PRETRAINING, options.topK(), lengths, 1);
    cells = LengthCells.all(List.of(curve), base, corpus);
    folder = plan.out().resolve("runs").resolve(NAME);
  }

  /** About how many seconds are still to be spent on two cores. */
  double seconds() {
    return cells.stream().mapToDouble(cell -> training(cell) + ranking(cell)).sum();
  }

  private double training(Cell cell) {
    boolean trained = ServedRun.isTrained(experiment, cell.contender(), plan.seed(), folder);
    return trained ? 0 : LengthJob.seconds(cell, experiment.corpus());
  }

  private double ranking(Cell cell) {
    int requests = Math.min(options.requests(), experiment.test().positives());
    double heads = base.model().attention().heads();
    double scores = heads * CANDIDATES * requests * LengthJob.events(cell, experiment.corpus());
    return SECONDS_OF_CODES + scores * options.searches().size() * SECONDS_PER_SCORE;
  }

  /** Makes what is missing and draws what there is. */
  List<Table> run() throws IOException {
    double all = seconds();
    List<ServedRun> runs = new ArrayList<>();
    List<Table> tables = List.of();
    for (Cell cell : cells) {
      runs.add(run(cell, all));
      tables = draw(runs);
    }
    return tables;
  }

  private ServedRun run(Cell cell, double all) throws IOException {
    console.step(cell.contender().name(), training(cell) / all);
    double share = ranking(cell) / all;
    ServedRun.Listener listener =
        new ServedRun.Listener() {
          @Override
          public DoubleConsumer training() {
            return console::at;
          }

          @Override
          public Progress ranking() {
            console.step("its ranks under %d searches".formatted(options.searches().size()), share);
            return console;
          }
        };
    return ServedRun.of(
        experiment,
        cell.contender(),
        plan.seed(),
        options.searches(),
        options.requests(),
        folder,
        listener);
  }

  private List<Table> draw(List<ServedRun> runs) throws IOException {
    Claim.Finding finding = ServedClaims.serves(runs);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("corpus", experiment.corpusOf());
    more.put("seedOfNegatives", plan.seed());
    more.put("options", options);
    more.put("setup", base);
    more.put("finding", finding.stored());
    more.put("made", Provenance.here(Workers.common().threads()).on(plan.backend()));
    String title = "What lost recall costs on " + experiment.corpus().manifest().name();
    String subtitle =
        "%s, %,d requests; a search stands in for each head's choice"
            .formatted(LengthMethod.NO_PRETRAINING.title(), runs.getFirst().requests());
    ServedRecall.draw(title, subtitle, runs, more, plan.out().resolve(NAME + ".png"));
    Table table = ServedRun.table(title, runs);
    TableFile.writeCsv(table, plan.out(), NAME);
    return List.of(table);
  }
}
