package seminar.compute;

import seminar.math.Checks;

/**
 * Pads before the events, which compete with them for the K places (departure M11; {@link
 * AttentionInput#paddedTo}).
 *
 * <p>Letters: C candidates, H heads.
 *
 * @param length how many events and pads there are at least
 * @param scores the score of a pad in the choice [C, H]
 */
public record Padding(int length, Matrix scores) {
  /** No pads. */
  public static final Padding NONE = new Padding(0, Matrix.zeros(0, 0));

  /** Checks the length. */
  public Padding {
    Checks.atLeast(0, "length", length);
  }

  /** Checks that each of C candidates has a score for each of H heads, where there are pads. */
  void check(int candidates, int heads) {
    if (length > 0) {
      Checks.sameLength("rows of pad scores", scores.rows(), "candidates", candidates);
      Checks.sameLength("columns of pad scores", scores.cols(), "H", heads);
    }
  }

  /**
   * How many of {@code n} scores win one of {@code places} places against {@code pads} pads, which
   * are older and so win ties.
   *
   * @throws IllegalArgumentException if the score of the pads is not a number
   */
  static int kept(float[] scores, int n, int pads, float padScore, int places) {
    if (pads == 0) {
      return places;
    }
    if (Float.isNaN(padScore)) {
      throw new IllegalArgumentException("the score of a pad is not a number: it has no rank");
    }
    int better = 0;
    for (int l = 0; l < n; l++) {
      better += scores[l] > padScore ? 1 : 0;
    }
    return Math.max(Math.min(better, places), places - pads);
  }
}
