package seminar.search;

import java.util.Map;
import java.util.Set;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.data.Queries;
import seminar.feature.Features;
import seminar.loss.ClickLoss;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.ClickHead;
import seminar.model.Fusion;
import seminar.model.Gate;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.ParameterGroup;
import seminar.model.Parameters;
import seminar.model.Restoring;
import seminar.model.TargetAttention;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.Trainable;

/**
 * SEMINAR's general and exact search units (paper §3.3.2): channels restored from the PSU, maps
 * G_j, the K best events of each head, attention over them, click head.
 *
 * <pre>
 *   GSU-1  x^(j) ← x^PSU(j) G_j          Restoring, Fusion
 *   GSU-2  the K best events of a head   TargetAttention, TA-2
 *   ESU-1  u = [head_1 … head_H] W_O     TargetAttention, TA-3 and TA-4
 *   CTR-1  logit = f_θ(u, t, …)          ClickHead
 *   CTR-2  L_ctr                         ClickLoss
 * </pre>
 *
 * <p>Without G ({@link ModelOptions.Restoring#NONE}) and without pretraining it is TWIN's target
 * attention. Shapes: E events, C candidates, d dims.
 *
 * <p>Thread safety: one thread at a time; the backend uses its own threads inside.
 */
public final class SeminarModel implements Trainable {
  private final Backend backend;
  private final Corpus corpus;
  private final Parameters parameters;
  private final Channels channels;
  private final Fusion fusion;
  private final TargetAttention attention;
  private final ClickHead head;
  private final ClickLoss loss;
  private final ModelOptions options;
  private final boolean padded;
  private final Scratch scratch = new Scratch();

  /**
   * A fresh model.
   *
   * @param seed seed of the initial parameters
   */
  public SeminarModel(
      Backend backend, Corpus corpus, Features features, ModelOptions options, long seed) {
    this.backend = backend;
    this.corpus = corpus;
    this.options = options;
    parameters = new Parameters(seed);
    channels =
        new Channels(backend, parameters, corpus.catalog(), corpus.queries(), features, options);
    Gate gate = new Gate(backend, parameters, options);
    fusion =
        options.restoring() == ModelOptions.Restoring.NONE
            ? Fusion.plain(backend, gate, options)
            : Fusion.restored(backend, gate, new Restoring(backend, parameters, options), options);
    attention = new TargetAttention(backend, parameters, options);
    head = new ClickHead(backend, parameters, corpus.catalog().eos(), options);
    loss = new ClickLoss(backend);
    padded = options.attention().padding() == AttentionOptions.Padding.RELEASED;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /** The shape of this model. */
  public ModelOptions options() {
    return options;
  }

  /**
   * Takes over what a pretrained search unit has learned; a GSU with its own projections gets those
   * of the PSU.
   *
   * @param weights parameters of the PSU by name
   * @throws IllegalArgumentException if one of them has another size here, or none fits
   */
  public void restore(Map<String, float[]> weights, Restored which) {
    int restored = 0;
    for (Parameter parameter : parameters.all()) {
      String name = parameter.name();
      String source = name.replaceFirst("^search/", "attention/");
      boolean wanted = !source.equals(name) || which.holds(name);
      if (wanted && weights.containsKey(source)) {
        parameter.set(weights.get(source));
        restored++;
      }
    }
    if (restored == 0) {
      throw new IllegalArgumentException(
          "none of the %d given parameters is one of this model: is it a pretrained search unit?"
              .formatted(weights.size()));
    }
  }

  /** Freezes exactly the parameters of these groups, beside those that never learn. */
  public void freeze(Set<ParameterGroup> groups) {
    for (Parameter parameter : parameters.all()) {
      if (groups.contains(ParameterGroup.of(parameter.name()))) {
        parameter.freeze(true);
      }
    }
  }

  /** Click logits of all candidates of a batch [C]. */
  public float[] score(Batch batch) {
    forward(batch);
    return logits(batch).toArray();
  }

  /**
   * Scores with their reasons.
   *
   * @param scores click logits [C]
   * @param attended which events each head of each candidate chose, and their weights; its pooled
   *     vectors are valid until the model's next call
   */
  public record Explanation(float[] scores, Attended attended) {}

  /** Click logits of all candidates of a batch, and which events led to them. */
  public Explanation explain(Batch batch) {
    Attended attended = forward(batch);
    return new Explanation(logits(batch).toArray(), attended);
  }

  /**
   * A scorer that has encoded every item and query of the corpus once; for evaluations that score
   * many batches. The parameters must not move while it is used.
   */
  public Scorer scorer() {
    CatalogVectors vectors =
        CatalogVectors.of(
            backend, channels, fusion, corpus.catalog(), corpus.queries(), options.dims());
    return plain -> {
      Batch batch = withPad(plain);
      vectors.pairs(batch.items(), batch.queries(), keys(batch));
      vectors.pairs(batch.candidateItems(), batch.candidateQueries(), candidates(batch, "t"));
      search(batch);
      return logits(batch).toArray();
    };
  }

  private Attended forward(Batch plain) {
    Batch batch = withPad(plain);
    channels.encode(batch);
    fusion.fuse(channels);
    fusion.pairs(keys(batch), candidates(batch, "t"));
    return search(batch);
  }

  /** From pairs to logits. */
  private Attended search(Batch batch) {
    TargetAttention.Beside beside = TargetAttention.Beside.NOTHING;
    if (padded) {
      beside = beside.padded(batch.items().length - 1, options.sequenceLength());
    }
    Matrix t = candidates(batch, "t");
    Matrix u = candidates(batch, "u");
    Attended attended = attention.forward(keys(batch), t, batch.targets(), beside, u);
    head.forward(u, t, batch, logits(batch));
    return attended;
  }

  /** The pad, where there is one, is an event of no history. */
  private Batch withPad(Batch batch) {
    return padded ? batch.plusEvent(0, Queries.EMPTY) : batch;
  }

  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    parameters.clearGradients();
    forward(labelled.batch());
    Batch batch = withPad(labelled.batch());
    int c = batch.candidateItems().length;
    Matrix dLogits = scratch.matrix("dLogits", c, 1);
    double value = loss.of(logits(batch), labelled.labels(), dLogits);

    Matrix du = scratch.zeros("du", c, options.dims());
    Matrix dt = scratch.zeros("dt", c, options.dims());
    head.backward(dLogits, du, dt);
    Matrix dKeys = scratch.zeros("dKeys", batch.items().length, options.dims());
    attention.backward(du, dKeys, dt);
    fusion.pairsBackward(dKeys, dt);
    fusion.backward();
    channels.backward();
    return StepLoss.of("click", value);
  }

  private Matrix keys(Batch batch) {
    return scratch.matrix("keys", batch.items().length, options.dims());
  }

  private Matrix candidates(Batch batch, String name) {
    return scratch.matrix(name, batch.candidateItems().length, options.dims());
  }

  private Matrix logits(Batch batch) {
    return scratch.matrix("logits", batch.candidateItems().length, 1);
  }
}
