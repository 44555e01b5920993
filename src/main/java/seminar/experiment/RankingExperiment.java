package seminar.experiment;

import java.util.List;
import seminar.compute.Backend;
import seminar.compute.CpuBackend;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.ModelOptions;
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
  private final Split split;
  private final RankingTask validation;
  private final RankingTask test;

  /**
   * Splits the corpus and freezes the negatives.
   *
   * @param seed seed of the negatives
   */
  public RankingExperiment(Corpus corpus, Features features, Workers workers, long seed) {
    this.corpus = corpus;
    this.features = features;
    this.workers = workers;
    split = Split.leaveOneOut(corpus.histories());
    validation = RankingTask.validation(corpus, split, seed).first(VALIDATION_USERS);
    test = RankingTask.test(corpus, split, seed);
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
   * A trained model and the record of its run.
   *
   * @param model the model with the parameters of its best epoch
   * @param report its ranks on the test targets
   * @param run the record
   */
  public record Trained(SeminarModel model, RankingReport report, Run run) {}

  /**
   * Trains a fresh model and ranks with it.
   *
   * @param name what the model is called in tables
   */
  public Trained train(
      String name,
      ModelOptions options,
      TrainOptions training,
      TrainListener listener,
      Progress progress) {
    Backend backend = CpuBackend.of(workers);
    SeminarModel model = new SeminarModel(backend, corpus, features, options, training.seed());
    TrainingBatches batches =
        new TrainingBatches(corpus, split, options.sequenceLength(), training);
    ModelRanker ranker = new ModelRanker(model, corpus.histories());
    long start = System.nanoTime();
    List<TrainListener.Epoch> epochs =
        new Trainer(backend, model, batches, training)
            .train(() -> validation.rank(ranker, Progress.silent()).ndcg(10), listener);
    long trained = System.nanoTime();
    RankingReport report = test.rank(ranker, progress);
    Run.Seconds seconds =
        new Run.Seconds((trained - start) / 1e9, (System.nanoTime() - trained) / 1e9);
    Run run =
        new Run(
            name,
            corpusOf(),
            options,
            training,
            model.parameters().count(),
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
