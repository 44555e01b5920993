package seminar.quantize;

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

  /** The centroids of all subspaces [S, C, d/S], found in parallel. */
  float[] codebook(float[] vectors, int centroids, Clustering clustering, Workers workers) {
    int size = centroids * width();
    float[] codebook = new float[count * size];
    workers.forEach(
        count,
        (shard, from, to) -> {
          for (int s = from; s < to; s++) {
            KMeans means = clustering.of(s, part(vectors, s));
            System.arraycopy(means.centroids(), 0, codebook, s * size, size);
          }
        });
    return codebook;
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
