package seminar.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * How a vector is cut into sub-vectors of equal length, each of which has its own centroids.
 *
 * <p>Shapes: vectors [n, d], S subspaces, sub-vectors [n, d/S], codebook [S, C, d/S].
 *
 * @param dims d
 * @param count S
 */
record Subspaces(int dims, int count) {
  /** Checks that d is a multiple of S. */
  Subspaces {
    Checks.atLeast(1, "dims d", dims);
    Checks.atLeast(1, "subspaces S", count);
    if (dims % count != 0) {
      throw new IllegalArgumentException(
          "dims d=%d is not a multiple of subspaces S=%d: sub-vectors must be equally long"
              .formatted(dims, count));
    }
  }

  /** Finds the centroids of one subspace. */
  @FunctionalInterface
  interface Clustering {
    /**
     * C centroids.
     *
     * @param subspace s
     * @param part the sub-vectors [n, d/S]
     */
    KMeans of(int subspace, float[] part);
  }

  /** d/S. */
  int width() {
    return dims / count;
  }

  /** The clusterings of all subspaces [S], found in parallel. */
  KMeans[] cluster(float[] vectors, Clustering clustering, Workers workers) {
    KMeans[] means = new KMeans[count];
    workers.forEach(
        count,
        (shard, from, to) -> {
          for (int s = from; s < to; s++) {
            means[s] = clustering.of(s, part(vectors, s));
          }
        });
    return means;
  }

  /** Their centroids [S, C, d/S]. */
  static float[] codebook(KMeans[] means) {
    int size = means[0].count() * means[0].dims();
    float[] codebook = new float[means.length * size];
    for (int s = 0; s < means.length; s++) {
      System.arraycopy(means[s].centroids(), 0, codebook, s * size, size);
    }
    return codebook;
  }

  /** Their iterations side by side: one that ended earlier stands as it ended and moves nothing. */
  static List<KMeans.Iteration> history(KMeans[] means) {
    int longest = Arrays.stream(means).mapToInt(each -> each.history().size()).max().orElse(0);
    List<KMeans.Iteration> together = new ArrayList<>();
    for (int i = 0; i < longest; i++) {
      double objective = 0;
      int moved = 0;
      int reseeded = 0;
      double imbalance = 0;
      for (KMeans each : means) {
        boolean ended = i >= each.history().size();
        KMeans.Iteration now = ended ? each.history().getLast() : each.history().get(i);
        objective += now.objective();
        moved += ended ? 0 : now.moved();
        reseeded += ended ? 0 : now.reseeded();
        imbalance += now.imbalance() / means.length;
      }
      together.add(new KMeans.Iteration(objective, moved, reseeded, imbalance));
    }
    return together;
  }

  private float[] part(float[] vectors, int subspace) {
    int n = vectors.length / dims;
    int width = width();
    float[] part = new float[n * width];
    for (int i = 0; i < n; i++) {
      System.arraycopy(vectors, i * dims + subspace * width, part, i * width, width);
    }
    return part;
  }
}
