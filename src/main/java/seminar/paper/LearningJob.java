package seminar.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.Corpus;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.RankingExperiment;
import seminar.experiment.ResultTable;
import seminar.experiment.Run;
import seminar.experiment.Setup;
import seminar.figure.HistoryStrip;
import seminar.figure.LearningCurves;
import seminar.figure.TableFile;
import seminar.file.Provenance;
import seminar.math.Workers;
import seminar.recall.NormRecall;
import seminar.recall.Table4;
import seminar.search.InterestModel;
import seminar.search.PairVectors;
import seminar.serve.ExplainedHistory;
import seminar.terminal.Console;
import seminar.world.World;
import tech.tablesaw.api.Table;

/** What looks inside trained models: learning curves, a history, paper Table 4. */
final class LearningJob {
  private static final Set<String> SHOWN =
      Set.of("SEMINAR, no pretraining", Contender.SEMINAR, "SEMINAR with recency");

  private final Reproduction.Plan plan;
  private final Console console;
  private final SeededGrid grid;
  private final Optional<World> world;
  private final List<Contender> models;
  private final Contender seminar;
  private final RankingExperiment experiment;
  private final Corpus corpus;

  /**
   * A job on one corpus.
   *
   * @param setup what all models share
   * @param world what the corpus was planted by; none for a log
   */
  LearningJob(
      Reproduction.Plan plan,
      Console console,
      SeededGrid grid,
      Setup setup,
      Optional<World> world) {
    this.plan = plan;
    this.console = console;
    this.grid = grid;
    this.world = world;
    corpus = grid.corpus();
    models =
        Contender.table2(setup, corpus).stream()
            .filter(model -> SHOWN.contains(model.name()))
            .toList();
    seminar = models.getFirst();
    experiment = grid.under(setup);
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork() throws IOException {
    return grid.newWork(models);
  }

  /**
   * Draws how three models learned, and a history where the world has pictures.
   *
   * @return how they rank, beside popularity
   */
  Table learn() throws IOException {
    List<Run> runs = runs(models);
    LearningCurves.draw(
        experiment.corpusOf(), runs, experiment.popularityOnValidation(), file("learning.png"));
    if (world.isPresent()) {
      drawHistory(world.get(), runs.getFirst());
    }
    Map<String, Map<String, Double>> rankings = new LinkedHashMap<>();
    rankings.put("popularity", experiment.popularity().summary());
    runs.forEach(run -> rankings.put(run.name(), run.report().summary()));
    String title =
        "One held-out item among 99 uniform negatives, %,d requests"
            .formatted(experiment.test().positives());
    return ResultTable.rankings(title, rankings);
  }

  /** Those of the first seed; a figure of the inside of a model cannot do without one. */
  private List<Run> runs(List<Contender> some) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (Line line : grid.run(some)) {
      if (line.missing().isPresent()) {
        throw new IllegalStateException(line.name() + " " + line.missing().get());
      }
      runs.add(line.runs().getFirst());
    }
    return runs;
  }

  /**
   * Paper Table 4, on the vectors of SEMINAR.
   *
   * @throws IllegalArgumentException if the corpus has too few events
   */
  Table retrieve() throws IOException {
    int length =
        Table4.length(corpus)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "corpus %s has %d events: too few for the recall of Table 4"
                            .formatted(corpus.manifest().name(), corpus.histories().events())));
    Run run = runs(List.of(seminar)).getFirst();
    InterestModel model = grid.seminar(seminar);
    console.step("retrieval of learned vectors", 0.4);
    PairVectors vectors = model.vectors();
    NormRecall.Options options =
        Table4.options(vectors, length, plan.size().sequences().getFirst(), plan.seed());
    NormRecall.Result result = Table4.run(vectors, corpus, options, Workers.common(), console);
    Table table = Table4.table(corpus.manifest().name(), result);
    TableFile.write(
        table,
        Map.of("result", result, "run", run.told(experiment.corpusOf())),
        plan.out(),
        "table4");
    return table;
  }

  private void drawHistory(World pictures, Run run) throws IOException {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("seed", plan.seed());
    provenance.put("made", Provenance.here(Workers.common().threads()).on(plan.backend()));
    provenance.put("model", run.name());
    provenance.put("corpus", experiment.corpusOf());
    provenance.put("setup", run.setup());
    ExplainedHistory history =
        ExplainedHistory.telling(grid.seminar(seminar), corpus, experiment.test(), 64);
    HistoryStrip.draw(
        history,
        16,
        4,
        pictures::pictureOf,
        corpus.catalog()::text,
        provenance,
        file("history.png"));
  }

  private Path file(String name) {
    return plan.out().resolve(name);
  }
}
