package seminar.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.data.Corpus;
import seminar.data.ItemCategories;
import seminar.model.AttentionOptions;
import seminar.model.Fusion;
import seminar.model.Gate;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.model.SequenceOptions;
import seminar.model.StackedAttention;
import seminar.model.TargetAttention;

/**
 * Puts the parts of each {@link Method} together.
 *
 * @param fusions the fields of a pair, the whole pair first
 * @param interest what is made of them; empty for a method that has none
 * @param sequence which field a self-attention over the history reads
 * @param taskGate what makes whole pairs that have a query, if not the same as others
 */
record Interests(
    List<Fusion> fusions, Optional<Interest> interest, int sequence, Optional<TaskGate> taskGate) {
  /** The seed that stands for an evaluation, where nothing is drawn anew. */
  static final long EVALUATION = 0;

  static Interests of(
      Method method, Backend backend, Parameters parameters, Corpus corpus, ModelOptions options) {
    List<Fusion> fusions = fusions(method, backend, parameters, options);
    boolean alone = method instanceof Method.SasRec;
    return new Interests(
        fusions,
        alone
            ? Optional.empty()
            : Optional.of(interest(method, backend, parameters, corpus, options)),
        sequenceByIds(options) ? fusions.size() - 1 : 0,
        taskGate(backend, parameters, options));
  }

  private static Optional<TaskGate> taskGate(
      Backend backend, Parameters parameters, ModelOptions options) {
    if (!options.channels().taskGate()) {
      return Optional.empty();
    }
    Gate gate = new Gate(backend, parameters, "channel/gate/search", options);
    Fusion searched = Fusion.plain(backend, gate, options);
    return Optional.of(new TaskGate(backend, searched, options.dims()));
  }

  private static boolean sequenceByIds(ModelOptions options) {
    return options.sequence().applies() && options.sequence().input() == SequenceOptions.Input.IDS;
  }

  private static List<Fusion> fusions(
      Method method, Backend backend, Parameters parameters, ModelOptions options) {
    Gate gate = new Gate(backend, parameters, options);
    Set<Restoring.Channel> ids = Set.of(Restoring.Channel.ATTRIBUTES);
    if (method instanceof Method.Qin && released(method)) {
      return List.of(Fusion.of(backend, gate, ids, options));
    }
    boolean byIds = sequenceByIds(options);
    if (method instanceof Method.SasRec && byIds) {
      return List.of(Fusion.of(backend, gate, ids, options));
    }
    List<Fusion> fusions = new ArrayList<>(List.of(Fusion.plain(backend, gate, options)));
    if (method instanceof Method.Qin qin && qin.fusedFields()) {
      Set<Restoring.Channel> content =
          Set.of(Restoring.Channel.TEXT, Restoring.Channel.IMAGE, Restoring.Channel.QUERY);
      fusions.add(Fusion.of(backend, gate, ids, options));
      fusions.add(Fusion.of(backend, gate, content, options));
    }
    if (method instanceof Method.User || method instanceof Method.Sesrec) {
      Set<Restoring.Channel> items =
          Set.of(Restoring.Channel.TEXT, Restoring.Channel.IMAGE, Restoring.Channel.ATTRIBUTES);
      fusions.add(Fusion.of(backend, gate, items, options)); // IntegratedInterest.ITEMS
      fusions.add(Fusion.of(backend, gate, Set.of(Restoring.Channel.QUERY), options));
    }
    if (byIds) {
      fusions.add(Fusion.of(backend, gate, ids, options));
    }
    return fusions;
  }

  private static Interest interest(
      Method method, Backend backend, Parameters parameters, Corpus corpus, ModelOptions options) {
    int k = options.topK();
    return switch (method) {
      case Method.Seminar _, Method.Twin _ ->
          new FullAttention(new TargetAttention(backend, parameters, options), options);
      case Method.Latest _ -> twoStages(EventSearch.latest(k), backend, parameters, options);
      case Method.SimHard _ ->
          twoStages(
              new CategorySearch(ItemCategories.of(corpus.catalog()), k),
              backend,
              parameters,
              options);
      case Method.SimSoft sim -> {
        int largest = corpus.catalog().eos();
        EventSearch search =
            new TrainedSearch(
                backend, parameters, largest, options, sim.auxiliary(), released(sim));
        yield twoStages(search, backend, parameters, options);
      }
      case Method.Eta eta -> {
        SignBits bits =
            new SignBits(
                backend, parameters, options.dims(), eta.hashBits(), released(eta), eta.redrawn());
        yield twoStages(new HashSearch(bits, k), backend, parameters, options);
      }
      case Method.Qin qin -> {
        EventSearch search = querySearch(qin, backend, parameters, options);
        yield qin.fusedFields()
            ? new FusedFields(backend, parameters, search, given(options))
            : twoStages(search, backend, parameters, options);
      }
      case Method.Stca stca ->
          new StackedInterest(
              new StackedAttention(backend, parameters, stca.layers(), stca.hidden(), options),
              options.attention().heads());
      case Method.SasRec _ ->
          throw new IllegalArgumentException("SAS_REC has no interest in a candidate");
      case Method.User user -> new IntegratedInterest(backend, parameters, user, options);
      case Method.Sesrec sesrec -> new DisentangledInterest(backend, parameters, sesrec, options);
      case Method.Sdim sdim -> {
        int m = sdim.hashes() * sdim.hashWidth();
        SignBits bits = new SignBits(backend, parameters, options.dims(), m, released(sdim), false);
        yield new BucketPooling(backend, bits, sdim.hashes(), sdim.hashWidth(), sdim.normalised());
      }
    };
  }

  /**
   * A search that chooses K events, and target attention over these: SIM, ETA, QIN and the control
   * that takes the latest ones.
   */
  private record TwoStages(EventSearch search, TargetAttention attention) implements Interest {
    @Override
    public Attended forward(EncodedBatch encoded, Matrix u) {
      Matrix keys = encoded.pairs();
      Matrix t = encoded.candidates();
      Choice choice = search.choose(encoded);
      return encoded.learning()
          ? attention.forward(keys, t, encoded.groups(), choice, u)
          : attention.score(keys, t, encoded.groups(), choice, u);
    }

    @Override
    public void fix() {
      attention.fix();
    }

    @Override
    public void backward(Matrix du, EncodedBatch.Gradient gradient) {
      attention.backward(du, gradient.keys().getFirst(), gradient.candidates().getFirst());
    }

    @Override
    public double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
      return search.auxiliary(labels, gradient);
    }
  }

  private static Interest twoStages(
      EventSearch search, Backend backend, Parameters parameters, ModelOptions options) {
    return new TwoStages(search, new TargetAttention(backend, parameters, given(options)));
  }

  /** Attention over what a search has chosen has no search of its own. */
  private static ModelOptions given(ModelOptions options) {
    return options.withAttention(options.attention().withStages(AttentionOptions.Stages.SHARED));
  }

  private static boolean released(Method method) {
    return method.form() == Method.Form.RELEASED;
  }

  private static EventSearch querySearch(
      Method.Qin qin, Backend backend, Parameters parameters, ModelOptions options) {
    int d = options.dims();
    int k = options.topK();
    int first = Math.max(k, qin.firstK());
    QuerySearch search =
        released(qin)
            ? QuerySearch.released(backend, parameters, d, first, k)
            : QuerySearch.byCosine(backend, d, first, k);
    return qin.latestQuery() ? search.byLatestQuery() : search;
  }
}
