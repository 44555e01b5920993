package seminar.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.quantize.KMeans.Iteration;
import seminar.quantize.KMeans.Options;

/**
 * Lloyd iterations: points go to their nearest centroids, centroids to the means of their points.
 */
final class Lloyd {
  private Lloyd() {}

  /**
   * Improves centroids in place.
   *
   * @param points [n, dims], n at least 1
   * @param centroids [C, dims]
   * @return one row for each assignment
   */
  static List<Iteration> improve(
      float[] points, int dims, float[] centroids, Options options, Workers workers) {
    int n = points.length / dims;
    List<Iteration> history = new ArrayList<>();
    int[] nearest = new int[n];
    Arrays.fill(nearest, -1);
    int[] before = new int[n];
    float[] distances = new float[n];
    boolean[] changed = new boolean[options.centroids()];
    Arrays.fill(changed, true);
    while (true) {
      System.arraycopy(nearest, 0, before, 0, n);
      reassign(points, dims, centroids, changed, nearest, distances, workers);
      double objective = sum(distances);
      int moved = differences(before, nearest);
      int[] sizes = sizes(nearest, options.centroids());
      boolean last = isLast(options, history, objective, moved);
      float[] old = centroids.clone();
      int reseeded = last ? 0 : update(points, dims, nearest, distances, sizes, centroids);
      for (int c = 0; c < changed.length; c++) {
        changed[c] = differ(old, centroids, c * dims, dims);
      }
      history.add(new Iteration(objective, moved, reseeded, imbalance(sizes, n)));
      if (last) {
        return history;
      }
    }
  }

  /**
   * One iteration in place.
   *
   * @param points [n, dims]
   * @param centroids [C, dims]; each moves to the mean of the points that were nearest to it
   * @return the centroid [n] that was nearest to each point before they moved
   */
  static int[] step(float[] points, int dims, float[] centroids, Workers workers) {
    int n = points.length / dims;
    int count = centroids.length / dims;
    int[] nearest = new int[n];
    float[] distances = new float[n];
    Nearest search = new Nearest(centroids, 0, count, dims);
    Nearest.Points rows = new Nearest.Points(points, 0, dims);
    workers.forEach(n, (shard, from, to) -> search.search(rows, from, to, nearest, distances));
    update(points, dims, nearest, distances, sizes(nearest, count), centroids);
    return nearest;
  }

  /**
   * Assigns points again after some centroids have changed. A point whose own centroid is as it was
   * need only look at those that changed; late iterations change few, so they cost little.
   */
  private static void reassign(
      float[] points,
      int dims,
      float[] centroids,
      boolean[] changed,
      int[] nearest,
      float[] distances,
      Workers workers) {
    int[] moved = IntStream.range(0, changed.length).filter(c -> changed[c]).toArray();
    float[] some = new float[moved.length * dims];
    for (int i = 0; i < moved.length; i++) {
      System.arraycopy(centroids, moved[i] * dims, some, i * dims, dims);
    }
    Nearest all = new Nearest(centroids, 0, changed.length, dims);
    Nearest few = new Nearest(some, 0, moved.length, dims);
    workers.forEach(
        nearest.length,
        (shard, from, to) -> {
          Nearest.Cursor among = all.new Cursor();
          Nearest.Cursor amongFew = few.new Cursor();
          for (int p = from; p < to; p++) {
            int own = nearest[p];
            if (own < 0 || changed[own]) {
              among.find(points, p * dims);
              nearest[p] = among.centroid;
              distances[p] = among.distance;
            } else if (moved.length > 0) {
              amongFew.find(points, p * dims);
              int other = moved[amongFew.centroid];
              float distance = amongFew.distance;
              if (distance < distances[p] || (distance == distances[p] && other < own)) {
                nearest[p] = other;
                distances[p] = distance;
              }
            }
          }
        });
  }

  private static int[] sizes(int[] nearest, int centroids) {
    int[] sizes = new int[centroids];
    for (int centroid : nearest) {
      sizes[centroid]++;
    }
    return sizes;
  }

  private static boolean differ(float[] a, float[] b, int from, int dims) {
    return !Arrays.equals(a, from, from + dims, b, from, from + dims);
  }

  /** Moves each centroid to the mean of its points, summed in point order and in doubles. */
  private static int update(
      float[] points, int dims, int[] nearest, float[] distances, int[] sizes, float[] centroids) {
    double[] sums = new double[centroids.length];
    for (int p = 0; p < nearest.length; p++) {
      for (int j = 0; j < dims; j++) {
        sums[nearest[p] * dims + j] += points[p * dims + j];
      }
    }
    List<Integer> empty = new ArrayList<>();
    for (int c = 0; c < sizes.length; c++) {
      if (sizes[c] == 0) {
        empty.add(c);
      }
      for (int j = c * dims; sizes[c] > 0 && j < (c + 1) * dims; j++) {
        centroids[j] = (float) (sums[j] / sizes[c]);
      }
    }
    TopK far = TopK.of(distances, empty.size());
    int reseeded = 0;
    while (reseeded < far.size() && far.scores()[reseeded] > 0) {
      int to = empty.get(reseeded) * dims;
      System.arraycopy(points, far.indices()[reseeded] * dims, centroids, to, dims);
      reseeded++;
    }
    return reseeded;
  }

  private static boolean isLast(
      Options options, List<Iteration> history, double objective, int moved) {
    if (moved == 0 || objective == 0 || history.size() == options.iterations()) {
      return true;
    }
    if (history.isEmpty() || options.tolerance() == 0) {
      return false;
    }
    double before = history.getLast().objective();
    return before - objective <= options.tolerance() * before;
  }

  private static double imbalance(int[] sizes, int n) {
    double squares = 0;
    for (int size : sizes) {
      squares += (double) size * size;
    }
    return sizes.length * squares / ((double) n * n);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static int differences(int[] a, int[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += a[i] == b[i] ? 0 : 1;
    }
    return count;
  }
}
