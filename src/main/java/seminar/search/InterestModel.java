package seminar.search;

import java.util.ArrayList;
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
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.ClickHead;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.train.LabelledBatch;
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
  private final Interest interest;
  private final Optional<Interest> shortTerm;
  private final ClickHead head;
  private final ClickLoss loss;
  private final ModelOptions options;
  private final Method method;
  private final boolean padded;
  private final Scratch scratch = new Scratch();

  /**
   * A fresh model.
   *
   * @param method how it finds the interest
   * @param seed seed of the initial parameters
   */
  public InterestModel(
      Backend backend,
      Corpus corpus,
      Features features,
      ModelOptions options,
      Method method,
      long seed) {
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
    fields = new PairFields(channels, parts.fusions(), options.dims());
    interest = parts.interest();
    shortTerm =
        options.shortTerm() == 0
            ? Optional.empty()
            : Optional.of(new LatestAttention(backend, parameters, options));
    head = new ClickHead(backend, parameters, corpus.catalog().eos(), options);
    loss = new ClickLoss(backend);
    padded = FullAttention.isPadded(options);
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
    answer(encode(batch));
    return logits(batch).toArray();
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
    Attended attended = answer(encoded, u -> interest.explained(encoded, u));
    return new Explanation(logits(batch).toArray(), attended);
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
    if (!method.choosesByAttention() || padded) {
      throw new IllegalArgumentException(
          "%s%s does not let each head choose among events alone: ask SEMINAR or TWIN without pads"
              .formatted(method.kind(), padded ? " with pads" : ""));
    }
    EncodedBatch encoded = encode(batch);
    Attended attended = answer(encoded, u -> interest.over(choice, encoded, u));
    return new Explanation(logits(batch).toArray(), attended);
  }

  /**
   * The vectors of pairs and what heads look for, for a search outside the model. The parameters
   * must not move while it is used.
   *
   * @throws IllegalArgumentException if this model does not choose events by inner products alone
   */
  public PairVectors vectors() {
    PairVectors.checkChoice(method, options);
    return new PairVectors(channels, fields.whole(), interest::headQueries, options);
  }

  /**
   * A scorer that has encoded every item and query of the corpus once; for evaluations that score
   * many batches. The parameters must not move while it is used.
   */
  public Scorer scorer() {
    List<CatalogVectors> tables = fields.tables(backend, corpus);
    return batch -> {
      answer(fields.lookUp(tables, withPad(batch)));
      return logits(batch).toArray();
    };
  }

  private EncodedBatch encode(Batch batch) {
    return fields.encode(withPad(batch), false, Interests.EVALUATION);
  }

  /** From pairs to logits. */
  private Attended answer(EncodedBatch encoded) {
    return answer(encoded, u -> interest.forward(encoded, u));
  }

  private Attended answer(EncodedBatch encoded, Function<Matrix, Attended> interested) {
    Batch batch = encoded.batch();
    Matrix u = scratch.matrix("u", encoded.count(), options.dims());
    Attended attended = interested.apply(u);
    List<Matrix> interests = new ArrayList<>(List.of(u));
    if (shortTerm.isPresent()) {
      Matrix latest = scratch.matrix("shortTerm", encoded.count(), options.dims());
      shortTerm.get().forward(encoded, latest);
      interests.add(latest);
    }
    head.forward(interests, encoded.candidates(), batch, logits(batch));
    return attended;
  }

  /** The pad, where there is one, is an event of no history. */
  private Batch withPad(Batch batch) {
    return padded ? batch.plusEvent(0, Queries.EMPTY) : batch;
  }

  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    parameters.clearGradients();
    EncodedBatch encoded = fields.encode(withPad(labelled.batch()), true, labelled.seed());
    answer(encoded);
    int c = encoded.count();
    Matrix dLogits = scratch.matrix("dLogits", c, 1);
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("click", loss.of(logits(encoded.batch()), labelled.labels(), dLogits));

    List<Matrix> du = new ArrayList<>(List.of(scratch.zeros("du", c, options.dims())));
    shortTerm.ifPresent(latest -> du.add(scratch.zeros("dShortTerm", c, options.dims())));
    EncodedBatch.Gradient gradient = fields.gradient(encoded.batch());
    head.backward(dLogits, du, gradient.candidates().getFirst());
    interest.backward(du.getFirst(), gradient);
    shortTerm.ifPresent(latest -> latest.backward(du.getLast(), gradient));
    double auxiliary = interest.auxiliary(labelled.labels(), gradient);
    if (auxiliary != 0) {
      terms.put("search", auxiliary);
    }
    fields.backward(gradient);
    return new StepLoss(terms.values().stream().mapToDouble(value -> value).sum(), terms);
  }

  private Matrix logits(Batch batch) {
    return scratch.matrix("logits", batch.candidateItems().length, 1);
  }
}
