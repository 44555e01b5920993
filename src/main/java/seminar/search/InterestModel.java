package seminar.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.data.Queries;
import seminar.feature.Features;
import seminar.loss.ClickLoss;
import seminar.loss.NextItemOptions;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.train.Batches;
import seminar.train.LabelledBatch;
import seminar.train.NextItems;
import seminar.train.StepLoss;
import seminar.train.Trainable;

/**
 * A click model with a long-term interest: SEMINAR, or one of its peers ({@link Method}).
 *
 * <pre>
 *   channels of distinct items and queries     Channels
 *   pairs k of events, t of candidates         Fusion, PairFields
 *   u, the interest of each candidate          Interest: where the methods differ
 *   ST-1   u_S, the same of the latest events  LatestAttention, if asked for
 *   CTR-1  logit = f_θ(u, t, …)                ClickHead
 *   CTR-2  L = L_ctr [+ auxiliary]             ClickLoss
 * </pre>
 *
 * <p>Shapes: E events, C candidates, d dims.
 *
 * <p>Of SEMINAR (paper §3.3.2): channels restored from the PSU, maps G_j, the K best events of each
 * head (GSU), attention over them (ESU). Without G ({@link ModelOptions.Restoring#NONE}) and
 * without pretraining it is TWIN's target attention.
 *
 * <pre>
 *   GSU-1  x^(j) ← x^PSU(j) G_j          Restoring, ChannelMap
 *   GSU-2  the K best events of a head   TargetAttention, TA-2
 *   ESU-1  u = [head_1 … head_H] W_O     TargetAttention, TA-3 and TA-4
 * </pre>
 *
 * <p>Thread safety: one thread at a time; the backend uses its own threads inside.
 */
public class InterestModel implements Trainable {
  private final Backend backend;
  private final Corpus corpus;
  private final Parameters parameters;
  private final Channels channels;
  private final PairFields fields;
  private final PairScorer scorer;
  private final ClickLoss loss;
  private final ModelOptions options;
  private final Method method;
  private final boolean padded;
  private final Optional<StaleKeys> codes;
  private final NextItemOptions nextItem;
  private final Optional<NextItemTerm> nextItemTerm;
  private final Scratch scratch = new Scratch();

  /**
   * A fresh model.
   *
   * @param method how it finds the interest
   * @param seed seed of the initial parameters
   * @throws IllegalArgumentException if training is to choose by codes ({@link
   *     ModelOptions#attention}) and heads of this method do not choose for themselves, or the
   *     method needs a self-attention over the history and there is none
   */
  public InterestModel(
      Backend backend,
      Corpus corpus,
      Features features,
      ModelOptions options,
      Method method,
      long seed) {
    this(backend, corpus, features, options, method, NextItemOptions.none(), seed);
  }

  /**
   * The same, which learns too which item comes next after every event.
   *
   * @throws IllegalArgumentException if that is asked of a model without a self-attention over the
   *     history ({@link ModelOptions#sequence})
   */
  public InterestModel(
      Backend backend,
      Corpus corpus,
      Features features,
      ModelOptions options,
      Method method,
      NextItemOptions nextItem,
      long seed) {
    checkCoded(method, options);
    this.backend = backend;
    this.corpus = corpus;
    this.options = options;
    this.method = method;
    parameters = new Parameters(seed);
    channels =
        new Channels(backend, parameters, corpus.catalog(), corpus.queries(), features, options);
    boolean restoring = options.restoring() != ModelOptions.Restoring.NONE;
    if (method instanceof Method.Seminar && restoring) {
      channels.restoreBy(new Restoring(parameters, options));
    }
    Interests parts = Interests.of(method, backend, parameters, corpus, options);
    fields = new PairFields(channels, parts.fusions(), parts.taskGate(), options.dims());
    scorer = new PairScorer(method, parts, backend, parameters, corpus, options);
    loss = new ClickLoss(backend);
    this.nextItem = nextItem;
    nextItemTerm = nextItem.applies() ? Optional.of(nextItemTerm()) : Optional.empty();
    padded = FullAttention.isPadded(options);
    codes = options.attention().coded().applies() ? Optional.of(codes(seed)) : Optional.empty();
  }

  private NextItemTerm nextItemTerm() {
    SequenceBranch branch =
        scorer
            .sequence()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nextItem.negatives is %d, but sequence.layers is 0: what comes next is"
                                .formatted(nextItem.negatives())
                            + " learned by a self-attention over the history; give it layers"));
    return new NextItemTerm(
        backend, fields, branch, nextItem, corpus.catalog().size(), options.dims());
  }

  private static void checkCoded(Method method, ModelOptions options) {
    if (options.attention().coded().applies() && !method.choosesByAttention()) {
      throw new IllegalArgumentException(
          "attention.coded.every is %d, but heads of %s do not choose for themselves: take SEMINAR or"
                  .formatted(options.attention().coded().every(), method.kind())
              + " TWIN, or 0");
    }
  }

  private StaleKeys codes(long seed) {
    return new StaleKeys(
        backend, Workers.common(), parameters, corpus, channels, fields.whole(), options, seed);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /** The shape of this model. */
  public ModelOptions options() {
    return options;
  }

  /** How it finds the interest. */
  public Method method() {
    return method;
  }

  /**
   * Takes over what a pretrained search unit has learned; a GSU with its own projections gets those
   * of the PSU.
   *
   * @param weights parameters of the PSU by name
   * @throws IllegalArgumentException if one of them has another size here, or none fits
   */
  public void restore(Map<String, float[]> weights, Restored which) {
    which.copy(weights, parameters, method.choosesByAttention());
  }

  /** Click logits of all candidates of a batch [C]. */
  public float[] score(Batch batch) {
    return score(encode(batch));
  }

  private float[] score(EncodedBatch encoded) {
    scorer.forward(encoded);
    return scorer.logits(encoded.count()).toArray();
  }

  /**
   * Scores with their reasons.
   *
   * @param scores click logits [C]
   * @param attended which events each head (or hash) of each candidate chose for the long-term
   *     interest, and their weights; the latest events of a short term are not among them. Its
   *     pooled vectors are valid until the model's next call
   */
  public record Explanation(float[] scores, Attended attended) {}

  /**
   * Click logits of all candidates of a batch, and which events led to them. STCA says the weights
   * that its last layer gives to every event, which takes C · H · L places: ask for few candidates
   * at a time.
   */
  public Explanation explain(Batch batch) {
    EncodedBatch encoded = encode(batch);
    return explanation(encoded, u -> scorer.interest().explained(encoded, u));
  }

  private Explanation explanation(EncodedBatch encoded, Function<Matrix, Attended> interested) {
    Attended attended = scorer.forward(encoded, interested);
    return new Explanation(scorer.logits(encoded.count()).toArray(), attended);
  }

  /**
   * The same, had each head kept these events: what a search outside the model changes in the
   * answer. Weights are the model's own.
   *
   * @param choice at most K events for each candidate and head, oldest first
   * @throws IllegalArgumentException if heads of this model do not choose for themselves, or it has
   *     pads
   */
  public Explanation explain(Batch batch, Choice choice) {
    checkChoosing();
    return explanation(encode(batch), choice);
  }

  private Explanation explanation(EncodedBatch encoded, Choice choice) {
    return explanation(encoded, u -> scorer.interest().over(choice, encoded, u));
  }

  private void checkChoosing() {
    if (!method.choosesByAttention() || padded) {
      throw new IllegalArgumentException(
          "%s%s does not let each head choose among events alone: ask SEMINAR or TWIN without pads"
              .formatted(method.kind(), padded ? " with pads" : ""));
    }
  }

  /**
   * The vectors of pairs and what heads look for, for a search outside the model. The parameters
   * must not move while it is used.
   *
   * @throws IllegalArgumentException if this model does not choose events by inner products alone
   */
  public PairVectors vectors() {
    PairVectors.checkChoice(method, options);
    return new PairVectors(channels, fields.whole(), scorer.interest(), options);
  }

  /**
   * A scorer that has encoded every item and query of the corpus once; for evaluations that score
   * many batches. The parameters must not move while it is used.
   */
  public Scorer scorer() {
    List<CatalogVectors> tables = fields.tables(backend, corpus);
    return batch -> score(fields.lookUp(tables, withPad(batch)));
  }

  /** Every item and query of the corpus, encoded once, for requests that come one by one. */
  public PairTable pairTable() {
    List<CatalogVectors> tables = fields.tables(backend, corpus);
    return new PairTable(tables.getFirst(), options.dims(), corpus.queries().size());
  }

  /**
   * What scores requests on one thread. The parameters are copied as they are now.
   *
   * @param table of this model
   * @throws IllegalArgumentException if this model pads histories, attends field by field, has a
   *     gate for each task or reads side features, which requests of one user do not bring
   */
  public RequestScorer requestScorer(PairTable table) {
    if (options.channels().taskGate()) {
      throw new IllegalArgumentException(
          "%s with a gate for each task scores no single requests: rank with the model itself"
              .formatted(method.kind()));
    }
    if (padded || fields.count() > 1 || options.head().sideFeatures() > 0) {
      throw new IllegalArgumentException(
          "%s with %s scores no single requests: rank with the model itself"
              .formatted(
                  method.kind(),
                  padded ? "pads" : fields.count() > 1 ? "fused fields" : "side features"));
    }
    return new RequestScorer(method, options, corpus, parameters, table);
  }

  /**
   * As {@link #scorer}, with reasons, and for events that something else has chosen.
   *
   * @throws IllegalArgumentException as {@link #explain(Batch, Choice)}
   */
  public Explainer explainer() {
    checkChoosing();
    List<CatalogVectors> tables = fields.tables(backend, corpus);
    return (batch, choice) -> {
      EncodedBatch encoded = fields.lookUp(tables, batch);
      return choice.isPresent()
          ? explanation(encoded, choice.get())
          : explanation(encoded, u -> scorer.interest().forward(encoded, u));
    };
  }

  private EncodedBatch encode(Batch batch) {
    return fields.encode(withPad(batch), false, Interests.EVALUATION);
  }

  /** The pad, where there is one, is an event of no history. */
  private Batch withPad(Batch batch) {
    return padded ? batch.plusEvent(0, Queries.EMPTY) : batch;
  }

  /** Makes codes anew, where this training chooses by codes and it is time. */
  @Override
  public void renew(int step, Batches batches) {
    codes.ifPresent(stale -> stale.renew(step, batches));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this training chooses by codes and there are none yet
   */
  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    parameters.clearGradients();
    EncodedBatch encoded = encode(labelled);
    scorer.forward(encoded);
    Map<String, Double> terms = new LinkedHashMap<>();
    EncodedBatch.Gradient gradient = fields.gradient(encoded.batch());
    if (scorer.learnsFromClicks()) {
      learnClicks(labelled, encoded, gradient, terms);
    }
    nextItemTerm.ifPresent(
        term ->
            labelled
                .nextItems()
                .ifPresent(items -> terms.put("next item", term.of(items, nextItem.weight()))));
    scorer.sequence().ifPresent(branch -> branch.backward(gradient));
    fields.backward(encoded.batch(), gradient);
    return new StepLoss(terms.values().stream().mapToDouble(value -> value).sum(), terms);
  }

  private void learnClicks(
      LabelledBatch labelled,
      EncodedBatch encoded,
      EncodedBatch.Gradient gradient,
      Map<String, Double> terms) {
    Matrix dLogits = scratch.matrix("dLogits", encoded.count(), 1);
    Matrix logits = scorer.logits(encoded.count());
    terms.put("click", loss.of(logits, labelled.labels(), labelled.weights(), dLogits));
    double auxiliary = scorer.backward(dLogits, labelled.labels(), encoded, gradient);
    if (auxiliary != 0) {
      terms.put("search", auxiliary);
    }
  }

  private EncodedBatch encode(LabelledBatch labelled) {
    int[] others =
        nextItemTerm.isEmpty()
            ? new int[0]
            : labelled.nextItems().map(NextItems::named).orElse(new int[0]);
    EncodedBatch exact = fields.encode(withPad(labelled.batch()), others, true, labelled.seed());
    return codes.map(stale -> exact.chosenBy(stale.keys(labelled.batch()))).orElse(exact);
  }
}
