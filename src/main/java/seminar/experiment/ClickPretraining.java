package seminar.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import seminar.compute.Backend;
import seminar.data.ClickSplit;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.model.ParameterGroup;
import seminar.rank.RankingTask;
import seminar.search.PretrainingSearchUnit;
import seminar.serve.ModelRanker;
import seminar.train.TrainListener;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/**
 * What a search unit has learned from the histories of a click log before its first validation day:
 * nothing that was taken later is a target or stands in a history of it. The epoch that ranks best
 * what was taken in the validation days is kept.
 *
 * @param weights its parameters by name, without those of the click head: on exposures that reads
 *     features which histories have not
 * @param epochs loss and validation NDCG@10 of each epoch
 * @param seconds wall time
 */
public record ClickPretraining(
    Map<String, float[]> weights, List<TrainListener.Epoch> epochs, double seconds) {
  /** Requests on which an epoch is judged. */
  private static final int VALIDATION_REQUESTS = 1000;

  /**
   * Pretrains a fresh unit.
   *
   * @throws IllegalArgumentException if the events of histories have no times, or none lies before
   *     validation or in it
   */
  static ClickPretraining of(
      Corpus corpus,
      Features features,
      Workers workers,
      ClickSplit clicks,
      Setup setup,
      TrainListener listener) {
    Split split = Split.byTime(corpus.histories(), clicks.validationFrom(), clicks.testFrom());
    ModelOptions model = setup.model().withHead(setup.model().head().withSideFeatures(0));
    long seed = setup.pretraining().seed();
    RankingTask validation = RankingTask.validation(corpus, split, seed).first(VALIDATION_REQUESTS);
    Backend backend = setup.backend().on(workers);
    PretrainingSearchUnit unit =
        new PretrainingSearchUnit(backend, workers, corpus, features, model, setup.psu(), seed);
    TrainingBatches batches =
        new TrainingBatches(corpus, split, model.sequenceLength(), setup.pretraining());
    DoubleSupplier judge =
        () ->
            validation
                .rank(
                    new ModelRanker(
                        unit.scorer(),
                        corpus.histories(),
                        model.sequenceLength(),
                        Optional.empty()),
                    Progress.silent())
                .ndcg(10);
    Stopwatch start = Stopwatch.started();
    List<TrainListener.Epoch> epochs =
        new Trainer(backend, unit, batches, setup.pretraining()).train(judge, listener);
    Map<String, float[]> weights = new HashMap<>(unit.parameters().snapshot());
    weights.keySet().removeIf(name -> ParameterGroup.of(name) == ParameterGroup.HEAD);
    return new ClickPretraining(weights, epochs, start.seconds());
  }
}
