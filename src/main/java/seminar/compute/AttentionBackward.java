package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The backward pass of target attention over a few groups.
 *
 * <p>With {@code dp} the gradient of the weighted sum of a candidate and head:
 *
 * <pre>
 *   da_l = dp · k_l,   ds_l = a_l (da_l − Σ a da),   dk_l += a_l dp + ds_l r,   dr += ds_l k_l
 * </pre>
 *
 * <p>where a is a softmax; see {@link Weighing} for the others.
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
  private final float[] dScores;
  private final float[] weights;

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
    dScores = new float[input.topK()];
    weights = new float[input.topK()];
  }

  void group(int g) {
    for (int row = input.rowOf(g); row < input.rowOf(g + 1); row++) {
      row(row, attended.kept()[row], input.groups().keyTo()[g]);
    }
  }

  private void row(int row, int kept, int keyTo) {
    long at = (long) row * d;
    int cell = row * input.topK();
    int[] selected = attended.selected();
    ChosenRows.dots(dPooled, at, keys, selected, cell, kept, d, dScores);
    System.arraycopy(attended.weights(), cell, weights, 0, kept);
    toScores(kept);
    ChosenRows.addSum(dScores, keys, selected, cell, kept, d, dFolded, at);
    int events = kept;
    if (kept > 0 && selected[cell + kept - 1] == input.endRow()) {
      events--;
      RowKernels.addScaledPair(
          weights[events], dPooled, at, dScores[events], folded, at, dEnd, 0, d);
    }
    ChosenRows.addOuter(weights, dPooled, dScores, folded, at, dKeys, selected, cell, events, d);
    addBias(row % heads, cell, events, keyTo);
  }

  /** From da, which {@code dScores} holds, to ds. */
  private void toScores(int kept) {
    switch (input.weighing()) {
      case SOFTMAX -> {
        float mean = 0;
        for (int i = 0; i < kept; i++) {
          mean = Math.fma(weights[i], dScores[i], mean);
        }
        for (int i = 0; i < kept; i++) {
          dScores[i] = weights[i] * (dScores[i] - mean);
        }
      }
      case SCORES -> {} // a = s
      case ONES -> Arrays.fill(dScores, 0, kept, 0);
    }
  }

  private void addBias(int head, int cell, int events, int keyTo) {
    int buckets = input.buckets();
    int[] selected = attended.selected();
    int i = buckets == 0 ? events : 0;
    while (i < events) {
      int bucket = RecencyBuckets.of(keyTo - selected[cell + i], buckets);
      int newest = keyTo - (1 << bucket);
      float sum = dBias[head * buckets + bucket];
      for (; i < events && selected[cell + i] <= newest; i++) {
        sum += dScores[i];
      }
      dBias[head * buckets + bucket] = sum;
    }
  }
}
