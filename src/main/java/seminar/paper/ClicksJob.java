package seminar.paper;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import seminar.data.Corpus;
import seminar.experiment.ClickComparison;
import seminar.experiment.ClickComparison.ClickRun;
import seminar.experiment.ClickTable;
import seminar.experiment.Comparison;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.figure.TableFile;
import seminar.math.Workers;
import seminar.terminal.Console;
import tech.tablesaw.api.Table;

/** The last column of paper Table 2: clicks on exposures, by time. */
final class ClicksJob {
  private final Reproduction.Plan plan;
  private final Console console;
  private final Workers workers = Workers.common();

  ClicksJob(Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Trains every method and writes {@code clicks.csv} and {@code clicks.json}.
   *
   * @return the table
   * @throws IllegalArgumentException if the corpus has no exposures
   */
  Table run(Corpus corpus, Features features) throws IOException {
    console.step("clicks on exposures", 1);
    ClickComparison comparison =
        new ClickComparison(
            corpus, features, workers, plan.out().resolve("runs").resolve("clicks"));
    Setup laptop = Setup.laptop(plan.seed()).withBackend(plan.backend());
    boolean world = plan.corpus().equals(Reproduction.WORLD);
    int epochs = world ? plan.size().worldEpochs() : plan.size().clickEpochs();
    int pretraining = Math.min(epochs, plan.size().pretrainingEpochs());
    Setup setup =
        ClickComparison.setup(
            plan.set(
                laptop
                    .withTraining(laptop.training().withEpochs(epochs))
                    .withPretraining(laptop.pretraining().withEpochs(pretraining))),
            corpus);
    List<Long> seeds = LongStream.range(plan.seed(), plan.seed() + plan.seeds()).boxed().toList();
    List<ClickRun> runs =
        comparison.run(setup, seeds, Comparison.Listener.of(console::beside, console::at));
    ClickTable made =
        new ClickTable(
            corpus.manifest().name(),
            runs,
            comparison.differences(runs),
            comparison.missing(setup));
    Table table = made.table();
    TableFile.write(table, made.made(), plan.out(), "clicks");
    return table;
  }
}
