package seminar.loss;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * Options of the alignment loss.
 *
 * @param chunkLength the most events of a chunk, L / N_ch: a history of L events costs O(L ·
 *     chunkLength)
 * @param temperature τ, or where it starts if it is learned
 * @param target what a modality should resemble
 */
@Withers
public record AlignmentOptions(int chunkLength, double temperature, AlignmentTarget target)
    implements AlignmentOptionsBuilder.With {
  /** The lowest temperature: CLIP bounds 1/τ by the same 100. */
  public static final double LOWEST_TEMPERATURE = 0.01;

  /** The highest temperature: all events are nearly alike long before. */
  public static final double HIGHEST_TEMPERATURE = 100;

  /** Checks the ranges. */
  public AlignmentOptions {
    Checks.atLeast(2, "chunkLength", chunkLength);
    checkTemperature(temperature);
  }

  /** Hard pairs, τ = 0.07 and chunks of 50 events; the paper states neither number. */
  public static AlignmentOptions paper() {
    return new AlignmentOptions(50, 0.07, AlignmentTarget.PAIRS);
  }

  /** The target, τ and length of chunks of the released code on Amazon. */
  public static AlignmentOptions released() {
    return new AlignmentOptions(25, 0.05, AlignmentTarget.NEAR_UNIFORM);
  }

  static double checkTemperature(double temperature) {
    return Checks.within(LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE, "temperature τ", temperature);
  }
}
