package seminar.paper;

import java.io.IOException;
import java.util.List;
import seminar.experiment.Ablations;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.ModelTable;
import seminar.experiment.Setup;
import seminar.figure.ModelDots;
import seminar.figure.TableFile;
import tech.tablesaw.api.Table;

/** The paper against its released code, switch by switch. */
final class SwitchJob {
  private final Reproduction.Plan plan;
  private final SeededGrid grid;
  private final List<Contender> settings;

  SwitchJob(Reproduction.Plan plan, SeededGrid grid, Setup base) {
    this.plan = plan;
    this.grid = grid;
    settings = Ablations.switches(base, plan.size().switches());
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork() throws IOException {
    return grid.newWork(settings);
  }

  /** Trains what is missing and draws. */
  Table run() throws IOException {
    List<Line> lines = grid.run(settings);
    ModelTable table = grid.table("The paper and its released code", Ablations.PAPER, lines);
    ModelDots.draw(table, grid.made(lines), plan.out().resolve("switches.png"));
    TableFile.writeCsv(table.table(), plan.out(), "switches");
    return table.table();
  }
}
