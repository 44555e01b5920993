package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import seminar.math.Checks;
import seminar.math.TopSet;
import seminar.math.Workers;

/**
 * Ragged target attention with one top-K for each head ({@link Backend#attend}) on the CPU.
 *
 * <p>Scores of a group are one dense product {@code R Kᵀ} of its folded queries and the keys it
 * sees; selection and weighted sums are irregular and touch K rows each. Cost for one candidate:
 * {@code H·n·d} multiplications for the scores, {@code H·K·d} for the sum, {@code 4·H·K·d}
 * backward.
 *
 * <p>Histories are independent, so they are the shards.
 */
final class CpuAttention {
  private final Workers workers;

  CpuAttention(Workers workers) {
    this.workers = workers;
  }

  Attended attend(
      Matrix keys, Matrix folded, Matrix bias, Targets targets, int topK, Matrix pooled) {
    int d = keys.cols();
    int heads = Checks.atLeast(1, "heads", folded.cols() / d);
    Checks.sameLength("folded columns", folded.cols(), "heads · d", heads * d);
    Checks.sameLength("folded rows", folded.rows(), "candidates", targets.candidateCount());
    int cells = Math.multiplyExact(targets.candidateCount() * heads, topK);
    Attended attended = new Attended(heads, topK, new int[cells], new float[cells], pooled);
    workers.forEach(
        targets.historyCount(),
        (shard, from, to) -> {
          try (Arena arena = Arena.ofConfined()) {
            Forward forward = new Forward(keys, folded, bias, targets, attended, arena, from, to);
            for (int g = targets.histories()[from]; g < targets.histories()[to]; g++) {
              forward.group(g);
            }
          }
        });
    return attended;
  }

  void backward(
      Matrix keys,
      Matrix folded,
      Targets targets,
      Attended attended,
      Matrix dPooled,
      Matrix dKeys,
      Matrix dFolded,
      Matrix dBias) {
    int shards = Workers.shards(targets.historyCount());
    float[][] dBiasOfShard = new float[shards][dBias.length()];
    workers.forEach(
        targets.historyCount(),
        (shard, from, to) -> {
          Backward backward =
              new Backward(
                  keys,
                  folded,
                  targets,
                  attended,
                  dPooled,
                  dKeys,
                  dFolded,
                  dBias.cols(),
                  dBiasOfShard[shard]);
          for (int g = targets.histories()[from]; g < targets.histories()[to]; g++) {
            backward.group(g);
          }
        });
    if (dBias.length() > 0) {
      MemorySegment sum = dBias.segment();
      for (float[] part : dBiasOfShard) {
        for (int i = 0; i < part.length; i++) {
          Rows.add(sum, i, part[i]);
        }
      }
    }
  }

  /** The bucket of a distance in events: ⌊log2⌋, at most the last. */
  static int bucket(int distance, int buckets) {
    return Math.min(buckets - 1, 31 - Integer.numberOfLeadingZeros(distance));
  }

  /** Forward work of one shard with its own buffers. */
  private static final class Forward {
    private final int d;
    private final int heads;
    private final int topK;
    private final int buckets;
    private final MemorySegment keys;
    private final MemorySegment folded;
    private final MemorySegment bias;
    private final MemorySegment pooled;
    private final Targets targets;
    private final Attended attended;
    private final MemorySegment product;
    private final float[] scores;
    private final TopSet best = new TopSet();
    private final int[] chosen;
    private final float[] weights;

    Forward(
        Matrix keys,
        Matrix folded,
        Matrix bias,
        Targets targets,
        Attended attended,
        Arena arena,
        int fromHistory,
        int toHistory) {
      d = keys.cols();
      heads = attended.heads();
      topK = attended.topK();
      buckets = bias.cols();
      this.keys = keys.segment();
      this.folded = folded.segment();
      this.bias = bias.segment();
      pooled = attended.pooled().segment();
      this.targets = targets;
      this.attended = attended;
      int events = 0;
      long cells = 0;
      for (int g = targets.histories()[fromHistory]; g < targets.histories()[toHistory]; g++) {
        int rows = (targets.candidates()[g + 1] - targets.candidates()[g]) * heads;
        events = Math.max(events, targets.events(g));
        cells = Math.max(cells, (long) rows * targets.events(g));
      }
      product = arena.allocate(Math.max(1, cells) * Float.BYTES, Float.BYTES);
      scores = new float[events];
      chosen = new int[Math.min(topK, events)];
      weights = new float[chosen.length];
    }

    void group(int g) {
      int n = targets.events(g);
      int first = targets.candidates()[g] * heads;
      int rows = targets.candidates()[g + 1] * heads - first;
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
          new Blas.Operand(keys, d, true).at((long) targets.keyFrom()[g] * d),
          0,
          new Blas.Operand(product, n, false));
      for (int row = 0; row < rows; row++) {
        MemorySegment.copy(
            product, ValueLayout.JAVA_FLOAT, (long) row * n * Float.BYTES, scores, 0, n);
        select(first + row, targets.keyFrom()[g], n);
      }
    }

    /** Top-K, softmax and weighted sum of one candidate and head. */
    private void select(int row, int keyFrom, int n) {
      if (buckets > 0) {
        long biasRow = (long) (row % heads) * buckets;
        for (int l = 0; l < n; l++) {
          scores[l] += Rows.get(bias, biasRow + bucket(n - l, buckets));
        }
      }
      int kept = Math.min(topK, n);
      best.choose(scores, n, chosen, kept);
      softmax(kept);
      int cell = row * topK;
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

  /** Backward work of one shard. */
  private static final class Backward {
    private final int d;
    private final int heads;
    private final int topK;
    private final int buckets;
    private final MemorySegment keys;
    private final MemorySegment folded;
    private final MemorySegment dPooled;
    private final MemorySegment dKeys;
    private final MemorySegment dFolded;
    private final Targets targets;
    private final Attended attended;
    private final float[] dBias;
    private final float[] dWeights;

    Backward(
        Matrix keys,
        Matrix folded,
        Targets targets,
        Attended attended,
        Matrix dPooled,
        Matrix dKeys,
        Matrix dFolded,
        int buckets,
        float[] dBias) {
      d = keys.cols();
      heads = attended.heads();
      topK = attended.topK();
      this.buckets = buckets;
      this.keys = keys.segment();
      this.folded = folded.segment();
      this.dPooled = dPooled.segment();
      this.dKeys = dKeys.segment();
      this.dFolded = dFolded.segment();
      this.targets = targets;
      this.attended = attended;
      this.dBias = dBias;
      dWeights = new float[topK];
    }

    void group(int g) {
      int kept = Math.min(topK, targets.events(g));
      for (int row = targets.candidates()[g] * heads;
          row < targets.candidates()[g + 1] * heads;
          row++) {
        row(row, kept, targets.keyTo()[g]);
      }
    }

    /**
     * With {@code dp} the gradient of the sum: {@code da_l = dp · k_l}, {@code ds_l = a_l (da_l − Σ
     * a da)}, {@code dk_l += a_l dp + ds_l r}, {@code dr += ds_l k_l}.
     */
    private void row(int row, int kept, int keyTo) {
      long at = (long) row * d;
      int cell = row * topK;
      float mean = 0;
      for (int i = 0; i < kept; i++) {
        dWeights[i] = Rows.dot(dPooled, at, keys, (long) attended.selected()[cell + i] * d, d);
        mean = Math.fma(attended.weights()[cell + i], dWeights[i], mean);
      }
      for (int i = 0; i < kept; i++) {
        int key = attended.selected()[cell + i];
        float weight = attended.weights()[cell + i];
        float dScore = weight * (dWeights[i] - mean);
        Rows.addScaledPair(weight, dPooled, at, dScore, folded, at, dKeys, (long) key * d, d);
        Rows.addScaled(dScore, keys, (long) key * d, dFolded, at, d);
        if (buckets > 0) {
          dBias[(row % heads) * buckets + bucket(keyTo - key, buckets)] += dScore;
        }
      }
    }
  }
}
