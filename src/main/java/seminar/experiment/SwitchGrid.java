package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.experiment.Comparison.Line;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.train.TrainListener;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What each difference between the paper and its released code does to a result: one switch thrown
 * at a time, then all of them ({@link Fidelity#AS_RELEASED}), beside the paper's form. Pretraining,
 * training and ranking are done anew for each. The candidates of the test are the same for all.
 */
public final class SwitchGrid {
  /** The name of the line with all switches thrown. */
  public static final String RELEASED = "as released";

  private SwitchGrid() {}

  /** All switches: what the paper says and what the released code does. */
  public static Table table() {
    StringColumn name = StringColumn.create("switch");
    StringColumn number = StringColumn.create("no.");
    StringColumn paper = StringColumn.create("paper");
    StringColumn released = StringColumn.create("released code");
    for (Switch each : Switch.values()) {
      name.append(title(each));
      number.append(each.discrepancy());
      paper.append(each.paper());
      released.append(each.released());
    }
    return Table.create("Where the released code differs", name, number, paper, released);
  }

  /** The name of a switch in words. */
  public static String title(Switch which) {
    return which.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Trains and ranks.
   *
   * @param base the paper's form, which the first line has, called {@link Contender#SEMINAR}
   * @param switches which are thrown, one at a time
   * @param seed of the negatives
   * @param progress is told after every run
   * @return the paper, each switch, and all together; a switch that this corpus or setup cannot
   *     have is a line without runs
   */
  public static List<Line> run(
      Corpus corpus,
      Features features,
      Workers workers,
      Setup base,
      List<Switch> switches,
      long seed,
      Progress progress) {
    List<Line> lines = new ArrayList<>();
    int all = switches.size() + 2;
    Task task = new Task(corpus, features, workers, seed);
    lines.add(task.line(Contender.SEMINAR, base));
    progress.at("switches", 1, all);
    for (Switch each : switches) {
      lines.add(task.line(title(each), each.thrown(base)));
      progress.at("switches", lines.size(), all);
    }
    lines.add(task.line(RELEASED, Fidelity.AS_RELEASED.of(base)));
    progress.at("switches", all, all);
    return lines;
  }

  private record Task(Corpus corpus, Features features, Workers workers, long seed) {
    Line line(String name, Setup setup) {
      RankingExperiment experiment =
          new RankingExperiment(corpus, features, workers, setup.protocol(), seed);
      try {
        RankingExperiment.Pretrained unit = experiment.pretrain(setup, TrainListener.silent());
        RankingExperiment.Trained trained =
            experiment.train(
                name, setup, Optional.of(unit), TrainListener.silent(), Progress.silent());
        return new Line(name, List.of(ranked(name, setup, experiment, trained)), Optional.empty());
      } catch (IllegalArgumentException impossible) {
        return new Line(
            name, List.of(), Optional.of("not applicable, because " + impossible.getMessage()));
      }
    }

    private RankedRun ranked(
        String name, Setup setup, RankingExperiment experiment, RankingExperiment.Trained trained) {
      Provenance provenance = trained.run().provenance();
      return RankedRun.of(
          name,
          RankedRun.Identity.of(
              setup,
              setup.training().seed(),
              corpus.hash(),
              experiment.test().hash(),
              provenance.version()),
          trained.run().parameters(),
          trained.run().pretraining(),
          trained.run().epochs(),
          trained.run().seconds(),
          trained.report(),
          Map.of(),
          provenance);
    }
  }
}
