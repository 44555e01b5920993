package seminar.compute;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import seminar.math.Rng;

/**
 * ND4J's own gather and scatter-add, with nothing around them, on the shapes of {@link
 * ComputeBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Nd4jOperationsBenchmark {
  private INDArray table;
  private INDArray out;
  private INDArray indices;
  private int[] rows;

  /** 16,384 random rows of a table of 20,000. */
  @Setup
  public void fill() {
    SplittableRandom rng = Rng.stream("bench/compute", 1);
    table = Nd4j.ones(DataType.FLOAT, 20_000, 64);
    out = Nd4j.ones(DataType.FLOAT, 16_384, 64);
    rows = rng.ints(16_384, 0, 20_000).toArray();
    indices = Nd4j.createFromArray(rows);
  }

  /** The operation {@code gather} along rows, which makes its own result. */
  @Benchmark
  public INDArray gather() {
    return Nd4j.exec(
        DynamicCustomOp.builder("gather").addInputs(table, indices).addIntegerArguments(0).build())[
        0];
  }

  /** The same into an array that is there already. */
  @Benchmark
  public INDArray gatherInto() {
    Nd4j.exec(
        DynamicCustomOp.builder("gather")
            .addInputs(table, indices)
            .addIntegerArguments(0)
            .addOutputs(out)
            .build());
    return out;
  }

  /** {@code Nd4j.pullRows}, the usual way to take rows. */
  @Benchmark
  public INDArray pullRows() {
    return Nd4j.pullRows(table, 1, rows);
  }

  /** The same into an array that is there already. */
  @Benchmark
  public INDArray pullRowsInto() {
    return Nd4j.pullRows(table, out, 1, rows);
  }

  /** The operation {@code scatter_add}. */
  @Benchmark
  public INDArray scatterAdd() {
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_add")
            .addInputs(table, indices, out)
            .addOutputs(table)
            .build());
    return table;
  }
}
