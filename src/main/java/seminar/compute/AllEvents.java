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
}
