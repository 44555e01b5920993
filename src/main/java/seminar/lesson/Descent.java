package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.loss.AlignmentInput;
import seminar.loss.AlignmentLoss;
import seminar.loss.AlignmentOptions;
import seminar.loss.AlignmentTarget;
import seminar.loss.RelevanceForm;
import seminar.loss.RelevanceLoss;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.loss.RelevancePairs;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * What a loss does to free vectors that follow its gradient: whether those that belong together
 * meet or part, which its value alone does not tell.
 *
 * <p>Shapes: n pairs of vectors, d dims; one list entry for each step, before it is made.
 *
 * @param loss its value
 * @param own cosine of the vectors that belong together, mean over pairs
 * @param others cosine of vectors that do not, mean over pairs
 */
public record Descent(List<Double> loss, List<Double> own, List<Double> others) {
  private static final int PAIRS = 16;
  private static final int DIMS = 64;
  private static final double ALIGNED = 0.6;
  private static final double MET = 0.2;
  private static final CosineLogit LOGIT = new CosineLogit(20, 0);

  /**
   * Queries and the items that they led to, hardly alike at first; the others of a query are the
   * items of all other queries.
   *
   * @param rate by which a gradient is multiplied
   */
  public static Descent relevance(RelevanceForm form, int steps, double rate, long seed) {
    Pairs pairs = Pairs.of(seed, MET);
    Workers workers = Workers.common();
    RelevanceLoss loss = new RelevanceLoss(Backends.cpu().on(workers), workers, form);
    int[] all = counted(PAIRS);
    int[] offsets = new int[PAIRS + 1];
    int[] ids = new int[PAIRS * (PAIRS - 1)];
    for (int q = 0; q < PAIRS; q++) {
      offsets[q + 1] = offsets[q] + PAIRS - 1;
      for (int i = 0; i < PAIRS - 1; i++) {
        ids[offsets[q] + i] = i < q ? i : i + 1;
      }
    }
    RelevancePairs which = new RelevancePairs(all, all, new Ragged(offsets, ids));
    return follow(pairs, steps, rate, v -> loss.of(v.x, v.y, which, LOGIT, 1, v.dx, v.dy).loss());
  }

  /**
   * The text and the picture of the events of one chunk, well aligned at first.
   *
   * @param options temperature and target
   * @param rate by which a gradient is multiplied
   */
  public static Descent alignment(AlignmentOptions options, int steps, double rate, long seed) {
    Pairs pairs = Pairs.of(seed, ALIGNED);
    Workers workers = Workers.common();
    AlignmentLoss loss =
        new AlignmentLoss(Backends.cpu().on(workers), workers, options.withChunkLength(PAIRS));
    boolean[] there = new boolean[PAIRS];
    Arrays.fill(there, true);
    Ragged history = new Ragged(new int[] {0, PAIRS}, counted(PAIRS));
    return follow(
        pairs,
        steps,
        rate,
        v -> {
          Matrix[] channels = {v.x, v.y};
          boolean[][] present = {there, there};
          AlignmentInput input = AlignmentInput.ofDistinctItems(channels, present, history);
          return loss.of(input, options.temperature(), 1, new Matrix[] {v.dx, v.dy}).loss();
        });
  }

  /** What each of the events of such a chunk should resemble, as {@link AlignmentTarget} says. */
  public static double[][] wanted(AlignmentOptions options, int events, long seed) {
    Checks.within(2, PAIRS, "events", events);
    Pairs pairs = Pairs.of(seed, ALIGNED);
    return options
        .target()
        .wanted(pairs.x.rows(0, events), pairs.y.rows(0, events), options.temperature());
  }

  private static int[] counted(int n) {
    int[] numbers = new int[n];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  /** Pairs of vectors and their gradients [n, d]. */
  private record Pairs(Matrix x, Matrix y, Matrix dx, Matrix dy) {
    /** Random unit vectors of which y has so much of x, and the rest of its own. */
    static Pairs of(long seed, double common) {
      SplittableRandom rng = Rng.stream("descent", seed);
      float[] x = new float[PAIRS * DIMS];
      float[] y = new float[PAIRS * DIMS];
      Rng.gaussian(rng, x, 1);
      Rng.gaussian(rng, y, 1);
      for (int i = 0; i < x.length; i++) {
        y[i] = (float) (common * x[i] + (1 - common) * y[i]);
      }
      for (int i = 0; i < PAIRS; i++) {
        Vectors.normalize(x, i * DIMS, DIMS);
        Vectors.normalize(y, i * DIMS, DIMS);
      }
      return new Pairs(
          Matrix.of(PAIRS, DIMS, x),
          Matrix.of(PAIRS, DIMS, y),
          Matrix.zeros(PAIRS, DIMS),
          Matrix.zeros(PAIRS, DIMS));
    }

    void step(double rate) {
      step(x, dx, rate);
      step(y, dy, rate);
    }

    private static void step(Matrix x, Matrix dx, double rate) {
      float[] values = x.toArray();
      Vectors.addScaled((float) -rate, dx.toArray(), 0, values, 0, values.length);
      x.set(values);
      dx.clear();
    }

    /** Mean cosine of pairs, or of all that are no pairs. */
    double cosine(boolean own) {
      float[] a = x.toArray();
      float[] b = y.toArray();
      double sum = 0;
      for (int i = 0; i < PAIRS; i++) {
        for (int j = 0; j < PAIRS; j++) {
          double norms = Vectors.norm(a, i * DIMS, DIMS) * Vectors.norm(b, j * DIMS, DIMS);
          sum += i == j == own ? Vectors.dot(a, i * DIMS, b, j * DIMS, DIMS) / norms : 0;
        }
      }
      return sum / (own ? PAIRS : PAIRS * (PAIRS - 1));
    }
  }

  private static Descent follow(Pairs pairs, int steps, double rate, ToDoubleFunction<Pairs> loss) {
    Checks.atLeast(1, "steps", steps);
    List<Double> values = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      own.add(pairs.cosine(true));
      others.add(pairs.cosine(false));
      values.add(loss.applyAsDouble(pairs));
      pairs.step(rate);
    }
    return new Descent(values, own, others);
  }
}
