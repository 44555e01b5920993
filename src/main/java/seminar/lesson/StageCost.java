package seminar.lesson;

import seminar.math.Checks;
import seminar.model.ModelOptions;

/**
 * Multiplications of target attention for one candidate, counted: what each stage costs (paper
 * §3.3.2, with the projections folded as TA-1 and TA-3 have them).
 *
 * <pre>
 *   fold     r_h = t W_h                    H d²
 *   search   k_l · r_h for all L events     H L d
 *   weigh    Σ a_l k_l over K events        H K d
 *   output   from the heads to u            H d²
 * </pre>
 *
 * @param fold from the candidate to what heads look for
 * @param search the first stage
 * @param weigh the second stage
 * @param output from the heads to the interest
 */
public record StageCost(long fold, long search, long weigh, long output) {
  /**
   * Counts.
   *
   * @param events L, of which each head keeps at most K
   */
  public static StageCost of(ModelOptions options, int events) {
    Checks.atLeast(0, "events L", events);
    long d = options.dims();
    long heads = options.attention().heads();
    long kept = Math.min(events, options.attention().topK());
    return new StageCost(heads * d * d, heads * events * d, heads * kept * d, heads * d * d);
  }

  /** Of both stages together. */
  public long total() {
    return fold + search + weigh + output;
  }
}
