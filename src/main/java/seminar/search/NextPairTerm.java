package seminar.search;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.loss.NextPairBalance;
import seminar.loss.NextPairLoss;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.ClickHead;
import seminar.model.Fusion;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.TargetAttention;

/**
 * L_next^pair of a batch: each pair that could come next attends to its prefix of the history and
 * to &lt;EOS&gt; (paper §3.3.1; our PSU-2).
 *
 * <pre>
 *   u_c = attention of t_c to k_1 … k_l, k_EOS     TargetAttention
 *   z_c = f_θ(u_c, t_c)                            ClickHead
 *   PSU-2  L_next^pair of z                        NextPairLoss
 * </pre>
 *
 * <p>Shapes: E events k [E, d], C candidates t [C, d], logits z [C, 1].
 */
final class NextPairTerm {
  private final Fusion fusion;
  private final TargetAttention attention;
  private final ClickHead head;
  private final NextPairLoss loss;
  private final ModelOptions model;
  private final Scratch scratch = new Scratch();

  /**
   * Makes the parameters of attention and head.
   *
   * @param fusion of the pairs; who owns it fuses the channels and goes backward through them
   * @param eos the item &lt;EOS&gt;
   */
  NextPairTerm(
      Backend backend,
      Parameters parameters,
      Fusion fusion,
      int eos,
      ModelOptions model,
      NextPairBalance balance) {
    this.fusion = fusion;
    this.model = model;
    attention =
        new TargetAttention(
            backend,
            parameters,
            model.withAttention(model.attention().withStages(AttentionOptions.Stages.SHARED)));
    head = new ClickHead(backend, parameters, eos, model.withShortTerm(0));
    loss = new NextPairLoss(backend, balance);
  }

  /** z of a batch whose channels are fused. */
  float[] score(EndedBatch ended) {
    fusion.pairs(keys(ended.batch()), candidates(ended.batch()));
    return attend(ended, attention::score).toArray();
  }

  /** z of a batch whose items and queries are looked up. */
  float[] score(EndedBatch ended, CatalogVectors vectors) {
    Batch batch = ended.batch();
    vectors.pairs(batch.items(), batch.queries(), keys(batch));
    vectors.pairs(batch.candidateItems(), batch.candidateQueries(), candidates(batch));
    return attend(ended, attention::score).toArray();
  }

  /**
   * The loss; adds {@code weight} times its gradient to parameters and to the fused items and
   * queries.
   */
  double gradients(EndedBatch ended, double weight) {
    Batch batch = ended.batch();
    fusion.pairs(keys(batch), candidates(batch));
    Matrix logits = attend(ended, attention::forward);
    int c = logits.rows();
    Matrix dLogits = scratch.matrix("dLogits", c, 1);
    double value = loss.of(logits, batch.groups().candidates(), weight, dLogits);
    Matrix du = scratch.zeros("du", c, model.dims());
    Matrix dt = scratch.zeros("dt", c, model.dims());
    head.backward(dLogits, du, dt);
    Matrix dKeys = scratch.zeros("dKeys", batch.items().length, model.dims());
    attention.backward(du, dKeys, dt);
    fusion.pairsBackward(dKeys, dt);
    return value;
  }

  /** From pairs to logits. */
  private Matrix attend(EndedBatch ended, TargetAttention.Pass pass) {
    Batch batch = ended.batch();
    int c = batch.candidateItems().length;
    Matrix t = candidates(batch);
    Matrix u = scratch.matrix("u", c, model.dims());
    Matrix logits = scratch.matrix("logits", c, 1);
    TargetAttention.Beside beside = TargetAttention.Beside.end(ended.endEvent());
    if (FullAttention.isPadded(model)) {
      beside = beside.padded(ended.padEvent(), model.sequenceLength());
    }
    pass.attend(keys(batch), t, batch.groups(), beside, u);
    head.forward(u, t, batch, logits);
    return logits;
  }

  private Matrix keys(Batch batch) {
    return scratch.matrix("keys", batch.items().length, model.dims());
  }

  private Matrix candidates(Batch batch) {
    return scratch.matrix("t", batch.candidateItems().length, model.dims());
  }
}
