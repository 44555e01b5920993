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
  private Matrix other;
  private Matrix gate;
  private boolean[][] present;
  private int[] distinct;
  private Matrix mean;
  private Matrix variance;

  /** Random rows. */
  @Setup
  public void fill() {
    compute =
        backend.equals("vector")
            ? Backends.cpu().on(Workers.common())
            : Backends.nd4j().on(Workers.common());
    SplittableRandom rng = Rng.stream("bench/compute", 1);
    table = random(rng, TABLE);
    out = random(rng, ROWS);
    rows = rng.ints(ROWS, 0, TABLE).toArray();
    int[] offsets = new int[ROWS / 4 + 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = 4 * i;
    }
    lists = new Ragged(offsets, rng.ints(ROWS, 0, 2000).toArray());
    other = random(rng, ROWS);
    gate = Matrix.of(1, 2, 0.3f, -0.2f);
    present = new boolean[2][ROWS];
    for (boolean[] has : present) {
      java.util.Arrays.fill(has, true);
    }
    distinct = rng.ints(0, TABLE).distinct().limit(ROWS).toArray();
    mean = random(rng, TABLE);
    variance = Matrix.zeros(TABLE, DIMS);
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
    compute.lookup().gather(table, rows, out);
    return out;
  }

  /** 16,384 rows added into the table. */
  @Benchmark
  public Matrix scatterAdd() {
    compute.lookup().scatterAdd(out, rows, table);
    return table;
  }

  /** 4,096 lists of four of 2,000 rows. */
  @Benchmark
  public Matrix bag() {
    compute.lookup().bag(table.rows(0, 2000), lists, out.rows(0, ROWS / 4));
    return out;
  }

  /** The gradient of the bags: reads 1 MB, reads and writes 4,096 · 4 rows of 256 bytes. */
  @Benchmark
  public Matrix bagBackward() {
    compute.lookup().bagBackward(out.rows(0, ROWS / 4), lists, table.rows(0, 2000));
    return table;
  }

  /** Two modalities of 16,384 rows: reads 8.4 MB and writes 4.2 MB in order. */
  @Benchmark
  public Matrix fuse() {
    compute.fusion().fuse(new Matrix[] {table.rows(0, ROWS), other}, present, gate, out);
    return out;
  }

  /** 16,384 pairs: reads 8.4 MB of random rows and writes 4.2 MB in order. */
  @Benchmark
  public Matrix pairs() {
    compute.fusion().pairs(table, rows, table, distinct, 0.5f, out);
    return out;
  }

  /** 16,384 rows of Adam: reads 16.8 MB, 12.6 MB of them random rows that are also written. */
  @Benchmark
  public Matrix adam() {
    Backend.AdamStep step = new Backend.AdamStep(1e-6, 0.9, 0.999, 0.5, 1e-8);
    compute.lookup().adam(table, other, mean, variance, distinct, step);
    return table;
  }
}
