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
import seminar.rank.RankingTask;
import tech.tablesaw.api.Table;

/** Models on one corpus: paper Table 2 in two forms, and the paper against its released code. */
final class ComparisonJob {
  private static final String SAME_HEAD = "Same head, other choice of events";
  private static final String OWN_FORMS = "Each model in the form of its own paper";

  private final Reproduction.Plan plan;
  private final SeededGrid grid;
  private final Setup setup;
  private final List<Contender> models;
  private final List<Contender> ownForms;
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
    boolean both = plan.size().recent() || plan.parts().size() == 1;
    ownForms = both ? Contender.ownForms(setup, grid.corpus()) : List.of();
    switched = Ablations.switches(setup, plan.size().switches());
  }

  /** The split and the candidates of all models. */
  RankingExperiment experiment() {
    return grid.under(setup);
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork(Reproduction.Part part) throws IOException {
    if (part != Reproduction.Part.TABLE2) {
      return grid.newWork(switched);
    }
    return grid.newWork(models) + grid.newWork(ownForms);
  }

  /**
   * Trains what is missing and writes {@code table2.csv}, {@code .json} and {@code .png}: the same
   * head over other choices of events. At the full scale, and where it is asked for alone, also
   * {@code table2_own}: each model in the form of its own paper.
   *
   * @return the tables
   */
  List<Table> table2() throws IOException {
    List<Table> tables = new ArrayList<>();
    Optional<Tuning> tuning =
        plan.comparing().tried().isEmpty() ? Optional.empty() : Optional.of(grid.tuned(models));
    List<Contender> compared = tuning.map(choice -> choice.tuned(models)).orElse(models);
    List<Comparison.Line> lines = grid.runBesidePlain(compared, setup);
    Map<String, Object> made = made(lines);
    ModelTable table = models(SAME_HEAD, lines);
    if (tuning.isPresent()) {
      made.put("tuning", tuning.get().choices().stream().map(ComparisonJob::told).toList());
      tables.add(tuning.get().table(grid.name()));
      TableFile.writeCsv(tables.getFirst(), plan.out(), "table2_tuned");
    }
    tables.add(grid.draw(table, made, "table2"));
    tables.addAll(new WiderTables(plan, experiment()).draw(table.heading(), lines, made, "table2"));
    if (!ownForms.isEmpty()) {
      List<Comparison.Line> own = grid.run(ownForms);
      tables.add(grid.draw(models(OWN_FORMS, own), made(own), "table2_own"));
    }
    return tables;
  }

  private ModelTable models(String title, List<Comparison.Line> lines) {
    return PaperTables.models(title, grid.name(), lines, grid.seeds());
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

  /** For how many requests QIN finds a query in the history; the others it searches by the item. */
  private Map<String, Integer> searchedBefore() {
    RankingTask test = experiment().test();
    return Map.of(
        "requests",
        test.positives(),
        "withQuery",
        test.askedBefore(setup.model().sequenceLength()));
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
    made.put("searchedBefore", searchedBefore());
    return made;
  }
}
