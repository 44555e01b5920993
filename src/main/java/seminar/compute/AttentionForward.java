package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import seminar.math.VectorMath;

/**
 * The forward pass of target attention over a few groups, with its own buffers.
 *
 * <p>Scores of a group are one dense product {@code R Kᵀ} of its folded queries and the keys it
 * sees; selection and weighted sums are irregular and touch K rows each. Cost for one candidate:
 * {@code H·n·d} multiplications for the scores, {@code H·K·d} for the sum, and {@code H·K·d} more
 * where others choose than weigh.
 *
 * <p>The scores of a group lie in memory of the thread that is used again, at most {@link
 * Backend.Attention#MOST_SCORES} at a time: a hundred thousand candidates of ten thousand events
 * are scored in blocks.
 */
final class AttentionForward {
  private static final ThreadLocal<Scratch> PRODUCTS = ThreadLocal.withInitial(Scratch::new);

  private final AttentionInput input;
  private final int d;
  private final int heads;
  private final MemorySegment keys;
  private final MemorySegment folded;
  private final MemorySegment bias;
  private final MemorySegment search;
  private final MemorySegment searchKeys;
  private final float[] searchBias;
  private final float[] padScores;
  private final MemorySegment pooled;
  private final Attended attended;
  private MemorySegment product;
  private final float[] scores;
  private final FewQueries few;
  private final float[] spare;
  private final int[] chosen;
  private final int[] selected;
  private final float[] weights;

  /**
   * For the groups {@code [fromGroup, toGroup)}; the largest of them sets the buffers.
   *
   * @param padScores the scores of {@link AttentionInput#padding}
   */
  AttentionForward(
      AttentionInput input, float[] padScores, Attended attended, int fromGroup, int toGroup) {
    this.input = input;
    d = input.dims();
    heads = input.heads();
    keys = input.keys().segment();
    folded = input.folded().segment();
    bias = input.bias().segment();
    search = input.search().folded().segment();
    searchKeys = input.search().keys().segment();
    searchBias = input.search().bias().toArray();
    this.padScores = padScores;
    pooled = attended.pooled().segment();
    this.attended = attended;
    int most = 0;
    for (int g = fromGroup; g < toGroup; g++) {
      most = Math.max(most, input.seen(g));
    }
    int scored = input.isChosen() ? 0 : most;
    scores = new float[scored];
    spare = new float[scored / 4];
    chosen = new int[Math.min(input.topK(), most)];
    selected = new int[chosen.length];
    weights = new float[chosen.length];
    few = new FewQueries(input, toGroup);
  }

  void group(int g) {
    int first = input.rowOf(g);
    int end = input.rowOf(g + 1);
    int seen = input.seen(g);
    if (seen == 0) {
      RowKernels.clear(pooled, (long) first * d, (end - first) * d);
      return;
    }
    boolean isFew = few.takes(g);
    int block = Math.max(1, Backend.Attention.MOST_SCORES / seen);
    for (int row = first; row < end; row++) {
      int place = (row - first) % block;
      if (place == 0 && !isFew && !input.isChosen()) {
        score(g, row, Math.min(block, end - row));
      }
      int kept = input.isChosen() ? take(g, row) : best(g, row, place, isFew);
      boolean apart = input.searched() || input.isChosen();
      if (apart && input.weighing() != Weighing.ONES) {
        weighAgain(g, row, kept);
      }
      weigh(kept, input.isChosen() ? 0 : input.places(g) - kept);
      keep(row, kept);
    }
  }

  /** Takes what was chosen beforehand. */
  private int take(int g, int row) {
    int kept = input.choice().kept()[row];
    int cell = row * input.topK();
    for (int i = 0; i < kept; i++) {
      selected[i] = input.choice().selected()[cell + i];
      chosen[i] = selected[i] - input.groups().keyFrom()[g];
      if (chosen[i] < 0 || chosen[i] >= input.groups().events(g)) {
        throw new IllegalArgumentException(
            "row %d attends to key %d: its events are [%d, %d)"
                .formatted(
                    row, selected[i], input.groups().keyFrom()[g], input.groups().keyTo()[g]));
      }
    }
    return kept;
  }

  /** Finds the best of a row, the {@code place}-th of those scored last. */
  private int best(int g, int row, int place, boolean isFew) {
    readScores(g, row, place, isFew);
    addBias(g, row);
    return choose(g, row);
  }

  /** From scores to weights; pads have score 0. */
  private void weigh(int kept, int pads) {
    switch (input.weighing()) {
      case SOFTMAX -> VectorMath.softmax(weights, kept, pads);
      case SCORES -> {} // they are the weights
      case ONES -> Arrays.fill(weights, 0, kept, 1);
    }
  }

  /** Products of some choosing queries and all events of a group. */
  private void score(int g, int first, int rows) {
    int n = input.groups().events(g);
    int from = input.groups().keyFrom()[g];
    product = PRODUCTS.get().matrix("product", rows, Math.max(1, n)).segment();
    Blas.multiply( // [rows, n] = R [rows, d] · Kᵀ [d, n]
        rows,
        n,
        d,
        1,
        new Blas.Operand(search, d, false).at((long) first * d),
        new Blas.Operand(searchKeys, d, true).at((long) from * d),
        0,
        new Blas.Operand(product, n, false));
  }

  /** The scores, without bias, of a row, the {@code place}-th of those scored last. */
  private void readScores(int g, int row, int place, boolean isFew) {
    int n = input.groups().events(g);
    if (isFew) {
      few.scores(g, row, scores);
    } else {
      long at = (long) place * n * Float.BYTES;
      MemorySegment.copy(product, ValueLayout.JAVA_FLOAT, at, scores, 0, n);
    }
    if (input.hasEnd()) {
      scores[n] = RowKernels.dot(search, (long) row * d, searchKeys, (long) input.endRow() * d, d);
    }
  }

  private void addBias(int g, int row) {
    int buckets = input.search().bias().cols();
    RecencyBuckets.add(searchBias, row % heads, buckets, scores, input.groups().events(g));
  }

  /** Chooses what is kept and leaves its scores in {@code weights}. */
  private int choose(int g, int row) {
    int seen = input.seen(g);
    int pads = input.pads(g);
    float padScore = pads > 0 ? padScores[row] : 0;
    int kept = Padding.kept(scores, seen, pads, padScore, input.places(g));
    input.choose(scores, seen, chosen, kept, spare);
    for (int i = 0; i < kept; i++) {
      selected[i] = input.keyRow(g, chosen[i]);
      weights[i] = scores[chosen[i]];
    }
    return kept;
  }

  /** The scores of the chosen by the queries that weigh. */
  private void weighAgain(int g, int row, int kept) {
    int n = input.groups().events(g);
    int buckets = input.buckets();
    ChosenRows.dots(folded, (long) row * d, keys, selected, 0, kept, d, weights);
    for (int i = 0; i < kept && buckets > 0; i++) {
      if (chosen[i] < n) {
        int bucket = RecencyBuckets.of(n - chosen[i], buckets);
        weights[i] += RowKernels.get(bias, (long) (row % heads) * buckets + bucket);
      }
    }
  }

  private void keep(int row, int kept) {
    int cell = row * input.topK();
    for (int i = 0; i < kept; i++) {
      attended.selected()[cell + i] = selected[i];
      attended.weights()[cell + i] = weights[i];
    }
    attended.kept()[row] = kept;
    long at = (long) row * d;
    RowKernels.clear(pooled, at, d);
    ChosenRows.addSum(weights, keys, selected, 0, kept, d, pooled, at);
  }
}
