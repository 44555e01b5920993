package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import seminar.math.VectorMath;

/**
 * Self-attention of some (history, head) pairs, with its own buffers: two dense products forward,
 * five backward, for each block of queries. With Q the rows of a block, K and V the n keys and
 * values that they see, o the rows of the result and M the dropout, 0 or 1/(1 − rate):
 *
 * <pre>
 *   P = softmax(Q Kᵀ / √d),   A = P ∘ M,   o = A V
 *   dA = (do Vᵀ) ∘ M,   dS = P ∘ (dA − (do · o)) / √d
 *   dV += Aᵀ do,   dK += dSᵀ Q,   dQ += dS K
 * </pre>
 *
 * <p>{@code Σ_l P_l dA_l} is {@code do · o}, also with dropout. Causal attention leaves out the
 * keys after a block; within the block P is zero where a row does not see a key. The backward pass
 * computes P again. Cost of a row: {@code 2·n·d} multiplications forward, {@code 5·n·d} backward;
 * memory: {@code 2·ROWS·n} floats.
 */
final class CpuSelfAttention {
  /** The queries of a block. */
  static final int ROWS = 64;

  private final SelfAttention input;
  private final Matrix out;
  private final int from;
  private final int to;
  private final int d;
  private final MemorySegment weights;
  private final MemorySegment slopes;
  private final float[] line;
  private final float[] slope;

  /**
   * Queries of a head.
   *
   * @param start the first event of their history
   * @param first the first query
   * @param rows how many queries
   * @param keys how many events from the start on any of them sees
   */
  private record Block(int head, int start, int first, int rows, int keys) {}

  private interface Body {
    void on(Block block);
  }

  /**
   * For the pairs {@code [from, to)}, pair {@code b · H + h} being head h of history b.
   *
   * @param backward whether gradients are wanted, which need twice the memory
   */
  CpuSelfAttention(
      SelfAttention input, Matrix out, Arena arena, int from, int to, boolean backward) {
    this.input = input;
    this.out = out;
    this.from = from;
    this.to = to;
    d = input.headDims();
    int most = 1;
    for (int pair = from; pair < to; pair++) {
      most = Math.max(most, input.length(pair / input.heads()));
    }
    long bytes = (long) Math.min(ROWS, most) * most * Float.BYTES;
    weights = arena.allocate(bytes, 64);
    slopes = backward ? arena.allocate(bytes, 64) : weights;
    line = new float[most];
    slope = new float[backward ? most : 0];
  }

  void forward() {
    eachBlock(
        block -> {
          weigh(block);
          for (int r = 0; r < block.rows; r++) {
            drop(weights, block, r);
          }
          Blas.Operand a = cells(weights, block);
          Blas.Operand values = part(input.values(), block, block.start);
          Blas.multiply(block.rows, d, block.keys, 1, a, values, 0, part(out, block, block.first));
        });
  }

  /** Adds the gradients. */
  void backward(Matrix dOut, SelfAttention.Gradient gradient) {
    eachBlock(
        block -> {
          int rows = block.rows;
          int n = block.keys;
          weigh(block);
          Blas.Operand a = cells(weights, block);
          Blas.Operand ds = cells(slopes, block);
          Blas.Operand dRows = part(dOut, block, block.first);
          Blas.Operand values = part(input.values(), block, block.start);
          Blas.multiply(rows, n, d, 1, dRows, values.transpose(), 0, ds); // do Vᵀ
          for (int r = 0; r < rows; r++) {
            toScores(block, r, dOut);
          }
          float scale = input.scale();
          Blas.Operand dValues = part(gradient.values(), block, block.start);
          Blas.multiply(n, d, rows, 1, a.transpose(), dRows, 1, dValues);
          Blas.Operand queries = part(input.queries(), block, block.first);
          Blas.Operand dKeys = part(gradient.keys(), block, block.start);
          Blas.multiply(n, d, rows, scale, ds.transpose(), queries, 1, dKeys);
          Blas.Operand keys = part(input.keys(), block, block.start);
          Blas.Operand dQueries = part(gradient.queries(), block, block.first);
          Blas.multiply(rows, d, n, scale, ds, keys, 1, dQueries);
        });
  }

  private void eachBlock(Body body) {
    for (int pair = from; pair < to; pair++) {
      int history = pair / input.heads();
      int start = input.starts()[history];
      int end = input.starts()[history + 1];
      for (int first = start; first < end; first += ROWS) {
        int rows = Math.min(ROWS, end - first);
        int keys = (input.causal() ? first + rows : end) - start;
        body.on(new Block(pair % input.heads(), start, first, rows, keys));
      }
    }
  }

  /** P of a block. */
  private void weigh(Block block) {
    Blas.Operand queries = part(input.queries(), block, block.first);
    Blas.Operand turned = part(input.keys(), block, block.start).transpose();
    Blas.multiply(
        block.rows, block.keys, d, input.scale(), queries, turned, 0, cells(weights, block));
    for (int r = 0; r < block.rows; r++) {
      int seen = seen(block, r);
      long at = (long) r * block.keys;
      read(weights, at, line, seen);
      VectorMath.softmax(line, seen, 0);
      write(line, seen, weights, at, block.keys);
    }
  }

  /** From {@code do Vᵀ} to dS √d in row r, and from P to A. */
  private void toScores(Block block, int r, Matrix dOut) {
    int seen = seen(block, r);
    long cell = (long) r * block.keys;
    long row = at(block, block.first + r);
    float mean = RowKernels.dot(out.segment(), row, dOut.segment(), row, d);
    drop(slopes, block, r);
    read(weights, cell, line, seen);
    read(slopes, cell, slope, seen);
    for (int l = 0; l < seen; l++) {
      slope[l] = line[l] * (slope[l] - mean);
    }
    write(slope, seen, slopes, cell, block.keys);
    drop(weights, block, r);
  }

  private int seen(Block block, int r) {
    return input.causal() ? block.first + r + 1 - block.start : block.keys;
  }

  private void drop(MemorySegment cells, Block block, int r) {
    long index = input.place(block.first + r, block.start, block.head);
    input.dropout().apply(cells, (long) r * block.keys, seen(block, r), index);
  }

  private static void read(MemorySegment cells, long at, float[] into, int n) {
    MemorySegment.copy(cells, ValueLayout.JAVA_FLOAT, at * Float.BYTES, into, 0, n);
  }

  /** Puts n numbers in a row of the cells, and zeros in the rest of it. */
  private static void write(float[] line, int n, MemorySegment cells, long at, int length) {
    Arrays.fill(line, n, length, 0);
    MemorySegment.copy(line, 0, cells, ValueLayout.JAVA_FLOAT, at * Float.BYTES, length);
  }

  private static Blas.Operand cells(MemorySegment cells, Block block) {
    return new Blas.Operand(cells, block.keys, false);
  }

  /** The columns of the block's head, from row {@code event} on. */
  private Blas.Operand part(Matrix x, Block block, int event) {
    return Blas.Operand.of(x).at(at(block, event));
  }

  private long at(Block block, int event) {
    return (long) event * input.dims() + (long) block.head * d;
  }
}
