package seminar.compute;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * The irregular operations on both backends: {@code ./seminar bench ops}.
 *
 * <p>16,384 rows of 64 floats from a table of 20,000. The limit of the gather is memory: it reads
 * and writes 2 · 4.2 MB; the scatter-add reads 4.2 MB and reads and writes 4.2 MB of the table.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ComputeBenchmark {
  private static final int TABLE = 20_000;
  private static final int ROWS = 16_384;
  private static final int DIMS = 64;

  /** Which backend works; both have all processors. */
  @Param({"vector", "nd4j"})
  public String backend;

  private Backend compute;
  private Matrix table;
  private Matrix out;
  private int[] rows;
  private Ragged lists;
  private Matrix keys;
  private Matrix folded;
  private Matrix pooled;
  private Matrix noBias;
  private Targets targets;

  /** Random rows; 16 users of 200 events, each with 20 candidates of 4 heads, K = 50. */
  @Setup
  public void fill() {
    compute = backend.equals("vector") ? CpuBackend.of(Workers.common()) : new Nd4jBackend();
    SplittableRandom rng = Rng.stream("bench/compute", 1);
    table = random(rng, TABLE);
    out = random(rng, ROWS);
    rows = rng.ints(ROWS, 0, TABLE).toArray();
    int[] offsets = new int[ROWS / 4 + 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = 4 * i;
    }
    lists = new Ragged(offsets, rng.ints(ROWS, 0, 2000).toArray());
    keys = random(rng, 16 * 200);
    folded = random(rng, 16 * 20 * 4).reshape(16 * 20, 4 * DIMS);
    pooled = Matrix.zeros(16 * 20, 4 * DIMS);
    noBias = Matrix.zeros(4, 0);
    int[] from = new int[16];
    int[] to = new int[16];
    int[] candidates = new int[17];
    int[] histories = new int[17];
    for (int b = 0; b < 16; b++) {
      from[b] = 200 * b;
      to[b] = 200 * (b + 1);
      candidates[b + 1] = 20 * (b + 1);
      histories[b + 1] = b + 1;
    }
    targets = new Targets(from, to, candidates, histories);
  }

  private static Matrix random(SplittableRandom rng, int rows) {
    float[] values = new float[rows * DIMS];
    Rng.gaussian(rng, values, 1);
    return Matrix.of(rows, DIMS, values);
  }

  /** As many bytes in one piece: what the memory of this machine allows a gather. */
  @Benchmark
  public Matrix copy() {
    java.lang.foreign.MemorySegment.copy(table.segment(), 0, out.segment(), 0, 4L * ROWS * DIMS);
    return out;
  }

  /** 16,384 rows out of the table. */
  @Benchmark
  public Matrix gather() {
    compute.gather(table, rows, out);
    return out;
  }

  /** 16,384 rows added into the table. */
  @Benchmark
  public Matrix scatterAdd() {
    compute.scatterAdd(out, rows, table);
    return table;
  }

  /** 4,096 lists of four of 2,000 rows. */
  @Benchmark
  public Matrix bag() {
    compute.bag(table.rows(0, 2000), lists, out.rows(0, ROWS / 4));
    return out;
  }

  /** 1,280 folded queries over 200 keys each, the 50 best. */
  @Benchmark
  public Attended attend() {
    return compute.attend(new AttentionInput(keys, folded, noBias, targets, 50), pooled);
  }
}
