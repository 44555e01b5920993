package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.experiment.Ablations;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.ModelTable;
import seminar.experiment.PaperTables;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Run;
import seminar.experiment.Setup;
import seminar.experiment.Tuning;
import seminar.figure.TableFile;
import seminar.file.Provenance;
import tech.tablesaw.api.Table;

/** Models on one corpus: paper Table 2, and the paper against its released code. */
final class ComparisonJob {
  private final Reproduction.Plan plan;
  private final SeededGrid grid;
  private final Setup setup;
  private final List<Contender> models;
  private final List<Contender> switched;

  /**
   * A job on one corpus.
   *
   * @param setup what all models share
   */
  ComparisonJob(Reproduction.Plan plan, SeededGrid grid, Setup setup) {
    this.plan = plan;
    this.grid = grid;
    this.setup = setup;
    models = Contender.table2(setup, grid.corpus());
    switched = Ablations.switches(setup, plan.size().switches());
  }

  /** The split and the candidates of all models. */
  RankingExperiment experiment() {
    return grid.under(setup);
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork(Reproduction.Part part) throws IOException {
    return grid.newWork(part == Reproduction.Part.TABLE2 ? models : switched);
  }

  /**
   * Trains what is missing and writes {@code table2.csv}, {@code table2.json} and {@code
   * table2.png}.
   *
   * @return the table
   */
  List<Table> table2() throws IOException {
    List<Table> tables = new ArrayList<>();
    Optional<Tuning> tuning =
        plan.comparing().tried().isEmpty() ? Optional.empty() : Optional.of(grid.tuned(models));
    List<Contender> compared = tuning.map(choice -> choice.tuned(models)).orElse(models);
    List<Comparison.Line> lines = grid.runBesidePlain(compared, setup);
    Map<String, Object> made = made(lines);
    ModelTable table = PaperTables.models(grid.name(), lines, grid.seeds());
    if (tuning.isPresent()) {
      made.put("tuning", tuning.get().choices().stream().map(ComparisonJob::told).toList());
      tables.add(tuning.get().table(grid.name()));
      TableFile.writeCsv(tables.getFirst(), plan.out(), "table2_tuned");
    }
    tables.add(grid.draw(table, made, "table2"));
    tables.addAll(new WiderTables(plan, experiment()).draw(table.heading(), lines, made, "table2"));
    return tables;
  }

  private static Map<String, Object> told(Tuning.Choice choice) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("model", choice.model());
    told.put("chosen", choice.values());
    told.put("tried", choice.tried());
    return told;
  }

  /** Trains what is missing of the paper with each switch thrown, and draws. */
  List<Table> switches() throws IOException {
    List<Comparison.Line> lines = grid.run(switched);
    ModelTable table = grid.table("The paper and its released code", Ablations.PAPER, lines);
    return List.of(grid.draw(table, grid.made(lines), "switches"));
  }

  /** What made the runs; more than one commit is told, since other code may rank otherwise. */
  private Map<String, Object> made(List<Comparison.Line> lines) {
    Set<Provenance> makers = new LinkedHashSet<>();
    Map<String, Object> notes = new LinkedHashMap<>();
    Map<String, Object> options = new LinkedHashMap<>();
    for (Comparison.Line line : lines) {
      for (Run run : line.runs()) {
        makers.add(run.provenance());
        options.putIfAbsent(line.name(), run.identity().options());
        if (!run.notes().isEmpty()) {
          notes.put(run.name(), run.notes());
        }
      }
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("corpus", experiment().corpusOf());
    made.put("seedOfNegatives", plan.seed());
    made.put("made", new ArrayList<>(makers));
    made.put("options", options);
    made.put("plainRankers", notes);
    return made;
  }
}
