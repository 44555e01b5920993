package seminar.search;

import java.util.SplittableRandom;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.loss.RelevanceLoss;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.loss.RelevancePairs;
import seminar.math.Workers;
import seminar.model.Fusion;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * L_query-item of a batch: its negatives, drawn anew in each step, and its way from cosine to
 * logit, which may be learned (paper §3.3.1; our PSU-4).
 *
 * <pre>
 *   z = a cos + b,   a = exp(p_1),  b = p_2      p is the parameter
 *   ∂L/∂p_1 = a ∂L/∂a,   ∂L/∂p_2 = ∂L/∂b
 * </pre>
 */
final class RelevanceTerm {
  private final PsuOptions options;
  private final Parameter cosineLogit;
  private final RelevanceLoss loss;

  /** Makes the parameter p, {@code loss/cosineLogit}. */
  RelevanceTerm(Backend backend, Workers workers, Parameters parameters, PsuOptions options) {
    this.options = options;
    cosineLogit = parameters.dense("loss/cosineLogit", 1, 2, 0);
    CosineLogit start = options.logit();
    cosineLogit.set(new float[] {(float) Math.log(start.scale()), (float) start.bias()});
    cosineLogit.freeze(!options.learnedLogit());
    loss = new RelevanceLoss(backend, workers, options.relevance());
  }

  /** a and b, as they are now. */
  CosineLogit logit() {
    if (!options.learnedLogit()) {
      return options.logit();
    }
    Matrix now = cosineLogit.value();
    return CosineLogit.within(Math.exp(now.get(0, 0)), now.get(0, 1));
  }

  /**
   * The loss; adds {@code weight} times its gradient to the fused items and queries, and to p.
   *
   * @param rng draws the other items of each query
   */
  double gradients(PairTask task, double weight, SplittableRandom rng, Fusion fusion) {
    RelevancePairs pairs =
        switch (options.negatives()) {
          case OTHER_ITEMS -> task.withOtherItems(options.negativeCount(), rng);
          case UNRELATED_ITEMS -> task.withUnrelatedItems(options.negativeCount(), rng);
          case RELEASED -> task.withSharedPlaces(options.negativeCount(), rng);
        };
    CosineLogit logit = logit();
    RelevanceLoss.Value value =
        loss.of(
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
