package seminar.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.loss.LossTerms;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.Fusion;
import seminar.model.Gate;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.Trainable;

/**
 * The pretraining search unit (paper §3.3.1; our PSU-1 to PSU-4): target attention over a prefix of
 * the history and &lt;EOS&gt;, and three losses on the same channels.
 *
 * <pre>
 *   PSU-1  L_PSU = w_next L_next^pair + w_align L_align + w_qi L_query-item
 *   PSU-2  L_next^pair: which pair came next?           NextPairTerm
 *   PSU-3  L_align: which text belongs to which image?  AlignmentTerm, in chunks of a history
 *   PSU-4  L_query-item: which item did a query find?   RelevanceTerm
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
  private final Corpus corpus;
  private final ModelOptions model;
  private final PsuOptions options;
  private final Parameters parameters;
  private final Channels channels;
  private final Fusion fusion;
  private final Fusion nextFusion; // the same, unless channels pass G inside L_next^pair
  private final List<Fusion> fusions; // in the order of the backward pass
  private final NextPairTerm nextPair;
  private final AlignmentTerm alignment;
  private final RelevanceTerm relevance;

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
                  new Restoring(parameters, model),
                  Set.of(Restoring.Channel.ATTRIBUTES, Restoring.Channel.QUERY),
                  model);
        };
    fusions = Stream.of(nextFusion, fusion).distinct().toList();
    int eos = corpus.catalog().eos();
    nextPair = new NextPairTerm(backend, parameters, nextFusion, eos, model, options.balance());
    alignment = new AlignmentTerm(backend, workers, parameters, options);
    relevance = new RelevanceTerm(backend, workers, parameters, options);
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
    return alignment.temperature();
  }

  /** From cosine to logit of the relevance, as it is now. */
  public CosineLogit logit() {
    return relevance.logit();
  }

  /** Click logits of all candidates of a batch [C]: which pair comes next? */
  public float[] score(Batch batch) {
    return nextPair.score(encode(batch));
  }

  /**
   * A scorer that has encoded every item and query of the corpus once; for evaluations that score
   * many batches. The parameters must not move while it is used.
   */
  public Scorer scorer() {
    CatalogVectors vectors =
        CatalogVectors.of(
            backend, channels, nextFusion, corpus.catalog(), corpus.queries(), model.dims());
    return plain -> nextPair.score(ended(plain), vectors);
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

  private EndedBatch encode(Batch plain) {
    EndedBatch ended = ended(plain);
    channels.encode(ended.batch());
    fusions.forEach(each -> each.fuse(channels));
    return ended;
  }

  private EndedBatch ended(Batch plain) {
    boolean padded =
        FullAttention.isPadded(model)
            || options.chunks() == PsuOptions.Chunks.RELEASED
            || options.negatives() == PsuOptions.RelevanceNegatives.RELEASED;
    return EndedBatch.of(plain, corpus, padded);
  }

  /** PSU-1 and its gradient: one encoding, the terms that have a weight, one way back. */
  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    parameters.clearGradients();
    EndedBatch ended = encode(labelled.batch());
    PairTask task = new PairTask(ended, channels, model.sequenceLength());
    LossTerms.Weights weights = options.weights();
    Map<String, Double> terms = new LinkedHashMap<>();
    if (weights.nextPair() > 0) {
      terms.put("next pair", nextPair.gradients(ended, weights.nextPair()));
    }
    if (weights.alignment() > 0) {
      Matrix[] dModalities = channels.dModalities();
      terms.put("alignment", alignment.gradients(task, weights.alignment(), dModalities));
    }
    if (weights.relevance() > 0) {
      SplittableRandom rng = Rng.stream("relevance", labelled.seed());
      terms.put("relevance", relevance.gradients(task, weights.relevance(), rng, fusion));
    }
    fusions.forEach(Fusion::backward);
    channels.backward();
    return new StepLoss(total(terms), terms);
  }

  private double total(Map<String, Double> terms) {
    return new LossTerms(
            terms.getOrDefault("next pair", 0.0),
            terms.getOrDefault("alignment", 0.0),
            terms.getOrDefault("relevance", 0.0))
        .total(options.weights());
  }
}
