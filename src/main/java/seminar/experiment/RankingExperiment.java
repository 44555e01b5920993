package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.ModelOptions;
import seminar.rank.Popularity;
import seminar.rank.Ranker;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.search.PretrainingSearchUnit;
import seminar.search.Scorer;
import seminar.train.Checkpoints;
import seminar.train.RunIdentity;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingRecord;

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
  private final Trainers trainers;

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
          case RECENT -> Split.lastTargets(corpus.histories(), Protocol.RECENT_TARGETS);
          case RELEASED -> Split.lastOnly(corpus.histories());
        };
    RankingForm form = protocol.form();
    RankingForm judging = // each epoch ranks among few candidates
        form.against() == RankingForm.Against.ALL ? form.with(RankingForm.Against.UNIFORM) : form;
    RankingTask validating =
        switch (protocol.validation()) {
          case OWN -> RankingTask.validation(corpus, split, judging, seed);
          case RELEASED -> RankingTask.validationAsReleased(corpus, split, judging, seed);
        };
    validation = validating.first(VALIDATION_USERS);
    test = RankingTask.test(corpus, split, form, seed);
    trainers = new Trainers(corpus, features, workers, protocol, split);
  }

  private RankingExperiment(RankingExperiment other, Workers workers) {
    this.workers = workers;
    corpus = other.corpus;
    features = other.features;
    protocol = other.protocol;
    split = other.split;
    validation = other.validation;
    test = other.test;
    trainers = new Trainers(corpus, features, workers, protocol, split);
  }

  /** The same split, negatives and bits with other threads. */
  RankingExperiment with(Workers others) {
    return new RankingExperiment(this, others);
  }

  /** Which positions are targets of training, validation and test. */
  public Split split() {
    return split;
  }

  /** The task on the test targets. */
  public RankingTask test() {
    return test;
  }

  /** What a search unit has learned, measured on training chunks and held-out pairs. */
  public LossProbe.Result probe(PretrainingSearchUnit unit) {
    int chunk = unit.options().alignment().chunkLength();
    Split all = Split.leaveOneOut(corpus.histories());
    return new LossProbe(corpus, all, validation, chunk, 1).of(unit);
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
   * @param training what was trained and how it went
   * @param seconds wall time of all epochs with their validation; NaN if it was read from a file
   */
  public record Pretrained(PretrainingSearchUnit unit, TrainingRecord training, double seconds) {
    /** Loss and validation NDCG@10 of each epoch. */
    public List<TrainListener.Epoch> epochs() {
      return training.epochs();
    }

    /**
     * Keeps the unit in a file, for {@link ModelFile} and {@code ./seminar train --psu}.
     *
     * @throws IOException if it cannot be written; an old file is then untouched
     */
    public void write(Path file) throws IOException {
      ModelFile.write(file, training, unit.parameters());
    }
  }

  /** Pretrains a fresh search unit; its validation ranks by which pair comes next. */
  public Pretrained pretrain(Setup setup, TrainListener listener) {
    return pretrain(setup, unit -> listener);
  }

  /** The same with a listener that may look at the unit while it learns. */
  public Pretrained pretrain(Setup setup, Function<PretrainingSearchUnit, TrainListener> observer) {
    PretrainingSearchUnit unit = unit(setup);
    TrainListener listener = observer.apply(unit);
    Trainer trainer = trainers.of(unit, setup);
    long start = System.nanoTime();
    List<TrainListener.Epoch> epochs =
        trainer.train(() -> onValidation(unit.scorer(), setup.model()), listener);
    double seconds = secondsSince(start);
    RunIdentity run = ModelFile.identity(ModelFile.Kind.UNIT, setup, Map.of(), corpus);
    return new Pretrained(unit, trainer.record(run, epochs), seconds);
  }

  /**
   * The same with a checkpoint; where its file is there, pretraining goes on from it.
   *
   * @throws IOException if the checkpoint cannot be read or written, or is of another training
   */
  public Pretrained pretrain(Setup setup, TrainListener listener, Checkpoints checkpoints)
      throws IOException {
    PretrainingSearchUnit unit = unit(setup);
    Trainer trainer = trainers.of(unit, setup);
    long start = System.nanoTime();
    List<TrainListener.Epoch> epochs =
        trainer.train(() -> onValidation(unit.scorer(), setup.model()), listener, checkpoints);
    return new Pretrained(unit, trainer.record(checkpoints.run(), epochs), secondsSince(start));
  }

  private static double secondsSince(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }

  private double onValidation(Scorer scorer, ModelOptions model) {
    return validation.rank(ranker(scorer, model), Progress.silent()).ndcg(10);
  }

  /**
   * Ranks by a model's click logits, with every item and query encoded once; the model must not
   * learn while it is used.
   */
  public Ranker ranker(InterestModel model) {
    return ranker(model.scorer(), model.options());
  }

  private Ranker ranker(Scorer scorer, ModelOptions model) {
    return new ModelRanker(
        scorer, corpus.histories(), model.sequenceLength(), trainers.side(model));
  }

  /**
   * A trained model and the record of its run.
   *
   * @param model the model with the parameters of the epoch that was kept
   * @param report its ranks on the test targets
   * @param run the record
   * @param training what was trained and how it went, as a file of the model says it
   */
  public record Trained(
      InterestModel model, RankingReport report, Run run, TrainingRecord training) {
    /**
     * Keeps the model in a file, for {@link ModelFile} and {@code ./seminar evaluate}.
     *
     * @throws IOException if it cannot be written; an old file is then untouched
     */
    public void write(Path file) throws IOException {
      ModelFile.write(file, training, model.parameters());
    }
  }

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
    InterestModel model = fresh(setup);
    pretrained.ifPresent(
        psu -> model.restore(psu.unit().parameters().snapshot(), setup.restored()));
    Trainer trainer = trainers.of(model, setup);
    long start = System.nanoTime();
    List<TrainListener.Epoch> epochs =
        trainer.train(() -> onValidation(model.scorer(), setup.model()), listener);
    double seconds = secondsSince(start);
    long ranking = System.nanoTime();
    RankingReport report = rank(model, progress);
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
            new Run.Seconds(
                pretrained.map(Pretrained::seconds).orElse(0.0), seconds, secondsSince(ranking)),
            Provenance.here(workers.threads()));
    RunIdentity identity =
        ModelFile.identity(ModelFile.Kind.MODEL, setup, ModelFile.source(pretrained), corpus);
    return new Trained(model, report, run, trainer.record(identity, epochs));
  }

  /**
   * Trains a model with a checkpoint; where its file is there, training goes on from it.
   *
   * @param psu parameters of a pretrained search unit by name; none to start from nothing
   * @return the model with the parameters of the epoch that was kept
   * @throws IOException if the checkpoint cannot be read or written, or is of another training
   */
  public InterestModel train(
      Setup setup, Map<String, float[]> psu, TrainListener listener, Checkpoints checkpoints)
      throws IOException {
    InterestModel model = fresh(setup);
    if (!psu.isEmpty()) {
      model.restore(psu, setup.restored());
    }
    trainers
        .of(model, setup)
        .train(() -> onValidation(model.scorer(), setup.model()), listener, checkpoints);
    return model;
  }

  /** A fresh search unit. */
  PretrainingSearchUnit unit(Setup setup) {
    return trainers.unit(setup);
  }

  /** A fresh model with the groups frozen that the setup names. */
  public InterestModel fresh(Setup setup) {
    return trainers.model(setup);
  }

  /** Ranks of a model on the test targets. */
  public RankingReport rank(InterestModel model, Progress progress) {
    return test.rank(ranker(model), progress);
  }

  /** What a record says of the corpus and the tasks. */
  public Run.CorpusOf corpusOf() {
    return new Run.CorpusOf(
        corpus.manifest().name(),
        corpus.hash(),
        corpus.manifest().options(),
        corpus.statistics(),
        validation.hash(),
        test.hash());
  }
}
