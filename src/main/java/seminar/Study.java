package seminar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import seminar.compute.BackendKind;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.ModelFile;
import seminar.experiment.ModelTable;
import seminar.experiment.PaperTables;
import seminar.experiment.Pretrained;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.experiment.Trained;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.train.TrainListener;

/**
 * A corpus with its features, a setup, and the one split and the frozen candidates on which all its
 * models are trained and judged. Immutable: a study with another setup is another study, of the
 * same users and candidates.
 *
 * <pre>{@code
 * var lab = Seminar.world().with(TrainListener.epochs(System.out::println));
 * var twin = lab.with(lab.setup().withMethod(new Method.Twin())).train();
 * IO.println(twin.ndcg(10) - lab.popularity().ndcg(10));
 * }</pre>
 */
public final class Study {
  private static final long SEED_OF_NEGATIVES = 1;

  private final Corpus corpus;
  private final Features features;
  private final Setup setup;
  private final TrainListener listener;
  private final RankingExperiment experiment;

  private Study(
      Corpus corpus,
      Features features,
      Setup setup,
      TrainListener listener,
      RankingExperiment experiment) {
    this.corpus = corpus;
    this.features = features;
    this.setup = setup;
    this.listener = listener;
    this.experiment = experiment;
  }

  /** A study of this corpus; {@link Seminar} has shorter ways to one. */
  public static Study of(Corpus corpus, Features features, Setup setup) {
    return new Study(
        corpus,
        features,
        setup,
        TrainListener.silent(),
        new RankingExperiment(
            corpus, features, Workers.common(), setup.protocol(), SEED_OF_NEGATIVES));
  }

  /** The same with other options of models, losses, training or protocol. */
  public Study with(Setup value) {
    boolean same = value.protocol().equals(setup.protocol());
    return same
        ? new Study(corpus, features, value, listener, experiment)
        : of(corpus, features, value).with(listener);
  }

  /**
   * The same, trained on another backend, such as {@code Backends.nd4j()}.
   *
   * <pre>{@code
   * var model = Seminar.world().on(Backends.nd4j()).train();
   * }</pre>
   */
  public Study on(BackendKind backend) {
    return with(setup.withBackend(backend));
  }

  /** The same with other numbers of epochs. */
  public Study withEpochs(int pretraining, int training) {
    return with(
        setup
            .withPretraining(setup.pretraining().withEpochs(pretraining))
            .withTraining(setup.training().withEpochs(training)));
  }

  /** The same, telling a listener how training goes. */
  public Study with(TrainListener value) {
    return new Study(corpus, features, setup, value, experiment);
  }

  /** Items, queries and histories. */
  public Corpus corpus() {
    return corpus;
  }

  /** Features of texts and pictures. */
  public Features features() {
    return features;
  }

  /** Options of everything that is trained here. */
  public Setup setup() {
    return setup;
  }

  /** The split and the frozen candidates, for what this class does not offer. */
  public RankingExperiment experiment() {
    return experiment;
  }

  /** How plain popularity ranks: the line that a model must cross. */
  public RankingReport popularity() {
    return experiment.popularity();
  }

  /** Pretrains a search unit with the three losses (paper §3.3.1). */
  public Pretrained pretrain() {
    return experiment.pretrain(setup, listener);
  }

  /** Trains the setup's method from nothing. */
  public Trained train() {
    return train(Optional.empty());
  }

  /** Fine-tunes from a pretrained search unit (paper §3.3.2). */
  public Trained train(Pretrained psu) {
    return train(Optional.of(psu));
  }

  private Trained train(Optional<Pretrained> psu) {
    return experiment.train(name(), setup, psu, listener);
  }

  private String name() {
    return setup.method().kind().name();
  }

  /**
   * Opens a model that {@link Trained#write} or {@code ./seminar train} wrote. The setup in the
   * file, not this study's, says how it was made and judged; the candidates are frozen as all of a
   * study are, so its ranks are bit for bit those of the model that was written.
   *
   * @throws IOException if there is no such file, it is damaged, holds a search unit, belongs to
   *     another corpus or other features, or has options that this version does not know
   */
  public Trained open(Path file) throws IOException {
    ModelFile kept = ModelFile.read(file, ModelFile.Kind.MODEL, corpus);
    Study own = with(kept.setup());
    return own.experiment.open(own.name(), kept);
  }

  /**
   * The same, to rank by another number of events than the model was trained with.
   *
   * @param length L, the latest events of a history that a request sees; K stays
   * @throws IOException as {@link #open(Path)}
   * @throws IllegalArgumentException if L is below 1, or histories were padded in training
   */
  public Trained open(Path file, int length) throws IOException {
    ModelFile kept = ModelFile.read(file, ModelFile.Kind.MODEL, corpus).withLength(length);
    Study own = with(kept.setup());
    return own.experiment.open(own.name(), kept);
  }

  /**
   * Opens a search unit that {@link Pretrained#write} or {@code ./seminar pretrain} wrote, to train
   * from it. Its own setup says how it was made.
   *
   * @throws IOException if there is no such file, it is damaged, holds a trained model, belongs to
   *     another corpus or other features, or has options that this version does not know
   */
  public Pretrained openUnit(Path file) throws IOException {
    return ModelFile.read(file, ModelFile.Kind.UNIT, corpus).unit(experiment);
  }

  /** The models of paper Table 2 and their controls, with this setup. */
  public List<Contender> contenders() {
    return Contender.table2(setup, corpus);
  }

  /**
   * Trains what is missing of a comparison and tells how the models differ, beside plain rankers.
   * Each finished run is a file: a comparison that was cut off goes on where it stopped.
   *
   * @param contenders models, SEMINAR among them, since all are compared to it
   * @param seeds seeds of training, one run of each model for each
   * @param folder where the runs lie
   * @throws IOException if a run cannot be read or written
   * @throws IllegalArgumentException if SEMINAR is not among the contenders
   */
  public ModelTable compare(List<Contender> contenders, List<Long> seeds, Path folder)
      throws IOException {
    Comparison comparison =
        new Comparison(corpus, features, Workers.common(), SEED_OF_NEGATIVES, folder);
    List<Comparison.Line> lines =
        comparison.runBesidePlain(
            setup.protocol(), contenders, seeds, Comparison.Listener.silent());
    return PaperTables.models(corpus.manifest().name(), lines, seeds);
  }

  @Override
  public String toString() {
    return corpus.toString();
  }
}
