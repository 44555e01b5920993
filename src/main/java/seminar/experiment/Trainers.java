package seminar.experiment;

import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.search.InterestModel;
import seminar.search.PretrainingSearchUnit;
import seminar.train.SideFeatures;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/**
 * How a setup becomes a fresh unit or model, and the trainer of it.
 *
 * @param corpus items, queries and histories
 * @param features of texts and pictures
 * @param workers threads; results do not depend on them
 * @param protocol which events are targets
 * @param split the targets of training
 */
record Trainers(Corpus corpus, Features features, Workers workers, Protocol protocol, Split split) {

  /** A fresh search unit. */
  PretrainingSearchUnit unit(Setup setup) {
    long seed = setup.pretraining().seed();
    return new PretrainingSearchUnit(
        setup.backend().on(workers), workers, corpus, features, setup.model(), setup.psu(), seed);
  }

  /** A trainer of the targets of pretraining. */
  Trainer of(PretrainingSearchUnit unit, Setup setup) {
    TrainingBatches batches =
        new TrainingBatches(
            corpus,
            protocol.pretraining(corpus),
            setup.model().sequenceLength(),
            setup.pretraining(),
            side(setup.model()));
    return new Trainer(setup.backend().on(workers), unit, batches, setup.pretraining());
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
            setup.training().seed());
    model.freeze(setup.frozen());
    return model;
  }

  /** A trainer of the targets of the split. */
  Trainer of(InterestModel model, Setup setup) {
    TrainingBatches batches =
        new TrainingBatches(
            corpus, split, setup.model().sequenceLength(), setup.training(), side(setup.model()));
    return new Trainer(setup.backend().on(workers), model, batches, setup.training());
  }

  /** What the click head reads of user, item and context beside interest and target. */
  Optional<SideFeatures> side(ModelOptions model) {
    return SideFeatures.of(corpus, split, model);
  }
}
