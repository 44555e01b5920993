package seminar.search;

import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.loss.ClickLoss;
import seminar.model.Batch;
import seminar.model.Channels;
import seminar.model.ClickHead;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.TargetAttention;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.Trainable;

/**
 * Fused channels, target attention over the K best events of each head, click head: the model that
 * SEMINAR and TWIN share (paper §3.3.2 without G and without pretraining).
 *
 * <p>One set of projections chooses the events and weighs them (TWIN's consistency). Shapes: E
 * events, C candidates, d dims.
 *
 * <p>Thread safety: one thread at a time; the backend uses its own threads inside.
 */
public final class TargetAttentionModel implements Trainable {
  private final Backend backend;
  private final Parameters parameters;
  private final Channels channels;
  private final TargetAttention attention;
  private final ClickHead head;
  private final ClickLoss loss;
  private final ModelOptions options;
  private final Scratch scratch = new Scratch();

  /**
   * A fresh model.
   *
   * @param seed seed of the initial parameters
   */
  public TargetAttentionModel(
      Backend backend, Corpus corpus, Features features, ModelOptions options, long seed) {
    this.backend = backend;
    this.options = options;
    parameters = new Parameters(seed);
    channels =
        new Channels(backend, parameters, corpus.catalog(), corpus.queries(), features, options);
    attention = new TargetAttention(backend, parameters, "attention", options);
    head = new ClickHead(backend, parameters, "head", corpus.catalog().eos(), options);
    loss = new ClickLoss(backend);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /** The shape of this model. */
  public ModelOptions options() {
    return options;
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

  private Attended forward(Batch batch) {
    Matrix keys = keys(batch);
    Matrix candidates = candidates(batch, "t");
    channels.forward(batch, keys, candidates);
    Matrix u = candidates(batch, "u");
    Attended attended = attention.forward(keys, candidates, batch.targets(), u);
    head.forward(u, candidates, batch.candidateItems(), logits(batch));
    return attended;
  }

  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    Batch batch = labelled.batch();
    parameters.clearGradients();
    forward(batch);
    Matrix dLogits = scratch.matrix("dLogits", batch.candidateItems().length, 1);
    double value = loss.of(logits(batch), labelled.labels(), dLogits);

    int c = batch.candidateItems().length;
    Matrix du = scratch.zeros("du", c, options.dims());
    Matrix dt = scratch.zeros("dt", c, options.dims());
    head.backward(dLogits, du, dt);
    Matrix dKeys = scratch.zeros("dKeys", batch.items().length, options.dims());
    attention.backward(du, dKeys, dt);
    channels.backward(dKeys, dt);
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
