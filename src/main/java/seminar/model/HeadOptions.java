package seminar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param agreementStart the factor of u·t at first; where channels have length one, products are at
 *     most 1 and the head must be able to say more. 1 (as 0 is read) for the usual start, and left
 *     out of files
 */
@Withers
public record HeadOptions(
    int hidden,
    boolean itemBias,
    boolean agreement,
    int sideFeatures,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualStart.class)
        double agreementStart)
    implements HeadOptionsBuilder.With {
  private static final double LARGEST = 1e3;

  /** With the usual start of the agreement. */
  public HeadOptions(int hidden, boolean itemBias, boolean agreement, int sideFeatures) {
    this(hidden, itemBias, agreement, sideFeatures, 1);
  }

  /** Checks every number. */
  public HeadOptions {
    agreementStart = agreementStart == 0 ? 1 : agreementStart;
    Checks.within(1 / LARGEST, LARGEST, "agreementStart", agreementStart);
    Checks.atLeast(1, "hidden", hidden);
    Checks.atLeast(0, "sideFeatures", sideFeatures);
  }

  /** The paper's head. */
  public static HeadOptions paper() {
    return new HeadOptions(64, false, false, 0);
  }
}
