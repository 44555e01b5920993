package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;
import seminar.math.VectorMath;

/**
 * Attention over all events of a few groups, with its own buffers: two dense products forward, five
 * backward. With R the rows of a block, K the n keys that it sees, and p the pooled rows:
 *
 * <pre>
 *   A = softmax(R Kᵀ + bias),   p = A K
 *   dS = A ∘ (dp Kᵀ − (dp · p)),   dK += Aᵀ dp + dSᵀ R,   dR += dS K
 * </pre>
 *
 * <p>The backward pass computes A again, so that nothing of n numbers a row outlives its block, and
 * takes {@code Σ_l a_l da_l} as {@code dp · p}. Cost of a row: {@code 2·n·d} multiplications
 * forward, {@code 5·n·d} backward; memory: {@code 2·ROWS·n} floats.
 */
final class CpuAllEvents {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private final AllEvents input;
  private final int d;
  private final Blas.Operand keys;
  private final Blas.Operand folded;
  private final Blas.Operand pooled;
  private final MemorySegment weights;
  private final MemorySegment slopes;
  private final float[] line;
  private final float[] slope;
  private final float[] bias;

  /**
   * For the groups {@code [fromGroup, toGroup)}; the largest of them sets the buffers.
   *
   * @param backward whether gradients are wanted, which need twice the memory
   */
  CpuAllEvents(
      AllEvents input, Matrix pooled, Arena arena, int fromGroup, int toGroup, boolean backward) {
    this.input = input;
    d = input.dims();
    keys = Blas.Operand.of(input.keys());
    folded = new Blas.Operand(input.folded().segment(), d, false);
    this.pooled = new Blas.Operand(pooled.segment(), d, false);
    int most = 0;
    for (int g = fromGroup; g < toGroup; g++) {
      most = Math.max(most, input.groups().events(g));
    }
    long bytes = Math.max(1, (long) input.mostRows(fromGroup, toGroup) * most) * Float.BYTES;
    weights = arena.allocate(bytes, Float.BYTES);
    slopes = backward ? arena.allocate(bytes, Float.BYTES) : weights;
    line = new float[most];
    slope = new float[backward ? most : 0];
    bias = input.bias().toArray();
  }

  void forward(int g) {
    int n = input.groups().events(g);
    input.blocks(
        g,
        (first, rows) -> {
          if (n == 0) {
            RowKernels.clear(pooled.memory(), (long) first * d, rows * d);
          } else {
            weigh(g, first, rows);
            Blas.multiply(rows, d, n, 1, block(weights, n), events(keys, g), 0, at(pooled, first));
          }
        });
  }

  /** The weights A of a block. */
  private void weigh(int g, int first, int rows) {
    int n = input.groups().events(g);
    Blas.Operand turned = events(keys, g).transpose();
    Blas.multiply(rows, n, d, 1, at(folded, first), turned, 0, block(weights, n));
    for (int r = 0; r < rows; r++) {
      read(weights, r, n, line);
      addBias(n, (first + r) % input.heads());
      VectorMath.softmax(line, n, 0);
      write(line, n, weights, r);
    }
  }

  private void addBias(int n, int head) {
    int buckets = input.buckets();
    int to = n;
    for (int b = 0; b < buckets && to > 0; b++) {
      int from = oldest(b, buckets, n);
      float added = bias[head * buckets + b];
      for (int l = from; l < to; l++) {
        line[l] += added;
      }
      to = from;
    }
  }

  /** The oldest of n events whose distance falls in bucket b: those of a bucket are neighbours. */
  private static int oldest(int b, int buckets, int n) {
    return b == buckets - 1 ? 0 : Math.max(0, n + 1 - (2 << b));
  }

  /**
   * Adds the gradients of a group.
   *
   * @param dBias this worker's part of the gradient of the bias [H · buckets]
   */
  void backward(int g, Matrix dPooled, AttentionInput.Gradient gradient, float[] dBias) {
    int n = input.groups().events(g);
    Blas.Operand dp = new Blas.Operand(dPooled.segment(), d, false);
    Blas.Operand dKeys = Blas.Operand.of(gradient.keys());
    Blas.Operand dFolded = new Blas.Operand(gradient.folded().segment(), d, false);
    if (n == 0) {
      return;
    }
    input.blocks(
        g,
        (first, rows) -> {
          weigh(g, first, rows);
          Blas.Operand dBlock = at(dp, first);
          Blas.Operand a = block(weights, n);
          Blas.Operand ds = block(slopes, n);
          Blas.multiply(rows, n, d, 1, dBlock, events(keys, g).transpose(), 0, ds);
          Blas.multiply(n, d, rows, 1, a.transpose(), dBlock, 1, events(dKeys, g));
          for (int r = 0; r < rows; r++) {
            toScores(n, r, (long) (first + r) * d, dPooled);
            addBiasGradient(n, (first + r) % input.heads(), dBias);
          }
          Blas.multiply(n, d, rows, 1, ds.transpose(), at(folded, first), 1, events(dKeys, g));
          Blas.multiply(rows, d, n, 1, ds, events(keys, g), 1, at(dFolded, first));
        });
  }

  /** From da to ds of row r of a block, which {@code slope} keeps. */
  private void toScores(int n, int r, long at, Matrix dPooled) {
    float mean = RowKernels.dot(pooled.memory(), at, dPooled.segment(), at, d);
    read(weights, r, n, line);
    read(slopes, r, n, slope);
    for (int l = 0; l < n; l++) {
      slope[l] = line[l] * (slope[l] - mean);
    }
    write(slope, n, slopes, r);
  }

  private void addBiasGradient(int n, int head, float[] dBias) {
    int buckets = input.buckets();
    int to = n;
    for (int b = 0; b < buckets && to > 0; b++) {
      int from = oldest(b, buckets, n);
      dBias[head * buckets + b] += sum(from, to);
      to = from;
    }
  }

  private float sum(int from, int to) {
    FloatVector sums = FloatVector.zero(SPECIES);
    int l = from;
    for (; l <= to - SPECIES.length(); l += SPECIES.length()) {
      sums = sums.add(FloatVector.fromArray(SPECIES, slope, l));
    }
    float sum = Lanes.sum(sums);
    for (; l < to; l++) {
      sum += slope[l];
    }
    return sum;
  }

  private static void read(MemorySegment block, int r, int n, float[] into) {
    MemorySegment.copy(block, ValueLayout.JAVA_FLOAT, (long) r * n * Float.BYTES, into, 0, n);
  }

  private static void write(float[] from, int n, MemorySegment block, int r) {
    MemorySegment.copy(from, 0, block, ValueLayout.JAVA_FLOAT, (long) r * n * Float.BYTES, n);
  }

  private static Blas.Operand block(MemorySegment memory, int n) {
    return new Blas.Operand(memory, n, false);
  }

  private Blas.Operand at(Blas.Operand rows, int first) {
    return rows.at((long) first * d);
  }

  private Blas.Operand events(Blas.Operand ofKeys, int g) {
    return ofKeys.at((long) input.groups().keyFrom()[g] * d);
  }
}
