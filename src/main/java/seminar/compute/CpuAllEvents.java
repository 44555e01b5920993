package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;
import seminar.math.VectorMath;

/**
 * Attention over all events of a few groups, with its own buffers: two dense products forward, five
 * backward. With R the rows of a block, K the n keys that they see, and p the pooled rows:
 *
 * <pre>
 *   A = softmax(R Kᵀ + bias),   p = A K
 *   dS = A ∘ (dp Kᵀ − (dp · p)),   dK += Aᵀ dp + dSᵀ R,   dR += dS K
 * </pre>
 *
 * <p>A is zero where a row does not see a key of its block. The backward pass computes A again, so
 * that nothing of n numbers a row outlives its block, and takes {@code Σ_l a_l da_l} as {@code dp ·
 * p}. Cost of a row: {@code 2·n·d} multiplications forward, {@code 5·n·d} backward; memory: {@code
 * 2·ROWS·n} floats.
 */
final class CpuAllEvents {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private final AllEvents input;
  private final List<RowBlock> blocks;
  private final int d;
  private final Blas.Operand keys;
  private final Blas.Operand folded;
  private final Blas.Operand pooled;
  private final MemorySegment weights;
  private final MemorySegment slopes;
  private final float[] line;
  private final float[] slope;
  private final float[] bias;

  /** What is done to the row of a block: its group's events are {@code [from, from + n)} there. */
  private interface Row {
    void at(int r, int from, int n);
  }

  /**
   * For some groups; their largest block sets the buffers.
   *
   * @param backward whether gradients are wanted, which need twice the memory
   */
  CpuAllEvents(
      AllEvents input, Matrix pooled, Arena arena, int fromGroup, int toGroup, boolean backward) {
    this.input = input;
    blocks = RowBlock.of(input, fromGroup, toGroup);
    d = input.dims();
    keys = Blas.Operand.of(input.keys());
    folded = new Blas.Operand(input.folded().segment(), d, false);
    this.pooled = new Blas.Operand(pooled.segment(), d, false);
    long cells = blocks.stream().mapToLong(RowBlock::cells).max().orElse(0);
    int most = blocks.stream().mapToInt(RowBlock::keys).max().orElse(0);
    long bytes = Math.max(1, cells) * Float.BYTES;
    weights = arena.allocate(bytes, Float.BYTES);
    slopes = backward ? arena.allocate(bytes, Float.BYTES) : weights;
    line = new float[most];
    slope = new float[backward ? most : 0];
    bias = input.bias().toArray();
  }

  void forward() {
    for (RowBlock block : blocks) {
      int n = block.keys();
      if (n == 0) {
        RowKernels.clear(pooled.memory(), (long) block.first() * d, block.rows() * d);
      } else {
        weigh(block);
        Blas.Operand a = new Blas.Operand(weights, n, false);
        Blas.multiply(
            block.rows(), d, n, 1, a, at(keys, block.keyFrom()), 0, at(pooled, block.first()));
      }
    }
  }

  /**
   * Adds the gradients.
   *
   * @param dBias this worker's part of the gradient of the bias [H · buckets]
   */
  void backward(Matrix dPooled, AttentionInput.Gradient gradient, float[] dBias) {
    Blas.Operand dKeys = Blas.Operand.of(gradient.keys());
    Blas.Operand dFolded = new Blas.Operand(gradient.folded().segment(), d, false);
    for (RowBlock block : blocks) {
      int n = block.keys();
      int rows = block.rows();
      if (n == 0) {
        continue;
      }
      weigh(block);
      Blas.Operand a = new Blas.Operand(weights, n, false);
      Blas.Operand ds = new Blas.Operand(slopes, n, false);
      Blas.Operand k = at(keys, block.keyFrom());
      Blas.Operand dk = at(dKeys, block.keyFrom());
      Blas.Operand dp = new Blas.Operand(dPooled.segment(), d, false).at((long) block.first() * d);
      Blas.multiply(rows, n, d, 1, dp, k.transpose(), 0, ds); // dA
      eachRow(block, (r, from, seen) -> toScores(block, r, from, seen, dPooled, dBias));
      Blas.multiply(n, d, rows, 1, a.transpose(), dp, 1, dk);
      Blas.multiply(n, d, rows, 1, ds.transpose(), at(folded, block.first()), 1, dk);
      Blas.multiply(rows, d, n, 1, ds, k, 1, at(dFolded, block.first()));
    }
  }

  /** The weights A of a block. */
  private void weigh(RowBlock block) {
    int n = block.keys();
    Blas.Operand turned = at(keys, block.keyFrom()).transpose();
    Blas.Operand scores = new Blas.Operand(weights, n, false);
    Blas.multiply(block.rows(), n, d, 1, at(folded, block.first()), turned, 0, scores);
    eachRow(
        block,
        (r, from, seen) -> {
          read(weights, (long) r * n + from, line, seen);
          RecencyBuckets.add(
              bias, (block.first() + r) % input.heads(), input.buckets(), line, seen);
          VectorMath.softmax(line, seen, 0);
          write(line, from, seen, weights, (long) r * n, n);
        });
  }

  private void eachRow(RowBlock block, Row body) {
    Groups groups = input.groups();
    int g = block.group();
    for (int r = 0; r < block.rows(); r++) {
      int candidate = (block.first() + r) / input.heads();
      while (candidate >= groups.candidates()[g + 1]) {
        g++;
      }
      int seen = groups.events(g);
      body.at(r, seen == 0 ? 0 : groups.keyFrom()[g] - block.keyFrom(), seen);
    }
  }

  /** From dA to dS of row r of a block, and the gradient of its bias. */
  private void toScores(RowBlock block, int r, int from, int n, Matrix dPooled, float[] dBias) {
    long cell = (long) r * block.keys();
    long at = (long) (block.first() + r) * d;
    float mean = RowKernels.dot(pooled.memory(), at, dPooled.segment(), at, d);
    read(weights, cell + from, line, n);
    read(slopes, cell + from, slope, n);
    for (int l = 0; l < n; l++) {
      slope[l] = line[l] * (slope[l] - mean);
    }
    int buckets = input.buckets();
    int bucket = (block.first() + r) % input.heads() * buckets;
    int to = n;
    for (int b = 0; b < buckets && to > 0; b++) {
      int first = RecencyBuckets.oldest(n, b, buckets);
      dBias[bucket + b] += sum(first, to);
      to = first;
    }
    write(slope, from, n, slopes, cell, block.keys());
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

  private static void read(MemorySegment cells, long at, float[] into, int n) {
    MemorySegment.copy(cells, ValueLayout.JAVA_FLOAT, at * Float.BYTES, into, 0, n);
  }

  /** Puts n numbers at {@code from} in a row of the cells, and zeros in the rest of it. */
  private static void write(
      float[] line, int from, int n, MemorySegment cells, long at, int length) {
    if (n < length) {
      cells.asSlice(at * Float.BYTES, (long) length * Float.BYTES).fill((byte) 0);
    }
    MemorySegment.copy(line, 0, cells, ValueLayout.JAVA_FLOAT, (at + from) * Float.BYTES, n);
  }

  private Blas.Operand at(Blas.Operand rows, int first) {
    return rows.at((long) first * d);
  }
}
