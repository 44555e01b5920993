package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.ModelTable;
import seminar.experiment.SequenceForms;
import seminar.experiment.Setup;
import tech.tablesaw.api.Table;

/** Sequence models beside SEMINAR, and SEMINAR with what they know, each at its own plateau. */
final class SequenceJob {
  private final Reproduction.Plan plan;
  private final SeededGrid grid;
  private final Setup setup;
  private final List<Contender> models;

  /**
   * A job on one corpus.
   *
   * @param setup what all models share
   */
  SequenceJob(Reproduction.Plan plan, SeededGrid grid, Setup setup) {
    this.plan = plan;
    this.grid = grid;
    this.setup = setup;
    models = SequenceForms.of(setup);
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork() throws IOException {
    return grid.newWork(models);
  }

  /**
   * Trains what is missing, and writes {@code sequence.csv}, {@code .json} and {@code .png}, and
   * the same among all items.
   */
  List<Table> run() throws IOException {
    List<Comparison.Line> lines = grid.runBesidePlain(models, setup);
    String title = "Sequence models, and SEMINAR with what they know";
    ModelTable table = grid.table(title, SequenceForms.EXTENDED, lines);
    Map<String, Object> made = grid.made(lines);
    List<Table> tables = new ArrayList<>();
    tables.add(grid.draw(table, made, "sequence"));
    tables.addAll(
        new WiderTables(plan, grid.under(setup)).draw(table.heading(), lines, made, "sequence"));
    return tables;
  }
}
