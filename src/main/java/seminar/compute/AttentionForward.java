package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import seminar.math.TopSet;

/**
 * The forward pass of target attention over a few groups, with its own buffers.
 *
 * <p>Scores of a group are one dense product {@code R Kᵀ} of its folded queries and the keys it
 * sees; selection and weighted sums are irregular and touch K rows each. Cost for one candidate:
 * {@code H·n·d} multiplications for the scores, {@code H·K·d} for the sum.
 */
final class AttentionForward {
  private final AttentionInput input;
  private final int d;
  private final int heads;
  private final MemorySegment keys;
  private final MemorySegment folded;
  private final MemorySegment bias;
  private final MemorySegment pooled;
  private final Attended attended;
  private final MemorySegment product;
  private final float[] scores;
  private final TopSet best = new TopSet();
  private final int[] chosen;
  private final float[] weights;

  /** For the groups {@code [fromGroup, toGroup)}; the largest of them sets the buffers. */
  AttentionForward(
      AttentionInput input, Attended attended, Arena arena, int fromGroup, int toGroup) {
    this.input = input;
    d = input.dims();
    heads = input.heads();
    keys = input.keys().segment();
    folded = input.folded().segment();
    bias = input.bias().segment();
    pooled = attended.pooled().segment();
    this.attended = attended;
    int events = 0;
    long cells = 1;
    for (int g = fromGroup; g < toGroup; g++) {
      int seen = input.targets().events(g);
      events = Math.max(events, seen);
      cells = Math.max(cells, (long) (input.rowOf(g + 1) - input.rowOf(g)) * seen);
    }
    product = arena.allocate(cells * Float.BYTES, Float.BYTES);
    scores = new float[events];
    chosen = new int[Math.min(input.topK(), events)];
    weights = new float[chosen.length];
  }

  void group(int g) {
    int n = input.targets().events(g);
    int keyFrom = input.targets().keyFrom()[g];
    int first = input.rowOf(g);
    int rows = input.rowOf(g + 1) - first;
    if (n == 0) {
      Rows.clear(pooled, (long) first * d, rows * d);
      return;
    }
    Blas.multiply( // [rows, n] = R [rows, d] · Kᵀ [d, n]
        rows,
        n,
        d,
        1,
        new Blas.Operand(folded, d, false).at((long) first * d),
        new Blas.Operand(keys, d, true).at((long) keyFrom * d),
        0,
        new Blas.Operand(product, n, false));
    for (int row = 0; row < rows; row++) {
      long at = (long) row * n * Float.BYTES;
      MemorySegment.copy(product, ValueLayout.JAVA_FLOAT, at, scores, 0, n);
      pool(first + row, keyFrom, n, input.kept(g));
    }
  }

  /** Bias, top-K, softmax and weighted sum of one candidate and head. */
  private void pool(int row, int keyFrom, int n, int kept) {
    if (input.buckets() > 0) {
      long biasRow = (long) (row % heads) * input.buckets();
      for (int l = 0; l < n; l++) {
        scores[l] += Rows.get(bias, biasRow + input.bucket(n - l));
      }
    }
    best.choose(scores, n, chosen, kept);
    softmax(kept);
    int cell = row * input.topK();
    for (int i = 0; i < kept; i++) {
      chosen[i] += keyFrom;
      attended.selected()[cell + i] = chosen[i];
      attended.weights()[cell + i] = weights[i];
    }
    Rows.weightedSum(weights, chosen, kept, keys, pooled, (long) row * d, d);
  }

  /** Weights of the chosen events. */
  private void softmax(int n) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, scores[chosen[i]]);
    }
    float sum = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = (float) Math.exp(scores[chosen[i]] - largest);
      sum += weights[i];
    }
    for (int i = 0; i < n; i++) {
      weights[i] /= sum;
    }
  }
}
