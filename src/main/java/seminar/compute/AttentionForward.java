package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import seminar.math.TopSet;
import seminar.math.VectorMath;

/**
 * The forward pass of target attention over a few groups, with its own buffers.
 *
 * <p>Scores of a group are one dense product {@code R Kᵀ} of its folded queries and the keys it
 * sees; selection and weighted sums are irregular and touch K rows each. Cost for one candidate:
 * {@code H·n·d} multiplications for the scores, {@code H·K·d} for the sum, and {@code H·K·d} more
 * where others choose than weigh.
 */
final class AttentionForward {
  private final AttentionInput input;
  private final int d;
  private final int heads;
  private final MemorySegment keys;
  private final MemorySegment folded;
  private final MemorySegment bias;
  private final MemorySegment search;
  private final MemorySegment searchBias;
  private final float[] padScores;
  private final MemorySegment pooled;
  private final Attended attended;
  private final MemorySegment product;
  private final float[] scores;
  private final int[] chosen;
  private final float[] weights;

  /**
   * For the groups {@code [fromGroup, toGroup)}; the largest of them sets the buffers.
   *
   * @param padScores the scores of {@link AttentionInput#padding}
   */
  AttentionForward(
      AttentionInput input,
      float[] padScores,
      Attended attended,
      Arena arena,
      int fromGroup,
      int toGroup) {
    this.input = input;
    d = input.dims();
    heads = input.heads();
    keys = input.keys().segment();
    folded = input.folded().segment();
    bias = input.bias().segment();
    search = input.search().folded().segment();
    searchBias = input.search().bias().segment();
    this.padScores = padScores;
    pooled = attended.pooled().segment();
    this.attended = attended;
    int most = 0;
    long cells = 1;
    for (int g = fromGroup; g < toGroup; g++) {
      int seen = input.seen(g);
      most = Math.max(most, seen);
      cells = Math.max(cells, (long) (input.rowOf(g + 1) - input.rowOf(g)) * seen);
    }
    product = arena.allocate(cells * Float.BYTES, Float.BYTES);
    scores = new float[most];
    chosen = new int[Math.min(input.topK(), most)];
    weights = new float[chosen.length];
  }

  void group(int g) {
    int first = input.rowOf(g);
    int end = input.rowOf(g + 1);
    int seen = input.seen(g);
    if (seen == 0) {
      Rows.clear(pooled, (long) first * d, (end - first) * d);
      return;
    }
    score(g, first, end - first);
    for (int row = first; row < end; row++) {
      long at = (long) (row - first) * seen * Float.BYTES;
      MemorySegment.copy(product, ValueLayout.JAVA_FLOAT, at, scores, 0, seen);
      addBias(g, row);
      int kept = choose(g, row);
      if (input.searched()) {
        weighAgain(g, row, kept);
      }
      VectorMath.softmax(weights, kept, input.places(g) - kept);
      keep(g, row, kept);
    }
  }

  /** Products of the choosing queries and all keys of a group, without bias [rows, seen]. */
  private void score(int g, int first, int rows) {
    int n = input.targets().events(g);
    int seen = input.seen(g);
    Blas.multiply( // [rows, n] = R [rows, d] · Kᵀ [d, n]
        rows,
        n,
        d,
        1,
        new Blas.Operand(search, d, false).at((long) first * d),
        new Blas.Operand(keys, d, true).at((long) input.targets().keyFrom()[g] * d),
        0,
        new Blas.Operand(product, seen, false));
    for (int row = 0; row < rows && seen > n; row++) {
      long end = (long) input.endRow() * d;
      float score = Rows.dot(search, (long) (first + row) * d, keys, end, d);
      Rows.set(product, (long) row * seen + n, score);
    }
  }

  private void addBias(int g, int row) {
    int buckets = input.search().bias().cols();
    int n = input.targets().events(g);
    long biasRow = (long) (row % heads) * buckets;
    for (int l = 0; l < n && buckets > 0; l++) {
      scores[l] += Rows.get(searchBias, biasRow + AttentionInput.bucket(n - l, buckets));
    }
  }

  /** Chooses what is kept and leaves its scores in {@code weights}. */
  private int choose(int g, int row) {
    int seen = input.seen(g);
    int pads = input.pads(g);
    float padScore = pads > 0 ? padScores[row] : 0;
    int kept = AttentionInput.Padding.kept(scores, seen, pads, padScore, input.places(g));
    TopSet.choose(scores, seen, chosen, kept);
    for (int i = 0; i < kept; i++) {
      weights[i] = scores[chosen[i]];
    }
    return kept;
  }

  /** The scores of the chosen by the queries that weigh. */
  private void weighAgain(int g, int row, int kept) {
    int n = input.targets().events(g);
    long biasRow = (long) (row % heads) * input.buckets();
    for (int i = 0; i < kept; i++) {
      long key = (long) input.keyRow(g, chosen[i]) * d;
      weights[i] = Rows.dot(folded, (long) row * d, keys, key, d);
      if (chosen[i] < n && input.buckets() > 0) {
        int bucket = AttentionInput.bucket(n - chosen[i], input.buckets());
        weights[i] += Rows.get(bias, biasRow + bucket);
      }
    }
  }

  private void keep(int g, int row, int kept) {
    int cell = row * input.topK();
    for (int i = 0; i < kept; i++) {
      chosen[i] = input.keyRow(g, chosen[i]);
      attended.selected()[cell + i] = chosen[i];
      attended.weights()[cell + i] = weights[i];
    }
    attended.kept()[row] = kept;
    long at = (long) row * d;
    Rows.clear(pooled, at, d);
    ChosenRows.addSum(weights, keys, chosen, 0, kept, d, pooled, at);
  }
}
