package seminar.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import seminar.compute.Backend;
import seminar.data.Corpus;
import seminar.data.ItemCategories;
import seminar.model.Fusion;
import seminar.model.Gate;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.model.TargetAttention;

/**
 * Puts the parts of each {@link Method} together.
 *
 * @param fusions the fields of a pair, the whole pair first
 * @param interest what is made of them
 */
record Interests(List<Fusion> fusions, Interest interest) {
  /** The seed that stands for an evaluation, where nothing is drawn anew. */
  static final long EVALUATION = 0;

  static Interests of(
      Method method, Backend backend, Parameters parameters, Corpus corpus, ModelOptions options) {
    return new Interests(
        fusions(method, backend, parameters, options),
        interest(method, backend, parameters, corpus, options));
  }

  private static List<Fusion> fusions(
      Method method, Backend backend, Parameters parameters, ModelOptions options) {
    Gate gate = new Gate(backend, parameters, options);
    Set<Restoring.Channel> ids = Set.of(Restoring.Channel.ATTRIBUTES);
    if (method.kind() == Method.Kind.QIN && method.form() == Method.Form.RELEASED) {
      return List.of(Fusion.of(backend, gate, ids, options));
    }
    List<Fusion> fusions = new ArrayList<>(List.of(Fusion.plain(backend, gate, options)));
    if (method.kind() == Method.Kind.QIN && method.fusedFields()) {
      Set<Restoring.Channel> content =
          Set.of(Restoring.Channel.TEXT, Restoring.Channel.IMAGE, Restoring.Channel.QUERY);
      fusions.add(Fusion.of(backend, gate, ids, options));
      fusions.add(Fusion.of(backend, gate, content, options));
    }
    return fusions;
  }

  private static Interest interest(
      Method method, Backend backend, Parameters parameters, Corpus corpus, ModelOptions options) {
    int k = options.topK();
    return switch (method.kind()) {
      case SEMINAR, TWIN ->
          new FullAttention(new TargetAttention(backend, parameters, options), options);
      case LATEST -> twoStages(new LastEvents(k), backend, parameters, options);
      case SIM_HARD ->
          twoStages(
              new CategorySearch(ItemCategories.of(corpus.catalog()), k),
              backend,
              parameters,
              options);
      case SIM_SOFT -> {
        boolean biased = method.form() == Method.Form.RELEASED;
        int largest = corpus.catalog().eos();
        EventSearch search =
            new TrainedSearch(backend, parameters, largest, options, method.auxiliary(), biased);
        yield twoStages(search, backend, parameters, options);
      }
      case ETA -> {
        RandomProjection projection =
            projection(method, parameters, options.dims(), method.hashBits());
        yield twoStages(new HashSearch(backend, projection, k), backend, parameters, options);
      }
      case QIN -> {
        EventSearch search = querySearch(method, backend, parameters, options);
        yield method.fusedFields()
            ? new FusedFields(backend, parameters, search, given(options))
            : twoStages(search, backend, parameters, options);
      }
      case SDIM -> {
        int bits = method.hashes() * method.hashWidth();
        RandomProjection projection = projection(method, parameters, options.dims(), bits);
        yield new BucketPooling(
            backend, projection, method.hashes(), method.hashWidth(), method.normalised());
      }
    };
  }

  private static Interest twoStages(
      EventSearch search, Backend backend, Parameters parameters, ModelOptions options) {
    return new TwoStages(search, new TargetAttention(backend, parameters, given(options)));
  }

  /** Attention over what a search has chosen has no search of its own. */
  private static ModelOptions given(ModelOptions options) {
    return options.with(options.attention().shared());
  }

  private static RandomProjection projection(
      Method method, Parameters parameters, int dims, int bits) {
    boolean biased = method.form() == Method.Form.RELEASED;
    return new RandomProjection(parameters, dims, bits, biased, method.redrawn(), EVALUATION);
  }

  private static EventSearch querySearch(
      Method method, Backend backend, Parameters parameters, ModelOptions options) {
    int d = options.dims();
    int k = options.topK();
    int first = Math.max(k, method.firstK());
    return method.form() == Method.Form.RELEASED
        ? QuerySearch.released(backend, parameters, d, first, k)
        : QuerySearch.byCosine(backend, d, first, k);
  }
}
