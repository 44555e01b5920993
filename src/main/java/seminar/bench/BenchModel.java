package seminar.bench;

import java.util.function.Function;
import java.util.function.Supplier;
import seminar.compute.Backend;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.loss.NextItemOptions;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ChannelOptions;
import seminar.model.ModelOptions;
import seminar.model.SequenceOptions;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.search.PretrainingSearchUnit;
import seminar.search.PsuOptions;
import seminar.train.Trainable;

/**
 * What a bench needs of a model.
 *
 * @param trainable what is trained
 * @param scorer scores of all candidates of a batch
 * @param settled makes a scorer for a model that does not learn meanwhile; it may encode the whole
 *     catalogue first
 */
public record BenchModel(
    Trainable trainable,
    Function<Batch, float[]> scorer,
    Supplier<Function<Batch, float[]>> settled) {
  /** The models that can be measured. */
  public enum Kind {
    /** General and exact search unit with the click head. */
    SEMINAR,
    /** The pretraining search unit with its three losses. */
    PSU,
    /** As SEMINAR, without the maps G. */
    TWIN,
    /** Hard search by category. */
    SIM_HARD,
    /** Trained search. */
    SIM_SOFT,
    /** Search by SimHash. */
    ETA,
    /** Search by query, then by item. */
    QIN,
    /** Sums over hash buckets. */
    SDIM,
    /** All events, attended to again and again. */
    STCA,
    /** The latest events. */
    LATEST,
    /** Self-attention over the history: learns after every event, with one negative each. */
    SASREC,
    /** The same with 256 negatives, which the events of a history share. */
    GSASREC;

    /** How it learns which item comes next after every event. */
    NextItemOptions nextItem() {
      return switch (this) {
        case SASREC -> NextItemOptions.sasRec();
        case GSASREC -> NextItemOptions.gSasRec();
        default -> NextItemOptions.none();
      };
    }

    /** The options of this kind: a sequence model reads ids alone. */
    private ModelOptions of(ModelOptions options) {
      return nextItem().applies()
          ? options
              .withSequence(SequenceOptions.sasRec())
              .withChannels(options.channels().withItemChannel(ChannelOptions.ItemChannel.RELEASED))
          : options;
    }

    /**
     * A fresh model of this kind.
     *
     * @param workers threads of what the backend does not compute
     * @param corpus whose histories the model sees
     * @param seed of the first parameters
     */
    BenchModel make(
        Backend backend,
        Workers workers,
        Corpus corpus,
        Features features,
        ModelOptions options,
        long seed) {
      if (this == PSU) {
        PretrainingSearchUnit unit =
            new PretrainingSearchUnit(
                backend, workers, corpus, features, options, PsuOptions.paper(), seed);
        return new BenchModel(unit, unit::score, () -> unit::score);
      }
      boolean sequence = nextItem().applies();
      Method method = sequence ? new Method.SasRec() : Method.of(Method.Kind.valueOf(name()));
      InterestModel model =
          new InterestModel(backend, corpus, features, of(options), method, nextItem(), seed);
      return new BenchModel(model, model::score, () -> model.scorer()::score);
    }
  }
}
