package seminar.experiment;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.data.TestMode;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.rank.Ranker;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.search.PretrainingSearchUnit;
import seminar.search.Scorer;
import seminar.serve.ModelRanker;
import seminar.train.SideFeatures;
import seminar.train.TrainOptions;
import seminar.train.Trainable;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/**
 * Fresh units and models, what trains them and what judges an epoch, all on one corpus and split.
 *
 * @param protocol which events are targets of pretraining
 * @param split which positions are targets of training
 * @param validation the requests on which an epoch is judged
 * @param workers on whose threads they work; no bit depends on them
 */
record Trainers(
    Corpus corpus,
    Features features,
    Protocol protocol,
    Split split,
    RankingTask validation,
    Workers workers) {
  /** The same with other threads. */
  Trainers with(Workers others) {
    return new Trainers(corpus, features, protocol, split, validation, others);
  }

  /** A fresh search unit. */
  PretrainingSearchUnit unit(Setup setup) {
    long seed = setup.pretraining().seed();
    return new PretrainingSearchUnit(
        setup.backend().on(workers), workers, corpus, features, setup.model(), setup.psu(), seed);
  }

  /** A fresh model with the groups frozen that the setup names. */
  InterestModel model(Setup setup) {
    InterestModel model =
        new InterestModel(
            setup.backend().on(workers),
            corpus,
            features,
            setup.model(),
            setup.method(),
            setup.training().nextItem(),
            setup.training().seed());
    model.parameters().freeze(setup.frozen());
    return model;
  }

  /** A trainer on the targets of pretraining. */
  Trainer of(PretrainingSearchUnit unit, Setup setup) {
    return trainer(unit, setup, protocol.pretraining(corpus), setup.pretraining());
  }

  /** A trainer on the targets of training. */
  Trainer of(InterestModel model, Setup setup) {
    return trainer(model, setup, split, setup.training());
  }

  private Trainer trainer(Trainable model, Setup setup, Split targets, TrainOptions options) {
    TrainingBatches batches =
        new TrainingBatches(
            corpus, targets, setup.model().sequenceLength(), options, side(setup.model()));
    return new Trainer(setup.backend().on(workers), model, batches, options);
  }

  /**
   * NDCG@10 on the validation requests.
   *
   * @param scorer makes one of the parameters as they are when it is asked
   */
  DoubleSupplier judge(Supplier<Scorer> scorer, ModelOptions model) {
    return () -> validation.rank(ranker(scorer.get(), model), Progress.silent()).ndcg(10);
  }

  /**
   * The same for a model: where it learns search too, NDCG@10 of both tasks, each with its weight
   * in the loss.
   */
  DoubleSupplier judge(InterestModel model, Setup setup) {
    double search = setup.training().candidates().search();
    if (search == 0) {
      return judge(model::scorer, setup.model());
    }
    RankingTask searching = validation.in(TestMode.SEARCH);
    RankingTask recommending = validation.in(TestMode.RECOMMENDATION);
    return () -> {
      Ranker ranker = ranker(model.scorer(), setup.model());
      double found = searching.rank(ranker, Progress.silent()).ndcg(10);
      return search == 1
          ? found
          : search * found + (1 - search) * recommending.rank(ranker, Progress.silent()).ndcg(10);
    };
  }

  /** Ranks by scores, with every item and query encoded once. */
  Ranker ranker(Scorer scorer, ModelOptions model) {
    return new ModelRanker(scorer, corpus.histories(), model.sequenceLength(), side(model));
  }

  /** What the click head reads of user, item and context beside interest and target. */
  Optional<SideFeatures> side(ModelOptions model) {
    return SideFeatures.of(corpus, split, model);
  }
}
