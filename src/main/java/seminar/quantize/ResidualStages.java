package seminar.quantize;

import java.util.SplittableRandom;
import seminar.math.Workers;
import seminar.quantize.ResidualQuantizer.Options;

/** Learns the stages of a {@link ResidualQuantizer} one after the other. */
final class ResidualStages {
  private static final int MOST_RESIDUALS = 1 << 17;

  private ResidualStages() {}

  /** As {@link ResidualQuantizer#fit}; {@code vectors} [n, dims], n at least 1, are finite. */
  static ResidualQuantizer fit(
      float[] vectors, int dims, Options options, SplittableRandom rng, Workers workers) {
    int stages = options.stages();
    int size = options.clustering().centroids() * dims;
    float[] codebook = new float[Math.multiplyExact(stages, size)];
    int[][] kept = new int[vectors.length / dims][Math.multiplyExact(options.beam(), stages)];
    float[] residuals = vectors;
    ResidualQuantizer learned = null;
    for (int s = 0; s < stages; s++) {
      KMeans means = means(residuals, dims, options, rng.split(), workers);
      System.arraycopy(means.centroids(), 0, codebook, s * size, size);
      learned = new ResidualQuantizer(codebook, dims, stages, options.beam());
      residuals = extend(learned, s, vectors, kept, workers);
    }
    return learned;
  }

  private static KMeans means(
      float[] points, int dims, Options options, SplittableRandom rng, Workers workers) {
    return options.progressive()
        ? ProgressiveMeans.fit(points, dims, options.clustering(), rng, workers)
        : KMeans.fit(points, dims, options.clustering(), rng, workers);
  }

  /**
   * One stage of the beam searches of all vectors.
   *
   * @param kept the codes [n][B·S] of the sums so far; receives those after this stage
   * @return what the sums leave over, those of a vector together: of all of them while these are no
   *     more than {@link #MOST_RESIDUALS}, else of the best of each
   */
  private static float[] extend(
      ResidualQuantizer learned, int s, float[] vectors, int[][] kept, Workers workers) {
    int n = kept.length;
    int dims = learned.dims();
    int sums = Beam.size(s + 1, learned.centroids(), learned.beam());
    int each = Math.clamp(MOST_RESIDUALS / n, 1, sums);
    float[] residuals = new float[Math.multiplyExact(n, each * dims)];
    workers.forEach(
        n,
        (shard, from, to) -> {
          Beam beam = learned.newBeam();
          for (int l = from; l < to; l++) {
            beam.resume(vectors, l * dims, kept[l], s);
            beam.extend(s);
            beam.keep(kept[l]);
            beam.residuals(residuals, l * each * dims, each);
          }
        });
    return residuals;
  }
}
