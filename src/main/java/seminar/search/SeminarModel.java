package seminar.search;

import seminar.compute.Backend;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.model.ModelOptions;

/**
 * SEMINAR's general and exact search units (paper §3.3.2): channels restored from the PSU, maps
 * G_j, the K best events of each head, attention over them, click head.
 *
 * <pre>
 *   GSU-1  x^(j) ← x^PSU(j) G_j          Restoring, ChannelMap
 *   GSU-2  the K best events of a head   TargetAttention, TA-2
 *   ESU-1  u = [head_1 … head_H] W_O     TargetAttention, TA-3 and TA-4
 *   CTR-1  logit = f_θ(u, t, …)          ClickHead
 *   CTR-2  L_ctr                         ClickLoss
 * </pre>
 *
 * <p>Without G ({@link ModelOptions.Restoring#NONE}) and without pretraining it is TWIN's target
 * attention. How the units are trained and asked stands in {@link InterestModel}.
 */
public final class SeminarModel extends InterestModel {
  /**
   * A fresh model.
   *
   * @param seed seed of the initial parameters
   */
  public SeminarModel(
      Backend backend, Corpus corpus, Features features, ModelOptions options, long seed) {
    super(backend, corpus, features, options, Method.of(Method.Kind.SEMINAR), seed);
  }
}
