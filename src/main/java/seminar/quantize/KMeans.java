package seminar.quantize;

import java.util.List;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * C centroids that make the sum of squared distances of n points to their nearest centroid small:
 * k-means++ seeding, then Lloyd iterations.
 *
 * <p>Shapes: points [n, d], centroids [C, d]. Cost: O(n·C·d) for the seeding and for each
 * iteration. Immutable. Same points, options and random stream give the same bits for any number of
 * threads, and on any machine, because no sum depends on how many lanes a vector has.
 *
 * <p>A centroid that loses all its points moves onto the point farthest from its own centroid, so
 * the objective never rises. With no more distinct points than centroids every distinct point
 * becomes a centroid, the objective is 0, and centroids left over repeat the first one; being
 * equally near and higher in number they are never chosen.
 *
 * @see <a href="https://doi.org/10.1109/TIT.1982.1056489">Lloyd. Least squares quantization in PCM.
 *     IEEE Transactions on Information Theory, 1982</a>
 * @see <a href="https://dl.acm.org/doi/10.5555/1283383.1283494">Arthur, Vassilvitskii. k-means++:
 *     the advantages of careful seeding. SODA 2007</a>
 */
public final class KMeans {
  private final int dims;
  private final float[] centroids; // [C, d]
  private final List<Iteration> history;

  private KMeans(int dims, float[] centroids, List<Iteration> history) {
    this.dims = dims;
    this.centroids = centroids;
    this.history = List.copyOf(history);
  }

  /**
   * How to fit.
   *
   * @param centroids C, at least 1
   * @param iterations the most times that centroids are moved; 0 keeps the seeding
   * @param tolerance stop once an iteration lowers the objective by no more than this share of it;
   *     0 goes on until no point changes its centroid
   */
  public record Options(int centroids, int iterations, double tolerance) {
    /** Checks the ranges. */
    public Options {
      Checks.within(1, ProductQuantizer.MAX_CENTROIDS, "centroids C", centroids);
      Checks.atLeast(0, "iterations", iterations);
      Checks.within(0, 1, "tolerance", tolerance);
    }

    /** C centroids, at most 25 iterations, tolerance 1e-4. */
    public static Options of(int centroids) {
      return new Options(centroids, 25, 1e-4);
    }
  }

  /**
   * What one assignment of points to centroids found; the last one describes the returned
   * centroids.
   *
   * @param objective the sum of squared distances to the nearest centroids
   * @param moved how many points changed their centroid (all of them at first)
   * @param reseeded how many empty centroids were then placed anew
   * @param imbalance C·Σn_c²/n², 1 if all centroids have as many points
   */
  public record Iteration(double objective, int moved, int reseeded, double imbalance) {}

  /**
   * Finds the centroids of {@code points} [n, dims].
   *
   * @throws IllegalArgumentException if there is no point, the last row is not whole, or a number
   *     is not finite
   */
  public static KMeans fit(
      float[] points, int dims, Options options, SplittableRandom rng, Workers workers) {
    Checks.atLeast(1, "number of points n", Rows.finite("points", points, dims));
    float[] centroids = PlusPlus.seed(points, dims, options.centroids, rng);
    return new KMeans(dims, centroids, Lloyd.improve(points, dims, centroids, options, workers));
  }

  /** Known centroids [C, dims], not copied, as if found without a point. */
  static KMeans of(float[] centroids, int dims) {
    return new KMeans(dims, centroids, List.of(new Iteration(0, 0, 0, 1)));
  }

  /**
   * Goes on from these centroids on other points, as when events have been added since; this object
   * stays as it is.
   *
   * @param points [n, d]
   * @param options the same C
   * @throws IllegalArgumentException if C differs, there is no point, the last row is not whole, or
   *     a number is not finite
   */
  public KMeans refine(float[] points, Options options, Workers workers) {
    Checks.atLeast(1, "number of points n", Rows.finite("points", points, dims));
    Checks.sameLength("list of centroids", count(), "that of options", options.centroids);
    float[] moved = centroids.clone();
    return new KMeans(dims, moved, Lloyd.improve(points, dims, moved, options, workers));
  }

  /** C. */
  public int count() {
    return centroids.length / dims;
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** A copy of the centroids [C, d]. */
  public float[] centroids() {
    return centroids.clone();
  }

  /** One row for each assignment, the seeding first. */
  public List<Iteration> history() {
    return history;
  }

  /** The sum of squared distances of the points to these centroids. */
  public double objective() {
    return history.getLast().objective;
  }

  /**
   * The nearest centroid [n] of each of {@code points} [n, d].
   *
   * @throws IllegalArgumentException if the last row is not whole or a number is not finite
   */
  public int[] assign(float[] points, Workers workers) {
    int n = Rows.finite("points", points, dims);
    int[] nearest = new int[n];
    float[] distances = new float[n];
    Nearest search = new Nearest(centroids, 0, count(), dims);
    Nearest.Points rows = new Nearest.Points(points, 0, dims);
    workers.forEach(n, (shard, from, to) -> search.search(rows, from, to, nearest, distances));
    return nearest;
  }
}
