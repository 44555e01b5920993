package seminar.quantize;

import java.util.SplittableRandom;
import seminar.math.Workers;

/**
 * k-means that begins with the first principal component of its points and then takes in 2, 4, 8, …
 * of them, each step starting from the centroids of the one before; the last step is k-means on the
 * points themselves.
 *
 * <p>Points of many even dimensions, as what earlier stages of a residual quantizer leave over,
 * have so many poor local minima that seeds among them matter; along one component there are few.
 * Where the next components are taken in, a centroid stands at the points' mean. Cost: all steps
 * together about twice the last, and an eigenvalue problem of d × d.
 *
 * @see <a href="https://doi.org/10.3390/s101211259">Chen, Guan, Wang. Approximate nearest neighbor
 *     search by residual vector quantization. Sensors 2010</a>
 * @see <a href="https://arxiv.org/abs/1509.05195">Liu, Lu, Hwang, Cao. Improved residual vector
 *     quantization for high-dimensional approximate nearest neighbor search. 2015</a>
 */
final class ProgressiveMeans {
  private ProgressiveMeans() {}

  /**
   * As {@link KMeans#fit}.
   *
   * @param points [n, dims], n at least 1
   */
  static KMeans fit(
      float[] points, int dims, KMeans.Options options, SplittableRandom rng, Workers workers) {
    if (dims == 1) {
      return KMeans.fit(points, dims, options, rng, workers);
    }
    Principal axes = Principal.of(points, dims, workers);
    float[] turned = axes.rotation().apply(points, workers);
    KMeans means = KMeans.fit(first(turned, dims, 1), 1, options, rng, workers);
    for (int width = 2; width < dims; width *= 2) {
      float[] start = widened(means, width, axes.mean());
      means = KMeans.of(start, width).refine(first(turned, dims, width), options, workers);
    }
    float[] start = axes.rotation().undo(widened(means, dims, axes.mean()));
    return KMeans.of(start, dims).refine(points, options, workers);
  }

  /** The first columns of rows [n, dims]. */
  private static float[] first(float[] rows, int dims, int width) {
    int n = rows.length / dims;
    float[] columns = new float[n * width];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows, i * dims, columns, i * width, width);
    }
    return columns;
  }

  /** Centroids of more numbers: those that are new are the mean's. */
  private static float[] widened(KMeans means, int width, float[] mean) {
    float[] narrow = means.centroids();
    int before = means.dims();
    float[] wide = new float[means.count() * width];
    for (int c = 0; c < means.count(); c++) {
      System.arraycopy(narrow, c * before, wide, c * width, before);
      System.arraycopy(mean, before, wide, c * width + before, width - before);
    }
    return wide;
  }
}
