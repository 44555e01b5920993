package seminar.compute;

import java.util.Arrays;
import seminar.math.Checks;

/**
 * Which key rows each candidate and head attends to, where something else than target attention has
 * chosen them: the first stage of a two-stage model.
 *
 * <p>Shapes: C candidates, H heads, K places. Entry {@code (c, h, i)} is at {@code (c · H + h) · K
 * + i}; entries from {@code kept[c · H + h]} on are unused.
 *
 * @param kept how many key rows each candidate and head attends to [C, H]
 * @param selected these rows [C, H, K], distinct and within the events that the candidate sees
 */
public record Choice(int[] kept, int[] selected) {
  /** Nothing was chosen beforehand. */
  static final Choice NONE = new Choice(new int[0], new int[0]);

  /**
   * The same rows for each of several heads.
   *
   * @param heads H
   * @return this choice with every row of it repeated H times
   */
  public Choice forHeads(int heads) {
    Checks.atLeast(1, "heads H", heads);
    int rows = kept.length;
    int k = rows == 0 ? 0 : selected.length / rows;
    int[] keptByAll = new int[rows * heads];
    int[] selectedByAll = new int[selected.length * heads];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(keptByAll, row * heads, (row + 1) * heads, kept[row]);
      for (int h = 0; h < heads; h++) {
        System.arraycopy(selected, row * k, selectedByAll, (row * heads + h) * k, k);
      }
    }
    return new Choice(keptByAll, selectedByAll);
  }
}
