package seminar.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Seeds of k-means (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA
 * 2007).
 */
final class PlusPlus {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

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
    float[] columns = transpose(points, n, dims);
    for (int c = 1; c < count; c++) {
      approach(columns, centroids, (c - 1) * dims, dims, distances);
      double total = sum(distances);
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

  /** Lowers distances to those from one more centroid, with the lanes over points [dims, n]. */
  private static void approach(
      float[] columns, float[] centroids, int offset, int dims, float[] distances) {
    int n = distances.length;
    int end = SPECIES.loopBound(n);
    for (int p = 0; p < end; p += SPECIES.length()) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = 0; j < dims; j++) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, columns, j * n + p).sub(centroids[offset + j]);
        sum = difference.fma(difference, sum);
      }
      sum.min(FloatVector.fromArray(SPECIES, distances, p)).intoArray(distances, p);
    }
    for (int p = end; p < n; p++) {
      float sum = 0;
      for (int j = 0; j < dims; j++) {
        float difference = columns[j * n + p] - centroids[offset + j];
        sum = Math.fma(difference, difference, sum);
      }
      distances[p] = Math.min(distances[p], sum);
    }
  }

  /** In four strands, so that additions need not wait for each other, whatever the machine. */
  private static double sum(float[] values) {
    double[] strands = new double[4];
    int end = values.length / 4 * 4;
    for (int i = 0; i < end; i += 4) {
      strands[0] += values[i];
      strands[1] += values[i + 1];
      strands[2] += values[i + 2];
      strands[3] += values[i + 3];
    }
    for (int i = end; i < values.length; i++) {
      strands[0] += values[i];
    }
    return strands[0] + strands[1] + (strands[2] + strands[3]);
  }

  private static float[] transpose(float[] points, int n, int dims) {
    float[] columns = new float[points.length];
    for (int p = 0; p < n; p++) {
      for (int j = 0; j < dims; j++) {
        columns[j * n + p] = points[p * dims + j];
      }
    }
    return columns;
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
