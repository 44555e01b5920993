package seminar.measure;

import seminar.math.Checks;

/**
 * The places that a positive may take in a ranking, counted from 0 for the best: any of {@code
 * first..last} with equal chance. Without ties {@code first == last}.
 *
 * @param first how many candidates score strictly more than the positive
 * @param last {@code first} + how many candidates share its score (0 of them under {@link
 *     TieRule#FAVOURABLE})
 */
public record Place(int first, int last) {
  /** Checks {@code 0 <= first <= last}. */
  public Place {
    Checks.atLeast(0, "first", first);
    Checks.atLeast(first, "last", last);
  }

  /**
   * The place of column 0 among all columns.
   *
   * @param scores [candidates], larger is better, the positive first
   * @throws IllegalArgumentException if there is no score or one is not a number
   */
  public static Place of(float[] scores, TieRule ties) {
    Checks.atLeast(1, "number of candidates", scores.length);
    int greater = 0;
    int equal = 0;
    for (int column = 0; column < scores.length; column++) {
      if (Float.isNaN(scores[column])) {
        throw new IllegalArgumentException(
            "score in column %d of %d is not a number: it has no rank"
                .formatted(column, scores.length));
      }
      if (scores[column] > scores[0]) {
        greater++;
      } else if (column > 0 && scores[column] == scores[0]) {
        equal++;
      }
    }
    return new Place(greater, ties == TieRule.EXPECTED ? greater + equal : greater);
  }
}
