package seminar.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import seminar.compute.MachineMemory;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.file.Provenance;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.rank.PlainRanker;
import seminar.rank.PlainRankers;
import seminar.rank.Popularity;
import seminar.rank.Ranker;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.search.PretrainingSearchUnit;
import seminar.serve.SearchKind;
import seminar.serve.SearchedRanking;
import seminar.serve.TrainedModel;
import seminar.train.Checkpoints;
import seminar.train.RunIdentity;
import seminar.train.TrainListener;
import seminar.train.Trainer;
import seminar.train.TrainingRecord;

/**
 * Trains models on one corpus and ranks with them: the same split, the same frozen negatives and
 * the same validation for all. Every run goes one way: a fresh search unit is pretrained, if there
 * is one, a fresh model takes it over, is trained and ranks the test targets, and all of it is a
 * {@link Run}.
 */
public final class RankingExperiment {
  /** Requests on which an epoch is judged; the test has all. */
  private static final int VALIDATION_REQUESTS = 1000;

  private final Trainers trainers;
  private final RankingTask test;
  private final Origin origin;

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
    Split split = protocol.split(corpus);
    RankingTask validation = protocol.validation(corpus, split, seed).first(VALIDATION_REQUESTS);
    trainers = new Trainers(corpus, features, protocol, split, validation, workers);
    test = RankingTask.test(corpus, split, protocol.form(), seed);
    origin = new Origin(corpus, features, protocol, test);
  }

  private RankingExperiment(Trainers trainers, RankingTask test, Origin origin) {
    this.trainers = trainers;
    this.test = test;
    this.origin = origin;
  }

  /** The same split, negatives and bits with other threads. */
  RankingExperiment with(Workers others) {
    return new RankingExperiment(trainers.with(others), test, origin);
  }

  /** Items, queries and histories. */
  public Corpus corpus() {
    return trainers.corpus();
  }

  /** What the records of all runs say alike. */
  Origin origin() {
    return origin;
  }

  /** Which positions are targets of training, validation and test. */
  public Split split() {
    return trainers.split();
  }

  /** What items look like. */
  Features features() {
    return trainers.features();
  }

  /** The task on the test targets. */
  public RankingTask test() {
    return test;
  }

  /** The task on the validation targets, which chooses between epochs. */
  public RankingTask validation() {
    return trainers.validation();
  }

  /** How the training part of all histories ranks without any learning. */
  public RankingReport popularity() {
    return test.rank(popularityRanker(), Progress.silent());
  }

  /** NDCG@10 of popularity on the validation targets, the line that a model must cross. */
  public double popularityOnValidation() {
    return validation().rank(popularityRanker(), Progress.silent()).ndcg(10);
  }

  private Popularity popularityRanker() {
    return Popularity.fit(corpus().histories(), split(), corpus().catalog().size());
  }

  /** How a training goes through its epochs: with a checkpoint or without. */
  private interface Epochs<E extends Exception> {
    List<TrainListener.Epoch> through(Trainer loop, DoubleSupplier validation) throws E;
  }

  /** Pretrains a fresh search unit; its validation ranks by which pair comes next. */
  public Pretrained pretrain(Setup setup, TrainListener listener) {
    return pretrain(fitting(setup), setup, listener);
  }

  /** The same of a fresh unit of this setup, at which a listener may look while it learns. */
  public Pretrained pretrain(PretrainingSearchUnit unit, Setup setup, TrainListener listener) {
    RunIdentity run = ModelFile.identity(ModelFile.Kind.UNIT, setup, Map.of(), corpus());
    return pretrained(unit, setup, run, (loop, judge) -> loop.train(judge, listener));
  }

  /**
   * The same with a checkpoint; where its file is there, pretraining goes on from it.
   *
   * @throws IOException if the checkpoint cannot be read or written, or is of another training
   */
  public Pretrained pretrain(Setup setup, TrainListener listener, Checkpoints checkpoints)
      throws IOException {
    RunIdentity run = checkpoints.run();
    return pretrained(
        fitting(setup), setup, run, (loop, judge) -> loop.train(judge, listener, checkpoints));
  }

  /** A fresh search unit, unless memory cannot suffice. */
  private PretrainingSearchUnit fitting(Setup setup) {
    RunMemory.need(corpus(), features(), setup, setup.pretraining())
        .check("pretraining", MachineMemory.here());
    return unit(setup);
  }

  private <E extends Exception> Pretrained pretrained(
      PretrainingSearchUnit unit, Setup setup, RunIdentity run, Epochs<E> epochs) throws E {
    Trainer loop = trainers.of(unit, setup);
    Stopwatch start = Stopwatch.started();
    List<TrainListener.Epoch> rows =
        epochs.through(loop, trainers.judge(unit::scorer, setup.model()));
    return new Pretrained(unit, loop.record(run, rows), start.seconds());
  }

  /**
   * Trains a fresh model, from a pretrained search unit or from nothing, and ranks with it.
   *
   * @param name what the model is called in tables
   * @param unit what the model takes over
   */
  public Trained train(
      String name, Setup setup, Optional<Pretrained> unit, TrainListener listener) {
    RunIdentity run =
        ModelFile.identity(ModelFile.Kind.MODEL, setup, ModelFile.source(unit), corpus());
    return trained(name, setup, unit, run, (loop, judge) -> loop.train(judge, listener));
  }

  /**
   * The same with a checkpoint; where its file is there, training goes on from it.
   *
   * @throws IOException if the checkpoint cannot be read or written, or is of another training
   */
  public Trained train(
      String name,
      Setup setup,
      Optional<Pretrained> unit,
      TrainListener listener,
      Checkpoints checkpoints)
      throws IOException {
    RunIdentity run = checkpoints.run();
    return trained(
        name, setup, unit, run, (loop, judge) -> loop.train(judge, listener, checkpoints));
  }

  private <E extends Exception> Trained trained(
      String name, Setup setup, Optional<Pretrained> unit, RunIdentity run, Epochs<E> epochs)
      throws E {
    RunMemory.need(corpus(), features(), new Contender(name, setup, unit.isPresent()))
        .check(name, MachineMemory.here());
    InterestModel model = fresh(setup);
    unit.ifPresent(psu -> model.restore(psu.unit().parameters().snapshot(), setup.restored()));
    Trainer loop = trainers.of(model, setup);
    Stopwatch start = Stopwatch.started();
    List<TrainListener.Epoch> rows = epochs.through(loop, trainers.judge(model, setup));
    double seconds = start.seconds();
    return ranked(
        name,
        origin.of(setup, unit.isPresent()),
        unit.map(Pretrained::epochs).orElse(List.of()),
        new Run.Seconds(unit.map(Pretrained::seconds).orElse(0.0), seconds, 0),
        inUse(model, loop.record(run, rows)),
        provenance().on(setup.backend()));
  }

  /**
   * The whole way of a contender, from nothing to its ranks.
   *
   * @param seed of everything that is drawn in training
   * @param progress hears how much of the training is done, 0 to 1
   * @throws IllegalArgumentException if it cannot be trained on this corpus
   */
  public Trained run(Contender contender, long seed, DoubleConsumer progress) {
    Setup setup = contender.seeded(seed).withProtocol(trainers.protocol());
    int epochs = setup.pretraining().epochs();
    double before = contender.pretrained() ? 2.0 * epochs / contender.work() : 0;
    TrainListener first = TrainListener.share(epochs, done -> progress.accept(before * done));
    Optional<Pretrained> unit =
        contender.pretrained() ? Optional.of(pretrain(setup, first)) : Optional.empty();
    TrainListener second =
        TrainListener.share(
            setup.training().epochs(), done -> progress.accept(before + (1 - before) * done));
    return train(contender.name(), setup, unit, second);
  }

  /**
   * The model of a file with its ranks on the test targets, which are computed now: bit for bit
   * those of the model that was written, if the candidates are the same.
   *
   * <p>The record of its run has what the file holds: no times but that of ranking, of its
   * provenance the version alone, and the epochs of pretraining only where the model was kept by
   * {@link Trained#write}.
   *
   * @param name what the model is called in tables
   * @param file a file that was read for this corpus
   * @throws IOException if the features are not those it was trained with
   */
  public Trained open(String name, ModelFile file) throws IOException {
    TrainedModel trained = inUse(file.model(this), file.training());
    Provenance provenance = Provenance.of(file.training().run().version());
    return ranked(
        name,
        origin.of(file.setup(), file.pretrained(), provenance.version()),
        file.pretraining(),
        new Run.Seconds(file.pretrained() ? Double.NaN : 0, Double.NaN, 0),
        trained,
        provenance);
  }

  private TrainedModel inUse(InterestModel model, TrainingRecord training) {
    return new TrainedModel(model, corpus(), test, trainers.side(model.options()), training);
  }

  /** Ranks, and makes the record. */
  private Trained ranked(
      String name,
      Run.Identity identity,
      List<TrainListener.Epoch> pretraining,
      Run.Seconds before,
      TrainedModel trained,
      Provenance provenance) {
    Stopwatch start = Stopwatch.started();
    RankingReport report = test.rank(trained.ranker(), Progress.silent());
    Run.Seconds seconds = new Run.Seconds(before.pretraining(), before.training(), start.seconds());
    Run run =
        Run.of(
            name,
            identity,
            trained.model().parameters().count(),
            pretraining,
            trained.training().epochs(),
            seconds,
            report,
            Map.of(),
            provenance);
    return new Trained(trained, run);
  }

  /**
   * Ranks by a model's click logits, with every item and query encoded once; the model must not
   * learn while it is used.
   */
  public Ranker ranker(InterestModel model) {
    return trainers.ranker(model.scorer(), model.options());
  }

  /**
   * A plain ranker, fitted to what models are trained on.
   *
   * @param seed of what it draws, if it does
   * @throws IllegalArgumentException if the corpus lacks what it needs
   */
  public Ranker plain(PlainRankers plain, long seed) {
    PlainRanker fitted = plain.fit(corpus(), features(), split(), seed);
    return fitted.ranker().orElseThrow(() -> new IllegalArgumentException(fitted.remark()));
  }

  /** A fresh search unit. */
  public PretrainingSearchUnit unit(Setup setup) {
    return trainers.unit(setup);
  }

  /** A fresh model with the groups frozen that the setup names. */
  public InterestModel fresh(Setup setup) {
    return trainers.model(setup);
  }

  /** What makes runs now: this code on these threads. */
  Provenance provenance() {
    return origin.provenance().withThreads(trainers.workers().threads());
  }

  /** Ranks of a model on the test targets. */
  public RankingReport rank(InterestModel model, Progress progress) {
    return test.rank(ranker(model), progress);
  }

  /**
   * Ranks of a model on test targets, by its own choice of events and by searches in its place.
   *
   * @param kinds the searches
   * @param requests how many test targets, the first ones
   * @param seed of codebooks
   * @throws IllegalArgumentException if heads of the model do not choose for themselves
   */
  public SearchedRanking.Result search(
      InterestModel model, List<SearchKind> kinds, int requests, long seed, Progress progress) {
    return SearchedRanking.of(
        model, corpus(), split(), test.first(requests), kinds, seed, trainers.workers(), progress);
  }

  /** What figures say of the corpus and the tasks. */
  public Run.CorpusOf corpusOf() {
    return new Run.CorpusOf(
        corpus().manifest().name(),
        corpus().hash(),
        corpus().manifest().options(),
        corpus().statistics(),
        validation().hash(),
        test.hash());
  }
}
