package seminar.compute;

import seminar.math.Checks;

/**
 * What attention over all events reads: target attention without a choice.
 *
 * <p>Letters: E keys, C candidates, H heads, d dims.
 *
 * @param keys fused events k [E, d]
 * @param folded r, the candidates' queries with W_K and 1/√d folded in [C, H·d]
 * @param bias recency bias [H, buckets] by ⌊log2 distance⌋; longer distances use the last bucket;
 *     no columns for none
 * @param groups which keys each candidate sees
 */
public record AllEvents(Matrix keys, Matrix folded, Matrix bias, Groups groups) {
  /** How many (candidate, head) rows have their weights of all events at hand at the same time. */
  public static final int ROWS = 64;

  /** Checks that the shapes belong together. */
  public AllEvents {
    int heads = folded.cols() / Checks.atLeast(1, "d", keys.cols());
    Checks.sameLength("columns of folded", folded.cols(), "H · d", heads * keys.cols());
    Checks.sameLength("rows of folded", folded.rows(), "candidates", groups.candidateCount());
    Checks.sameLength("rows of bias", bias.rows(), "H", heads);
  }

  /** d, the width of keys and of each head. */
  public int dims() {
    return keys.cols();
  }

  /** H. */
  public int heads() {
    return folded.cols() / keys.cols();
  }

  /** How many buckets the recency bias has; 0 for none. */
  public int buckets() {
    return bias.cols();
  }

  /** Some (candidate, head) rows of one group. */
  @FunctionalInterface
  interface Block {
    /** Works on {@code rows} rows from {@code first} on. */
    void rows(int first, int rows);
  }

  /** Calls a block for every {@link #ROWS} rows of group {@code g}; the last may have fewer. */
  void blocks(int g, Block block) {
    int end = groups.candidates()[g + 1] * heads();
    for (int first = groups.candidates()[g] * heads(); first < end; first += ROWS) {
      block.rows(first, Math.min(ROWS, end - first));
    }
  }

  /** The most rows of a block of the groups {@code [fromGroup, toGroup)}. */
  int mostRows(int fromGroup, int toGroup) {
    int most = 0;
    for (int g = fromGroup; g < toGroup; g++) {
      most = Math.max(most, (groups.candidates()[g + 1] - groups.candidates()[g]) * heads());
    }
    return Math.min(ROWS, most);
  }
}
