package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import seminar.data.ClickSplit;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.file.Provenance;
import seminar.math.Workers;
import seminar.measure.Calibration;
import seminar.train.ExposureFeatures;
import seminar.train.TrainListener;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * All methods on exposures (paper Table 2, last column: the Alipay log): trained on the earlier,
 * measured on the latest, beside the click rates of user and item. Every finished run is a file, so
 * a comparison that was cut off goes on where it stopped.
 */
public final class ClickComparison {
  /** Share of the exposures that choose between epochs: the latest but for the tested ones. */
  public static final double VALIDATION = 0.1;

  /** Share of the exposures that are tested: the latest. */
  public static final double TEST = 0.2;

  private static final int EXPOSURES_PER_USER = 32;
  private static final int EXPOSURES_PER_BATCH = 1024;
  private static final int MOST_USERS = 256;

  private final Corpus corpus;
  private final String described; // hash of the features
  private final ClickExperiment experiment;
  private final RunFolder runs;
  private final Provenance provenance;

  /**
   * A comparison whose runs lie in a folder.
   *
   * @throws IllegalArgumentException if the corpus has no exposures, or too few
   */
  public ClickComparison(Corpus corpus, Features features, Workers workers, Path folder) {
    this.corpus = corpus;
    runs = new RunFolder(folder);
    described = features.hash(corpus.catalog());
    experiment =
        new ClickExperiment(
            corpus, features, workers, ClickExperiment.latest(corpus, VALIDATION, TEST));
    provenance = Provenance.here(workers.threads());
  }

  /**
   * How one model predicted the latest exposures: a file that a table is computed from, and that
   * spares the training when the table is made again.
   *
   * @param name the model
   * @param identity what the run depends on; "negatives" are the shares of exposures
   * @param parameters how many numbers it has; 0 for click rates
   * @param epochs each epoch of training
   * @param test measures on the test exposures, by name
   * @param calibration predicted against observed click rates
   * @param seconds wall times
   * @param provenance code and machine
   */
  public record ClickRun(
      String name,
      Run.Identity identity,
      long parameters,
      List<TrainListener.Epoch> epochs,
      Map<String, Double> test,
      Calibration calibration,
      Run.Seconds seconds,
      Provenance provenance)
      implements RunFolder.Kept {}

  /**
   * What all methods share: batches of about {@value #EXPOSURES_PER_BATCH} exposures, however many
   * a user has.
   *
   * @param base model and training; the head gets the features of exposures
   * @throws IllegalArgumentException if the corpus has no exposures
   */
  public static Setup setup(Setup base, Corpus corpus) {
    ClickSplit split = ClickExperiment.latest(corpus, VALIDATION, TEST);
    long learned = split.exposures(ClickSplit.Stage.TRAINING);
    long perUser = Math.clamp(learned / Math.max(1, split.users()), 1, EXPOSURES_PER_USER);
    int users = Math.min(MOST_USERS, (int) (EXPOSURES_PER_BATCH / perUser));
    return base.withModel(
            base.model().withHead(base.model().head().withSideFeatures(ExposureFeatures.COUNT)))
        .withTraining(base.training().withBatches(users, EXPOSURES_PER_USER, 1));
  }

  /**
   * Trains every method that was not trained before.
   *
   * @param setup what they share
   * @return one run for each method, click rates first
   * @throws IOException if a file cannot be read or written
   */
  public List<ClickRun> run(Setup setup, Comparison.Listener listener) throws IOException {
    List<ClickRun> lines = new ArrayList<>();
    listener.begins("click rates");
    ClickReport rates = experiment.rates();
    lines.add(
        run(
            "click rates",
            identity("click rates", 0),
            0,
            List.of(),
            rates,
            new Run.Seconds(0, 0, 0)));
    List<Contender> trained =
        contenders(setup).stream().filter(contender -> contender.missing().isEmpty()).toList();
    for (Contender contender : trained) {
      listener.begins(contender.name());
      double before = lines.size() - 1;
      lines.add(line(contender, share -> listener.at((before + share) / trained.size())));
    }
    return lines;
  }

  private Run.Identity identity(Object options, long seed) {
    return Run.Identity.of(
        options,
        seed,
        corpus.hash(),
        described,
        "validation %s, test %s".formatted(VALIDATION, TEST),
        provenance.version());
  }

  /** The run of a contender, which is trained if it was not before. */
  private ClickRun line(Contender contender, DoubleConsumer progress) throws IOException {
    Setup setup = contender.setup();
    Run.Identity identity = identity(setup, setup.training().seed());
    Optional<ClickRun> done = runs.find(contender.name(), identity, ClickRun.class);
    if (done.isPresent()) {
      return done.get();
    }
    ClickExperiment.Trained trained =
        experiment.train(setup, TrainListener.share(setup.training().epochs(), progress));
    long parameters = trained.model().parameters().count();
    ClickRun run =
        run(
            contender.name(),
            identity,
            parameters,
            trained.epochs(),
            trained.report(),
            trained.seconds());
    runs.add(run);
    return run;
  }

  private ClickRun run(
      String name,
      Run.Identity identity,
      long parameters,
      List<TrainListener.Epoch> epochs,
      ClickReport report,
      Run.Seconds seconds) {
    return new ClickRun(
        name,
        identity,
        parameters,
        epochs,
        report.summary(),
        report.calibration(),
        seconds,
        provenance);
  }

  /** Those of Table 2 that learn from exposures alone. */
  private List<Contender> contenders(Setup setup) {
    return Contender.table2(setup, corpus).stream()
        .filter(contender -> !contender.pretrained())
        .filter(contender -> contender.setup().training().epochs() == setup.training().epochs())
        .toList();
  }

  /** Which methods cannot be trained on this corpus, and why, by name. */
  public Map<String, String> missing(Setup setup) {
    Map<String, String> missing = new LinkedHashMap<>();
    for (Contender contender : contenders(setup)) {
      contender
          .missing()
          .ifPresent(why -> missing.put(contender.name(), "not applicable, because " + why));
    }
    return missing;
  }

  /**
   * AUC, AUC within users, log loss, predicted over observed clicks, and what the paper has.
   *
   * @param missing why others have no row of numbers, by name
   */
  public static Table table(String corpus, List<ClickRun> runs, Map<String, String> missing) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    runs.forEach(run -> rows.put(run.name, run.test));
    Table table =
        ResultTable.table(
            "Clicks on %s, the latest fifth of the exposures".formatted(corpus),
            "model",
            ResultTable.CLICKS,
            rows);
    missing.keySet().forEach(name -> table.appendRow().setString("model", name));
    List<String> names = table.stringColumn("model").asList();
    DoubleColumn paper = DoubleColumn.create("paper, Alipay AUC");
    names.forEach(
        name -> PaperTables.clickAuc(name).ifPresentOrElse(paper::append, paper::appendMissing));
    table.addColumns(ResultTable.formatted(paper));
    if (missing.isEmpty()) {
      return table;
    }
    return table.addColumns(
        StringColumn.create(
            "remark", names.stream().map(n -> missing.getOrDefault(n, "")).toList()));
  }
}
