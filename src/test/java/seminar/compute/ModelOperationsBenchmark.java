package seminar.compute;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import seminar.math.TopSet;
import seminar.math.Workers;

/**
 * The operations that a training step and an evaluation spend their time in, at their shapes:
 * {@code ./seminar bench ops}. {@link #square} is what the processors can do at best.
 *
 * <p>A step has 64 users of 256 events with a positive and a negative, 4 heads of 64 dims, K = 64,
 * and 11,000 distinct items; an evaluation batch has 16 users of 100 candidates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ModelOperationsBenchmark {
  private static final int EVENTS = 256;
  private static final int DIMS = 64;
  private static final int HEADS = 4;
  private static final int K = 64;
  private static final int ITEMS = 11_000;
  private static final int FEATURES = 512;
  private static final int SIDE = 1024;

  private final Backend compute = Backends.cpu().on(Workers.common());
  private final SplittableRandom rng = Rng.stream("bench/model", 1);
  private final int[] chosen = new int[K];
  private Matrix features;
  private Matrix weights;
  private Matrix bias;
  private Matrix channel;
  private Matrix left;
  private Matrix right;
  private Matrix product;
  private AttentionInput train;
  private AttentionInput evaluation;
  private Matrix trainPooled;
  private Matrix evaluationPooled;
  private Attended attended;
  private AttentionInput.Gradient gradient;
  private float[] scores;

  /** Random numbers of these shapes. */
  @Setup
  public void fill() {
    features = random(ITEMS, FEATURES);
    weights = random(FEATURES, DIMS);
    bias = random(1, DIMS);
    channel = random(ITEMS, DIMS);
    left = random(SIDE, SIDE);
    right = random(SIDE, SIDE);
    product = random(SIDE, SIDE);
    train = input(64, 2);
    evaluation = input(16, 100);
    trainPooled = random(128, HEADS * DIMS);
    evaluationPooled = random(1600, HEADS * DIMS);
    attended = compute.attention().attend(train, Matrix.zeros(128, HEADS * DIMS));
    gradient =
        new AttentionInput.Gradient(
            random(64 * EVENTS, DIMS), random(128, HEADS * DIMS), random(HEADS, 8));
    scores = random(1, EVENTS).toArray();
  }

  private Matrix random(int rows, int cols) {
    float[] values = new float[rows * cols];
    Rng.gaussian(rng, values, 0.3);
    return Matrix.of(rows, cols, values);
  }

  private AttentionInput input(int users, int candidates) {
    int[] from = new int[users];
    int[] to = new int[users];
    int[] rows = new int[users + 1];
    int[] histories = new int[users + 1];
    for (int b = 0; b < users; b++) {
      from[b] = b * EVENTS;
      to[b] = (b + 1) * EVENTS;
      rows[b + 1] = (b + 1) * candidates;
      histories[b + 1] = b + 1;
    }
    return new AttentionInput(
        random(users * EVENTS, DIMS),
        random(users * candidates, HEADS * DIMS),
        random(HEADS, 8),
        new Groups(from, to, rows, histories),
        K);
  }

  /** A square product of side 1,024, 2.1 GFLOP, by one thread: the peak of one processor. */
  @Benchmark
  public Matrix square() {
    Blas.multiply(
        SIDE,
        SIDE,
        SIDE,
        1,
        Blas.Operand.of(left),
        Blas.Operand.of(right),
        0,
        Blas.Operand.of(product));
    return product;
  }

  /** 11,000 × 512 features to 64 dims: 0.72 GFLOP, and 22.5 MB read once. */
  @Benchmark
  public Matrix linear() {
    compute.dense().linear(features, weights, bias, channel);
    return channel;
  }

  /** The gradient of these weights: 0.72 GFLOP, and 25 MB read once. */
  @Benchmark
  public Matrix weightGradient() {
    compute.dense().linearBackwardWeight(features, channel, weights);
    return weights;
  }

  /** The gradient of the bias: 2.8 MB read once. */
  @Benchmark
  public Matrix biasGradient() {
    compute.dense().linearBackwardBias(channel, bias);
    return bias;
  }

  /** 512 (candidate, head) rows: 16.8 MFLOP of scores, 4.2 of sums, 131,072 scores compared. */
  @Benchmark
  public Attended attendTrain() {
    return compute.attention().attend(train, trainPooled);
  }

  /** Its gradient: 512 · 64 chosen keys of 64 dims, 16.8 MFLOP, and as many rows of 256 bytes. */
  @Benchmark
  public Matrix attendBackward() {
    compute.attention().attendBackward(train, attended, trainPooled, gradient);
    return gradient.keys();
  }

  /** 6,400 (candidate, head) rows: 210 MFLOP of scores, 52 of sums, 1.6 million compared. */
  @Benchmark
  public Attended attendEvaluation() {
    return compute.attention().attend(evaluation, evaluationPooled);
  }

  /** The 64 largest of 256 scores: each read about ten times, all from the nearest cache. */
  @Benchmark
  public int[] chooseOne() {
    TopSet.choose(scores, EVENTS, chosen, K);
    return chosen;
  }
}
