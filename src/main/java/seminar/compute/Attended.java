package seminar.compute;

/**
 * What target attention kept for each candidate and head, needed for its backward pass and for
 * explanations.
 *
 * <p>Shapes: C candidates, H heads, K. Entry {@code (c, h, i)} is at {@code (c · H + h) · K + i};
 * entries from {@code kept[c · H + h]} on are unused.
 *
 * @param heads H
 * @param topK K
 * @param kept how many key rows each candidate and head kept [C, H]: {@code min(K, n)}, with an end
 *     of the sequence {@code min(K, n + 1)}, and fewer where pads took places
 * @param selected key rows [C, H, K], oldest first; the end of the sequence is the newest
 * @param weights attention weights [C, H, K] of these rows; they sum to one, or to less where pads
 *     took places
 * @param pooled weighted sums of the selected keys [C, H·d]
 */
public record Attended(
    int heads, int topK, int[] kept, int[] selected, float[] weights, Matrix pooled) {
  /** Nothing kept yet. */
  static Attended of(AttentionInput input, Matrix pooled) {
    int rows = input.groups().candidateCount() * input.heads();
    int cells = Math.multiplyExact(rows, input.topK());
    return new Attended(
        input.heads(), input.topK(), new int[rows], new int[cells], new float[cells], pooled);
  }
}
