package seminar.compute;

import java.lang.foreign.MemorySegment;

/**
 * The backward pass of target attention over a few groups.
 *
 * <p>With {@code dp} the gradient of the weighted sum of a candidate and head:
 *
 * <pre>
 *   da_l = dp · k_l,   ds_l = a_l (da_l − Σ a da),   dk_l += a_l dp + ds_l r,   dr += ds_l k_l
 * </pre>
 *
 * <p>Cost for one candidate: {@code 4·H·K·d} multiplications.
 */
final class AttentionBackward {
  private final AttentionInput input;
  private final Attended attended;
  private final int d;
  private final int heads;
  private final MemorySegment keys;
  private final MemorySegment folded;
  private final MemorySegment dPooled;
  private final MemorySegment dKeys;
  private final MemorySegment dFolded;
  private final MemorySegment dEnd;
  private final float[] dBias;
  private final float[] dWeights;

  /**
   * For groups whose events no other worker touches.
   *
   * @param dEnd receives this worker's part of the gradient of the end of the sequence [1, d]
   * @param dBias receives this worker's part of the gradient of the bias [H · buckets]
   */
  AttentionBackward(
      AttentionInput input,
      Attended attended,
      Matrix dPooled,
      AttentionInput.Gradient gradient,
      Matrix dEnd,
      float[] dBias) {
    this.input = input;
    this.attended = attended;
    d = input.dims();
    heads = input.heads();
    keys = input.keys().segment();
    folded = input.folded().segment();
    this.dPooled = dPooled.segment();
    dKeys = gradient.keys().segment();
    dFolded = gradient.folded().segment();
    this.dEnd = dEnd.segment();
    this.dBias = dBias;
    dWeights = new float[input.topK()];
  }

  void group(int g) {
    for (int row = input.rowOf(g); row < input.rowOf(g + 1); row++) {
      row(row, attended.kept()[row], input.targets().keyTo()[g]);
    }
  }

  private void row(int row, int kept, int keyTo) {
    long at = (long) row * d;
    int cell = row * input.topK();
    float mean = 0;
    for (int i = 0; i < kept; i++) {
      dWeights[i] = Rows.dot(dPooled, at, keys, (long) attended.selected()[cell + i] * d, d);
      mean = Math.fma(attended.weights()[cell + i], dWeights[i], mean);
    }
    for (int i = 0; i < kept; i++) {
      int key = attended.selected()[cell + i];
      float weight = attended.weights()[cell + i];
      float dScore = weight * (dWeights[i] - mean);
      boolean end = key == input.endRow();
      MemorySegment dKey = end ? dEnd : dKeys;
      long dKeyAt = end ? 0 : (long) key * d;
      Rows.addScaledPair(weight, dPooled, at, dScore, folded, at, dKey, dKeyAt, d);
      Rows.addScaled(dScore, keys, (long) key * d, dFolded, at, d);
      if (input.buckets() > 0 && !end) {
        int bucket = AttentionInput.bucket(keyTo - key, input.buckets());
        dBias[(row % heads) * input.buckets() + bucket] += dScore;
      }
    }
  }
}
