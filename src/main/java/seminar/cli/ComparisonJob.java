package seminar.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.Grid;
import seminar.experiment.ModelTable;
import seminar.experiment.Provenance;
import seminar.experiment.RankedRun;
import seminar.experiment.Setup;
import seminar.experiment.Table2;
import seminar.figure.ModelDots;
import seminar.figure.TableFile;
import tech.tablesaw.api.Table;

/** Paper Table 2: every model on one corpus, resumable run by run. */
final class ComparisonJob {
  private final Reproduction.Plan plan;
  private final Console console;

  ComparisonJob(Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Trains what is missing and writes {@code table2.csv}, {@code table2.json} and {@code
   * table2.png}.
   *
   * @param setup what all models share
   * @return the table
   */
  Table run(Grid grid, Setup setup) throws IOException {
    Corpus corpus = grid.corpus();
    Comparison comparison = grid.under(setup.protocol());
    List<Long> seeds = LongStream.range(plan.seed(), plan.seed() + plan.seeds()).boxed().toList();
    List<Comparison.Line> lines =
        comparison.run(
            Contender.table2(setup, corpus),
            seeds,
            Comparison.Listener.of(console::step, console::at));
    ModelTable table = Table2.of(corpus.manifest().name(), lines, seeds);
    Map<String, Object> made = made(comparison, lines);
    ModelDots.draw(table, made, plan.out().resolve("table2.png"));
    TableFile.writeCsv(table.table(), plan.out(), "table2");
    return table.table();
  }

  /** What made the runs; more than one commit is told, since other code may rank otherwise. */
  private Map<String, Object> made(Comparison comparison, List<Comparison.Line> lines) {
    Set<Provenance> makers = new LinkedHashSet<>();
    Map<String, Object> notes = new LinkedHashMap<>();
    for (Comparison.Line line : lines) {
      for (RankedRun run : line.runs()) {
        makers.add(run.provenance());
        if (!run.notes().isEmpty()) {
          notes.put(run.name(), run.notes());
        }
      }
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("corpus", comparison.experiment().corpusOf());
    made.put("seedOfNegatives", plan.seed());
    made.put("made", new ArrayList<>(makers));
    made.put("options", options(lines));
    made.put("plainRankers", notes);
    return made;
  }

  private static Map<String, Object> options(List<Comparison.Line> lines) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (Comparison.Line line : lines) {
      if (!line.runs().isEmpty()) {
        options.put(line.name(), line.runs().getFirst().identity().options());
      }
    }
    return options;
  }
}
