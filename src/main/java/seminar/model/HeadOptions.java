package seminar.model;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * What the click head sees beside interest and target, and how wide it is.
 *
 * @param hidden width of the hidden layer (released code: 64)
 * @param itemBias whether a learned bias of the candidate item is added
 * @param agreement whether the scaled product u·t is added
 * @param sideFeatures how many features of user, item, user and item, and context each candidate
 *     brings (paper §3.3.2: x_u, x_i, x_u2i, x_context); 0 for none, as in the released code (M14)
 */
@Withers
public record HeadOptions(int hidden, boolean itemBias, boolean agreement, int sideFeatures)
    implements HeadOptionsBuilder.With {
  /** Checks every number. */
  public HeadOptions {
    Checks.atLeast(1, "hidden", hidden);
    Checks.atLeast(0, "sideFeatures", sideFeatures);
  }

  /** The paper's head. */
  public static HeadOptions paper() {
    return new HeadOptions(64, false, false, 0);
  }
}
