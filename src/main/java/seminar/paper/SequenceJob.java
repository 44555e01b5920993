package seminar.paper;

import java.io.IOException;
import java.util.List;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.SequenceForms;
import seminar.experiment.Setup;
import tech.tablesaw.api.Table;

/** Sequence models beside SEMINAR, and SEMINAR with what they know, each at its own plateau. */
final class SequenceJob {
  private final SeededGrid grid;
  private final Setup setup;
  private final List<Contender> models;

  /**
   * A job on one corpus.
   *
   * @param setup what all models share
   */
  SequenceJob(SeededGrid grid, Setup setup) {
    this.grid = grid;
    this.setup = setup;
    models = SequenceForms.of(setup);
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork() throws IOException {
    return grid.newWork(models);
  }

  /** Trains what is missing, and writes {@code sequence.csv}, {@code .json} and {@code .png}. */
  List<Table> run() throws IOException {
    List<Comparison.Line> lines = grid.runBesidePlain(models, setup);
    String title = "Sequence models, and SEMINAR with what they know";
    return List.of(
        grid.draw(grid.table(title, SequenceForms.EXTENDED, lines), grid.made(lines), "sequence"));
  }
}
