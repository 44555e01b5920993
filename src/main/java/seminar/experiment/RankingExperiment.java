package seminar.experiment;

import java.util.List;
import java.util.Optional;
import seminar.compute.Backend;
import seminar.compute.CpuBackend;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.ModelOptions;
import seminar.search.PretrainingSearchUnit;
import seminar.search.Scorer;
import seminar.search.SeminarModel;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/**
 * Trains models on one corpus and ranks with them: the same split, the same frozen negatives and
 * the same validation for all.
 */
public final class RankingExperiment {
  /** Users on which an epoch is judged; the test uses all. */
  private static final int VALIDATION_USERS = 1000;

  private final Corpus corpus;
  private final Features features;
  private final Workers workers;
  private final Protocol protocol;
  private final Split split;
  private final RankingTask validation;
  private final RankingTask test;

  /**
   * Splits the corpus and freezes the negatives, as the paper says.
   *
   * @param seed seed of the negatives
   */
  public RankingExperiment(Corpus corpus, Features features, Workers workers, long seed) {
    this(corpus, features, workers, Protocol.paper(), seed);
  }

  /**
   * Splits the corpus and freezes the negatives.
   *
   * @param seed seed of the negatives
   */
  public RankingExperiment(
      Corpus corpus, Features features, Workers workers, Protocol protocol, long seed) {
    this.corpus = corpus;
    this.features = features;
    this.workers = workers;
    this.protocol = protocol;
    split =
        switch (protocol.targets()) {
          case SLIDING -> Split.leaveOneOut(corpus.histories());
          case RELEASED -> Split.lastOnly(corpus.histories());
        };
    RankingTask validating =
        switch (protocol.validation()) {
          case OWN -> RankingTask.validation(corpus, split, seed);
          case RELEASED -> RankingTask.validationAsReleased(corpus, split, seed);
        };
    validation = validating.with(protocol.ties()).first(VALIDATION_USERS);
    test = RankingTask.test(corpus, split, seed).with(protocol.ties());
  }

  /** The task on the test targets. */
  public RankingTask test() {
    return test;
  }

  /** How the training part of all lives ranks without any learning. */
  public RankingReport popularity() {
    return test.rank(popularityRanker(), Progress.silent());
  }

  /** NDCG@10 of popularity on the validation targets, the line that a model must cross. */
  public double popularityOnValidation() {
    return validation.rank(popularityRanker(), Progress.silent()).ndcg(10);
  }

  private Popularity popularityRanker() {
    return Popularity.fit(corpus.histories(), split, corpus.catalog().size());
  }

  /**
   * A pretrained search unit.
   *
   * @param unit the unit with the parameters of the epoch that was kept
   * @param epochs loss and validation NDCG@10 of each epoch
   * @param seconds wall time of all epochs with their validation
   */
  public record Pretrained(
      PretrainingSearchUnit unit, List<TrainListener.Epoch> epochs, double seconds) {}

  /** Pretrains a fresh search unit; its validation ranks by which pair comes next. */
  public Pretrained pretrain(Setup setup, TrainListener listener) {
    Backend backend = CpuBackend.of(workers);
    long seed = setup.pretraining().seed();
    PretrainingSearchUnit unit =
        new PretrainingSearchUnit(
            backend, workers, corpus, features, setup.model(), setup.psu(), seed);
    Split seen = protocol.targets() == Protocol.Targets.RELEASED ? split.oneEarlier() : split;
    TrainingBatches batches =
        new TrainingBatches(corpus, seen, setup.model().sequenceLength(), setup.pretraining());
    long start = System.nanoTime();
    List<TrainListener.Epoch> epochs =
        new Trainer(backend, unit, batches, setup.pretraining())
            .train(() -> onValidation(unit.scorer(), setup.model()), listener);
    return new Pretrained(unit, epochs, (System.nanoTime() - start) / 1e9);
  }

  private double onValidation(Scorer scorer, ModelOptions model) {
    return validation.rank(ranker(scorer, model), Progress.silent()).ndcg(10);
  }

  private Ranker ranker(Scorer scorer, ModelOptions model) {
    return new ModelRanker(scorer, corpus.histories(), model.sequenceLength());
  }

  /**
   * A trained model and the record of its run.
   *
   * @param model the model with the parameters of the epoch that was kept
   * @param report its ranks on the test targets
   * @param run the record
   */
  public record Trained(SeminarModel model, RankingReport report, Run run) {}

  /**
   * Trains a fresh model without pretraining and ranks with it.
   *
   * @param name what the model is called in tables
   */
  public Trained train(
      String name,
      ModelOptions options,
      TrainOptions training,
      TrainListener listener,
      Progress progress) {
    Setup setup = Setup.laptop(training.seed()).with(options).withTraining(training).with(protocol);
    return train(name, setup, Optional.empty(), listener, progress);
  }

  /**
   * Trains a model, from a pretrained search unit or from nothing, and ranks with it.
   *
   * @param name what the model is called in tables
   * @param pretrained what the model takes over
   */
  public Trained train(
      String name,
      Setup setup,
      Optional<Pretrained> pretrained,
      TrainListener listener,
      Progress progress) {
    ModelOptions options = setup.model();
    TrainOptions training = setup.training();
    Backend backend = CpuBackend.of(workers);
    SeminarModel model = new SeminarModel(backend, corpus, features, options, training.seed());
    pretrained.ifPresent(
        psu -> model.restore(psu.unit().parameters().snapshot(), setup.restored()));
    model.freeze(setup.frozen());
    TrainingBatches batches =
        new TrainingBatches(corpus, split, options.sequenceLength(), training);
    long start = System.nanoTime();
    List<TrainListener.Epoch> epochs =
        new Trainer(backend, model, batches, training)
            .train(() -> onValidation(model.scorer(), options), listener);
    long trained = System.nanoTime();
    RankingReport report = test.rank(ranker(model.scorer(), options), progress);
    Run.Seconds seconds =
        new Run.Seconds(
            pretrained.map(Pretrained::seconds).orElse(0.0),
            (trained - start) / 1e9,
            (System.nanoTime() - trained) / 1e9);
    Run run =
        new Run(
            name,
            corpusOf(),
            setup,
            model.parameters().count(),
            pretrained.map(Pretrained::epochs).orElse(List.of()),
            epochs,
            report.summary(),
            report.users(),
            seconds,
            Provenance.here(workers.threads()));
    return new Trained(model, report, run);
  }

  private Run.CorpusOf corpusOf() {
    return new Run.CorpusOf(
        corpus.manifest().name(),
        corpus.hash(),
        corpus.manifest().options(),
        corpus.statistics(),
        validation.hash(),
        test.hash());
  }
}
