package seminar.compute;

import seminar.math.Checks;

/**
 * What target attention reads.
 *
 * <p>Letters: E keys, C candidates, H heads, d dims.
 *
 * @param keys fused events k [E, d]
 * @param folded r, the candidates' queries with W_K and 1/√d folded in [C, H·d]
 * @param bias recency bias [H, buckets] by ⌊log2 distance⌋; longer distances use the last bucket;
 *     no columns for none
 * @param targets which keys each candidate sees
 * @param topK K, events that a head keeps
 */
public record AttentionInput(Matrix keys, Matrix folded, Matrix bias, Targets targets, int topK) {
  /** Checks that the shapes belong together. */
  public AttentionInput {
    int heads = folded.cols() / Checks.atLeast(1, "d", keys.cols());
    Checks.atLeast(1, "topK", topK);
    Checks.sameLength("columns of folded", folded.cols(), "H · d", heads * keys.cols());
    Checks.sameLength("rows of folded", folded.rows(), "candidates", targets.candidateCount());
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

  /** The bucket of a distance in events: ⌊log2⌋, at most the last. */
  int bucket(int distance) {
    return Math.min(buckets() - 1, 31 - Integer.numberOfLeadingZeros(distance));
  }

  /** How many events each head keeps for the candidates of group {@code g}: min(K, n). */
  int kept(int g) {
    return Math.min(topK, targets.events(g));
  }

  /** The first (candidate, head) row of group {@code g}; {@code rowOf(g + 1)} is its end. */
  int rowOf(int g) {
    return targets.candidates()[g] * heads();
  }

  /**
   * Where the gradients of the inputs are added.
   *
   * @param keys [E, d]
   * @param folded [C, H·d]
   * @param bias [H, buckets]
   */
  public record Gradient(Matrix keys, Matrix folded, Matrix bias) {}
}
