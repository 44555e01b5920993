package seminar.bench;

import java.util.function.Function;
import java.util.function.Supplier;
import seminar.compute.Backend;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ModelOptions;
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
  /** Makes a fresh model. */
  @FunctionalInterface
  public interface Maker {
    /**
     * The model at its start.
     *
     * @param backend computes
     * @param workers threads of what the backend does not compute
     * @param corpus whose histories the model sees
     * @param features of its items
     * @param options sizes
     * @param seed of the first parameters
     */
    BenchModel make(
        Backend backend,
        Workers workers,
        Corpus corpus,
        Features features,
        ModelOptions options,
        long seed);
  }

  /** The models that can be measured. */
  public enum Kind {
    /** General and exact search unit with the click head. */
    SEMINAR(interest(Method.Kind.SEMINAR)),
    /** The pretraining search unit with its three losses. */
    PSU(BenchModel::pretraining),
    /** As SEMINAR, without the maps G. */
    TWIN(interest(Method.Kind.TWIN)),
    /** Hard search by category. */
    SIM_HARD(interest(Method.Kind.SIM_HARD)),
    /** Trained search. */
    SIM_SOFT(interest(Method.Kind.SIM_SOFT)),
    /** Search by SimHash. */
    ETA(interest(Method.Kind.ETA)),
    /** Search by query, then by item. */
    QIN(interest(Method.Kind.QIN)),
    /** Sums over hash buckets. */
    SDIM(interest(Method.Kind.SDIM)),
    /** The latest events. */
    LATEST(interest(Method.Kind.LATEST));

    private final Maker maker;

    Kind(Maker maker) {
      this.maker = maker;
    }

    /** Makes models of this kind. */
    public Maker maker() {
      return maker;
    }
  }

  private static Maker interest(Method.Kind kind) {
    return (backend, workers, corpus, features, options, seed) -> {
      InterestModel model =
          new InterestModel(backend, corpus, features, options, Method.of(kind), seed);
      return new BenchModel(model, model::score, () -> model.scorer()::score);
    };
  }

  private static BenchModel pretraining(
      Backend backend,
      Workers workers,
      Corpus corpus,
      Features features,
      ModelOptions options,
      long seed) {
    PretrainingSearchUnit unit =
        new PretrainingSearchUnit(
            backend, workers, corpus, features, options, PsuOptions.paper(), seed);
    return new BenchModel(unit, unit::score, () -> unit::score);
  }
}
