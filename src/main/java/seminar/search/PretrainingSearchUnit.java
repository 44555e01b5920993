package seminar.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.data.Queries;
import seminar.feature.Features;
import seminar.loss.AlignmentInput;
import seminar.loss.AlignmentLoss;
import seminar.loss.AlignmentOptions;
import seminar.loss.NextPairLoss;
import seminar.loss.RelevanceLoss;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.loss.RelevancePairs;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.ClickHead;
import seminar.model.Fusion;
import seminar.model.Gate;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.model.TargetAttention;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.Trainable;

/**
 * The pretraining search unit (paper §3.3.1; our PSU-1 to PSU-4): target attention over a prefix of
 * the life and &lt;EOS&gt;, and three losses on the same channels.
 *
 * <pre>
 *   PSU-1  L_PSU = w_next L_next^pair + w_align L_align + w_qi L_query-item
 *   PSU-2  L_next^pair: which pair came next?           NextPairLoss
 *   PSU-3  L_align: which text belongs to which image?  AlignmentLoss, in chunks of a history
 *   PSU-4  L_query-item: which item did a query find?   RelevanceLoss
 * </pre>
 *
 * <p>The three share one encoding of the distinct items and queries of a batch, and one backward
 * pass of it. Shapes: E events, C candidates, U distinct items, V distinct queries, d dims. Cost of
 * a history of L events: O(L d²) for the channels, O(L H d) for each target, O(L² / N_ch) for the
 * alignment.
 *
 * <p>Thread safety: one thread at a time; backend and losses use their own threads inside.
 */
public final class PretrainingSearchUnit implements Trainable {
  private final Backend backend;
  private final Workers workers;
  private final Corpus corpus;
  private final ModelOptions model;
  private final PsuOptions options;
  private final Parameters parameters;
  private final Channels channels;
  private final Fusion fusion;
  private final Fusion nextFusion;
  private final TargetAttention attention;
  private final ClickHead head;
  private final Parameter logInverseTemperature;
  private final Parameter cosineLogit; // log a, b
  private final NextPairLoss nextPair;
  private final RelevanceLoss relevance;
  private AlignmentLoss alignmentLoss;
  private final boolean padded;
  private final Scratch scratch = new Scratch();

  /**
   * A fresh unit.
   *
   * @param workers who work on the chunks of the alignment
   * @param seed seed of the initial parameters
   */
  public PretrainingSearchUnit(
      Backend backend,
      Workers workers,
      Corpus corpus,
      Features features,
      ModelOptions model,
      PsuOptions options,
      long seed) {
    this.backend = backend;
    this.workers = workers;
    this.corpus = corpus;
    this.model = model;
    this.options = options;
    parameters = new Parameters(seed);
    channels =
        new Channels(backend, parameters, corpus.catalog(), corpus.queries(), features, model);
    Gate gate = new Gate(backend, parameters, model);
    fusion = Fusion.plain(backend, gate, model);
    nextFusion =
        switch (options.restoringInside()) {
          case NONE -> fusion;
          case RELEASED ->
              Fusion.restored(
                  backend,
                  gate,
                  new Restoring(backend, parameters, model),
                  Set.of(Restoring.Channel.ATTRIBUTES, Restoring.Channel.QUERY),
                  model);
        };
    attention = new TargetAttention(backend, parameters, model.with(model.attention().shared()));
    head = new ClickHead(backend, parameters, corpus.catalog().eos(), model);
    logInverseTemperature = parameters.dense("loss/logInverseTemperature", 1, 1, 0);
    cosineLogit = parameters.dense("loss/cosineLogit", 1, 2, 0);
    startLosses();
    nextPair = new NextPairLoss(backend, options.balance());
    alignmentLoss = new AlignmentLoss(backend, workers, options.alignment());
    relevance = new RelevanceLoss(backend, workers, options.relevance());
    padded = model.attention().padding() == AttentionOptions.Padding.RELEASED;
  }

  private void startLosses() {
    double temperature = options.alignment().temperature();
    logInverseTemperature.set(new float[] {(float) -Math.log(temperature)});
    logInverseTemperature.freeze(!options.learnedTemperature());
    CosineLogit logit = options.logit();
    cosineLogit.set(new float[] {(float) Math.log(logit.scale()), (float) logit.bias()});
    cosineLogit.freeze(!options.learnedLogit());
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /** The shape of this unit. */
  public ModelOptions model() {
    return model;
  }

  /** What it learns from. */
  public PsuOptions options() {
    return options;
  }

  /** τ of the alignment, as it is now. */
  public double temperature() {
    if (!options.learnedTemperature()) {
      return options.alignment().temperature();
    }
    double learned = Math.exp(-logInverseTemperature.value().get(0, 0));
    return Math.max(AlignmentOptions.LOWEST_TEMPERATURE, learned);
  }

  /** From cosine to logit of the relevance, as it is now. */
  public CosineLogit logit() {
    if (!options.learnedLogit()) {
      return options.logit();
    }
    Matrix now = cosineLogit.value();
    return new CosineLogit(Math.exp(now.get(0, 0)), now.get(0, 1));
  }

  /** Click logits of all candidates of a batch [C]: which pair comes next? */
  public float[] score(Batch batch) {
    return next(encode(batch), attention::score).toArray();
  }

  /**
   * A scorer that has encoded every item and query of the corpus once; for evaluations that score
   * many batches. The parameters must not move while it is used.
   */
  public Scorer scorer() {
    CatalogVectors vectors =
        CatalogVectors.of(
            backend, channels, nextFusion, corpus.catalog(), corpus.queries(), model.dims());
    return plain -> {
      Batch batch = withEnd(plain);
      vectors.pairs(batch.items(), batch.queries(), keys(batch));
      vectors.pairs(batch.candidateItems(), batch.candidateQueries(), targets(batch));
      return attend(batch, attention::score).toArray();
    };
  }

  /**
   * The vectors of distinct items and queries, for measuring what was learned.
   *
   * @param modalities x^T, x^I, x^A of the items, [U, d] each
   * @param present whether item u has modality m, at {@code [m][u]}
   * @param items fused items [U, d]
   * @param queries x^Q [V, d]
   */
  public record Encoding(
      float[][] modalities, boolean[][] present, float[] items, float[] queries) {}

  /** Encodes distinct items and queries, as the losses see them. */
  public Encoding encode(int[] items, int[] queries) {
    channels.encodeAlone(items, queries);
    fusion.fuse(channels);
    float[][] modalities = new float[channels.modalities().length][];
    Arrays.setAll(modalities, m -> channels.modalities()[m].toArray());
    return new Encoding(
        modalities, channels.present(), fusion.items().toArray(), fusion.queries().toArray());
  }

  /** The batch with &lt;EOS&gt; as its event E and the pad, where one is needed, as E + 1. */
  private Batch withEnd(Batch plain) {
    Batch batch = plain.plusEvent(corpus.catalog().eos(), corpus.queries().eosQuery());
    return needsPad() ? batch.plusEvent(0, Queries.EMPTY) : batch;
  }

  private Batch encode(Batch plain) {
    Batch batch = withEnd(plain);
    channels.encode(batch);
    fusion.fuse(channels);
    if (nextFusion != fusion) {
      nextFusion.fuse(channels);
    }
    return batch;
  }

  private boolean needsPad() {
    return padded
        || options.chunks() == PsuOptions.Chunks.RELEASED
        || options.negatives() == PsuOptions.RelevanceNegatives.RELEASED;
  }

  private int endEvent(Batch batch) {
    return batch.items().length - (needsPad() ? 2 : 1);
  }

  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    parameters.clearGradients();
    Batch batch = encode(labelled.batch());
    PairTask task = new PairTask(batch, channels, model.sequenceLength(), endEvent(batch));
    Map<String, Double> terms = new LinkedHashMap<>();
    double total = 0;
    double weight = options.weights().nextPair();
    if (weight > 0) {
      terms.put("next pair", nextPair(batch, weight));
      total += weight * terms.get("next pair");
    }
    weight = options.weights().alignment();
    if (weight > 0) {
      terms.put("alignment", align(task, weight));
      total += weight * terms.get("alignment");
    }
    weight = options.weights().relevance();
    if (weight > 0) {
      SplittableRandom rng = Rng.stream("relevance", labelled.seed());
      terms.put("relevance", relate(task, weight, rng));
      total += weight * terms.get("relevance");
    }
    if (nextFusion != fusion) {
      nextFusion.backward();
    }
    fusion.backward();
    channels.backward();
    return new StepLoss(total, terms);
  }

  /** PSU-2, with its gradient on pairs. */
  private double nextPair(Batch batch, double weight) {
    Matrix logits = next(batch, attention::forward);
    int c = logits.rows();
    Matrix dLogits = scratch.matrix("dLogits", c, 1);
    double value = nextPair.of(logits, batch.targets().candidates(), weight, dLogits);
    Matrix du = scratch.zeros("du", c, model.dims());
    Matrix dt = scratch.zeros("dt", c, model.dims());
    head.backward(dLogits, du, dt);
    Matrix dKeys = scratch.zeros("dKeys", batch.items().length, model.dims());
    attention.backward(du, dKeys, dt);
    nextFusion.pairsBackward(dKeys, dt);
    return value;
  }

  /** From fused items and queries to the logits of the candidates [C, 1]. */
  private Matrix next(Batch batch, TargetAttention.Pass pass) {
    nextFusion.pairs(keys(batch), targets(batch));
    return attend(batch, pass);
  }

  private Matrix keys(Batch batch) {
    return scratch.matrix("keys", batch.items().length, model.dims());
  }

  private Matrix targets(Batch batch) {
    return scratch.matrix("t", batch.candidateItems().length, model.dims());
  }

  /** From pairs to logits. */
  private Matrix attend(Batch batch, TargetAttention.Pass pass) {
    int c = batch.candidateItems().length;
    Matrix t = targets(batch);
    Matrix u = scratch.matrix("u", c, model.dims());
    Matrix logits = scratch.matrix("logits", c, 1);
    TargetAttention.Beside beside = TargetAttention.Beside.end(endEvent(batch));
    if (padded) {
      beside = beside.padded(batch.items().length - 1, model.sequenceLength());
    }
    pass.attend(keys(batch), t, batch.targets(), beside, u);
    head.forward(u, t, batch, logits);
    return logits;
  }

  /** PSU-3, with its gradient on the modalities. */
  private double align(PairTask task, double weight) {
    AlignmentOptions alignment = options.alignment();
    AlignmentInput input;
    if (options.chunks() == PsuOptions.Chunks.RELEASED) {
      alignment = alignment.withChunkLength(task.releasedChunkLength());
      input = task.alignedAsReleased();
    } else {
      input = task.aligned();
    }
    double temperature = temperature();
    AlignmentLoss.Value value =
        alignmentLoss(alignment).of(input, temperature, weight, channels.dModalities());
    if (!options.learnedTemperature()) {
      return value.loss();
    }
    boolean bound = temperature <= AlignmentOptions.LOWEST_TEMPERATURE;
    double slope = -temperature * value.dTemperature(); // d / d log(1/τ)
    logInverseTemperature
        .gradient()
        .set(new float[] {bound && slope < 0 ? 0 : (float) (weight * slope)});
    return value.loss();
  }

  /**
   * The loss of the step before, whose memory is used again, unless chunks are longer or shorter.
   */
  private AlignmentLoss alignmentLoss(AlignmentOptions alignment) {
    if (!alignmentLoss.options().equals(alignment)) {
      alignmentLoss = new AlignmentLoss(backend, workers, alignment);
    }
    return alignmentLoss;
  }

  /** PSU-4, with its gradient on fused items and queries. */
  private double relate(PairTask task, double weight, SplittableRandom rng) {
    RelevancePairs pairs =
        options.negatives() == PsuOptions.RelevanceNegatives.RELEASED
            ? task.withSharedPlaces(options.negativeCount(), rng)
            : task.withOtherItems(options.negativeCount(), rng);
    CosineLogit logit = logit();
    RelevanceLoss.Value value =
        relevance.of(
            fusion.queries(),
            fusion.items(),
            pairs,
            logit,
            weight,
            fusion.dQueries(),
            fusion.dItems());
    if (options.learnedLogit()) {
      float dLogScale = (float) (weight * value.dScale() * logit.scale());
      cosineLogit.gradient().set(new float[] {dLogScale, (float) (weight * value.dBias())});
    }
    return value.loss();
  }
}
