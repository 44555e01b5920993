package seminar.rank;

import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.TopK;

/**
 * The best candidates of a request. Of equal scores the item with the lower number comes first,
 * wherever it stands in the list: a positive, which stands first there, has nothing from it.
 */
public final class BestCandidates {
  private BestCandidates() {}

  /**
   * The columns of the {@code min(k, n)} best of n candidates, best first.
   *
   * @param candidates their items, none of them twice
   * @param scores one for each; larger is better
   * @throws IllegalArgumentException if a score is not a number, or {@code k} is negative
   */
  public static int[] columns(int[] candidates, float[] scores, int k) {
    Checks.sameLength("scores", scores.length, "candidates", candidates.length);
    int[] order = byItem(candidates);
    float[] ordered = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      ordered[i] = scores[order[i]];
    }
    return Arrays.stream(TopK.of(ordered, k).indices()).map(i -> order[i]).toArray();
  }

  /** The items themselves. */
  public static int[] items(int[] candidates, float[] scores, int k) {
    return Arrays.stream(columns(candidates, scores, k)).map(c -> candidates[c]).toArray();
  }

  /** Columns by rising item; sorted numbers whose upper half is the item, the lower the column. */
  private static int[] byItem(int[] candidates) {
    long[] keys = new long[candidates.length];
    for (int c = 0; c < keys.length; c++) {
      keys[c] = (long) candidates[c] << 32 | c;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
