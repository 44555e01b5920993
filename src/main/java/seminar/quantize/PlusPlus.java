package seminar.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Vectors;

/**
 * Seeds of k-means (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA
 * 2007).
 */
final class PlusPlus {
  private PlusPlus() {}

  /**
   * The first is a point drawn evenly, each next one a point drawn in proportion to its squared
   * distance from those before it. Once every point is a centroid, the rest repeat the first.
   *
   * @param points [n, dims], n at least 1
   * @return centroids [count, dims]
   */
  static float[] seed(float[] points, int dims, int count, SplittableRandom rng) {
    int n = points.length / dims;
    float[] centroids = new float[count * dims];
    System.arraycopy(points, rng.nextInt(n) * dims, centroids, 0, dims);
    float[] distances = new float[n];
    Arrays.fill(distances, Float.POSITIVE_INFINITY);
    for (int c = 1; c < count; c++) {
      double total = 0;
      for (int p = 0; p < n; p++) {
        float d = Vectors.squaredDistance(points, p * dims, centroids, (c - 1) * dims, dims);
        distances[p] = Math.min(distances[p], d);
        total += distances[p];
      }
      if (total == 0) {
        for (int rest = c; rest < count; rest++) {
          System.arraycopy(centroids, 0, centroids, rest * dims, dims);
        }
        return centroids;
      }
      int drawn = draw(distances, rng.nextDouble() * total);
      System.arraycopy(points, drawn * dims, centroids, c * dims, dims);
    }
    return centroids;
  }

  /** The point at which the running sum of weights passes {@code mark}. */
  private static int draw(float[] weights, double mark) {
    int last = 0;
    for (int p = 0; p < weights.length; p++) {
      if (weights[p] > 0) {
        last = p;
        mark -= weights[p];
        if (mark < 0) {
          return p;
        }
      }
    }
    return last;
  }
}
