package seminar.loss;

import java.util.Arrays;
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
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * The losses of pretraining on all processors, values and gradients: {@code ./seminar bench ops}.
 *
 * <p>64 histories of 256 events draw from 11,000 items, and 4,000 positions with five other items
 * each from them and as many queries; vectors have 64 numbers. The alignment's products are 3 · 3 ·
 * 64 · (5 · 50² + 6²) · 64 multiplications.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LossBenchmark {
  private static final int ITEMS = 11_000;
  private static final int HISTORIES = 64;
  private static final int EVENTS = 256;
  private static final int POSITIONS = 4000;
  private static final int DIMS = 64;
  private static final double TEMPERATURE = 0.07;

  private AlignmentInput aligned;
  private AlignmentLoss pairs;
  private AlignmentLoss nearUniform;
  private RelevanceLoss relevance;
  private RelevancePairs related;
  private Matrix queries;
  private Matrix dQueries;
  private Matrix[] dChannels;

  /** Random vectors, events and positions. */
  @Setup
  public void fill() {
    SplittableRandom rng = Rng.stream("bench/losses", 1);
    Backend backend = Backends.cpu().on(Workers.common());
    Matrix[] channels = {random(rng), random(rng), random(rng)};
    dChannels = new Matrix[] {random(rng), random(rng), random(rng)};
    queries = random(rng);
    dQueries = random(rng);
    boolean[] all = new boolean[ITEMS];
    Arrays.fill(all, true);
    int[] offsets = new int[HISTORIES + 1];
    Arrays.setAll(offsets, b -> b * EVENTS);
    int[] events = rng.ints(HISTORIES * EVENTS, 0, ITEMS).toArray();
    aligned =
        AlignmentInput.ofDistinctItems(
            channels, new boolean[][] {all, all, all}, new Ragged(offsets, events));
    pairs = new AlignmentLoss(backend, Workers.common(), AlignmentOptions.paper());
    nearUniform =
        new AlignmentLoss(
            backend,
            Workers.common(),
            new AlignmentOptions(50, TEMPERATURE, AlignmentTarget.NEAR_UNIFORM));
    relevance = new RelevanceLoss(backend, Workers.common(), RelevanceForm.BINARY);
    int[] queryRows = rng.ints(POSITIONS, 0, ITEMS).toArray();
    int[] itemRows = rng.ints(POSITIONS, 0, ITEMS).toArray();
    related = RelevancePairs.draw(queryRows, itemRows, ITEMS, 5, rng);
  }

  private static Matrix random(SplittableRandom rng) {
    float[] values = new float[ITEMS * DIMS];
    Rng.gaussian(rng, values, 1);
    return Matrix.of(ITEMS, DIMS, values);
  }

  /** 1,152 terms of three pairs of modalities in chunks of 50 events. */
  @Benchmark
  public AlignmentLoss.Value alignment() {
    return pairs.of(aligned, TEMPERATURE, 1, dChannels);
  }

  /** The same with the target of the released code. */
  @Benchmark
  public AlignmentLoss.Value alignmentNearUniform() {
    return nearUniform.of(aligned, TEMPERATURE, 1, dChannels);
  }

  /** 4,000 positions of six logits. */
  @Benchmark
  public RelevanceLoss.Value relevance() {
    return relevance.of(
        queries,
        aligned.channels()[0],
        related,
        new CosineLogit(10, -5),
        1,
        dQueries,
        dChannels[0]);
  }
}
