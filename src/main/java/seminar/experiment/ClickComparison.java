package seminar.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import seminar.measure.PairedBootstrap;
import seminar.train.ExposureFeatures;
import seminar.train.TrainListener;

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
   * @param pretraining each epoch of pretraining; none without, and then left out of files
   * @param epochs each epoch of training
   * @param test measures on the test exposures, by name
   * @param calibration predicted against observed click rates
   * @param logits log odds of the test exposures, user after user; none in files of before
   * @param seconds wall times
   * @param provenance code and machine
   */
  public record ClickRun(
      String name,
      Run.Identity identity,
      long parameters,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TrainListener.Epoch> pretraining,
      List<TrainListener.Epoch> epochs,
      Map<String, Double> test,
      Calibration calibration,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) float[] logits,
      Run.Seconds seconds,
      Provenance provenance)
      implements RunFolder.Kept {
    /** Runs of before have neither pretraining nor predictions. */
    public ClickRun {
      pretraining = pretraining == null ? List.of() : pretraining;
      logits = logits == null ? new float[0] : logits;
    }

    /** What goes beside a table: all but the predictions. */
    public ClickRun told() {
      return new ClickRun(
          name,
          identity,
          parameters,
          pretraining,
          epochs,
          test,
          calibration,
          null,
          seconds,
          provenance);
    }
  }

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
   * @param seeds seeds of training
   * @return click rates, then the runs of each method, one for each seed
   * @throws IOException if a file cannot be read or written
   */
  public List<ClickRun> run(Setup setup, List<Long> seeds, Comparison.Listener listener)
      throws IOException {
    List<ClickRun> lines = new ArrayList<>();
    listener.begins("click rates");
    lines.add(rates());
    List<Contender> trained =
        contenders(setup).stream().filter(contender -> contender.missing().isEmpty()).toList();
    double all = trained.size() * seeds.size();
    for (Contender contender : trained) {
      for (long seed : seeds) {
        listener.begins("%s, seed %d".formatted(contender.name(), seed));
        double before = lines.size() - 1;
        lines.add(line(contender, seed, share -> listener.at((before + share) / all)));
      }
    }
    return lines;
  }

  private ClickRun rates() {
    ClickReport rates = experiment.rates();
    return new ClickRun(
        "click rates",
        identity("click rates", 0),
        0,
        List.of(),
        List.of(),
        rates.summary(),
        rates.calibration(),
        experiment.rateLogits(),
        new Run.Seconds(0, 0, 0),
        provenance);
  }

  /** The AUC of each method less that of SEMINAR, by name; none where SEMINAR was not run. */
  public Map<String, PairedBootstrap> differences(List<ClickRun> runs) {
    Map<String, List<float[]>> logits = new LinkedHashMap<>();
    runs.forEach(
        run -> logits.computeIfAbsent(run.name, name -> new ArrayList<>()).add(run.logits));
    Map<String, PairedBootstrap> differences = new LinkedHashMap<>();
    logits.forEach(
        (name, own) -> {
          if (logits.containsKey(Contender.SEMINAR) && !name.equals(Contender.SEMINAR)) {
            differences.put(name, experiment.difference(own, logits.get(Contender.SEMINAR)));
          }
        });
    return differences;
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
  private ClickRun line(Contender contender, long seed, DoubleConsumer progress)
      throws IOException {
    Setup setup = contender.seeded(seed);
    boolean pretrained = contender.pretrained();
    Object options = pretrained ? Map.of(Run.SETUP, setup, "pretrained", true) : setup;
    Run.Identity identity = identity(options, seed);
    Optional<ClickRun> done =
        runs.find(contender.name(), identity, ClickRun.class).filter(run -> run.logits.length > 0);
    if (done.isPresent()) {
      return done.get();
    }
    int first = pretrained ? setup.pretraining().epochs() : 0;
    double share = pretrained ? 2.0 * first / contender.work() : 0;
    Optional<ClickPretraining> unit =
        pretrained
            ? Optional.of(
                experiment.pretrain(
                    setup, TrainListener.share(first, at -> progress.accept(share * at))))
            : Optional.empty();
    ClickExperiment.Trained trained =
        experiment.train(
            setup,
            unit,
            TrainListener.share(
                setup.training().epochs(), at -> progress.accept(share + (1 - share) * at)));
    ClickRun run =
        new ClickRun(
            contender.name(),
            identity,
            trained.model().parameters().count(),
            unit.map(ClickPretraining::epochs).orElse(List.of()),
            trained.epochs(),
            trained.report().summary(),
            trained.report().calibration(),
            trained.logits(),
            trained.seconds(),
            provenance);
    runs.add(run);
    return run;
  }

  /** Those of Table 2, but for the one that is trained much longer. */
  private List<Contender> contenders(Setup setup) {
    int most = Contender.bothStages(setup);
    return Contender.table2(setup, corpus).stream()
        .filter(contender -> contender.setup().training().epochs() <= most)
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
}
