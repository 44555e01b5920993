package seminar.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Writes a vector as a sum of S centroids, one of each stage: every stage quantizes what the stages
 * before it left over.
 *
 * <p>Shapes: vectors [L, d], codebook [S, C, d], codes [L, S]. Each stage's centroids are those of
 * k-means on the residuals of the training vectors, and a vector is encoded greedily, stage by
 * stage. Cost: encode O(L·S·C·d), a table S·C·d multiplications: S times those of a product
 * quantizer with as many codes. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.3390/s101211259">Chen, Guan, Wang. Approximate nearest neighbor
 *     search by residual vector quantization. Sensors 2010</a>
 */
public final class ResidualQuantizer implements Quantizer {
  private final int dims;
  private final int centroids;
  private final float[] codebook; // [S, C, d]
  private final Nearest[] nearest; // [S]

  private ResidualQuantizer(float[] codebook, int dims, int stages) {
    this.dims = dims;
    this.codebook = codebook;
    this.centroids = codebook.length / dims / stages;
    this.nearest = new Nearest[stages];
    for (int s = 0; s < stages; s++) {
      nearest[s] = new Nearest(codebook, s * centroids * dims, centroids, dims);
    }
  }

  /**
   * Learns S stages from {@code vectors} [n, dims].
   *
   * @throws IllegalArgumentException if there is no vector, the last row is not whole, or a number
   *     is not finite
   */
  public static ResidualQuantizer fit(
      float[] vectors,
      int dims,
      int stages,
      KMeans.Options options,
      SplittableRandom rng,
      Workers workers) {
    Checks.atLeast(1, "stages S", stages);
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    int size = options.centroids() * dims;
    float[] codebook = new float[Math.multiplyExact(stages, size)];
    float[] residuals = vectors.clone();
    for (int s = 0; s < stages; s++) {
      KMeans means = KMeans.fit(residuals, dims, options, rng.split(), workers);
      float[] found = means.centroids();
      System.arraycopy(found, 0, codebook, s * size, size);
      subtract(found, means.assign(residuals, workers), residuals, dims);
    }
    return new ResidualQuantizer(codebook, dims, stages);
  }

  /**
   * Moves every stage's centroids by one Lloyd iteration on other vectors, as when the vectors have
   * changed a little since; this object stays as it is.
   *
   * @param vectors [n, d]
   * @throws IllegalArgumentException if there is no vector, the last row is not whole, or a number
   *     is not finite
   */
  public ResidualQuantizer moved(float[] vectors, Workers workers) {
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    float[] moved = new float[codebook.length];
    float[] residuals = vectors.clone();
    for (int s = 0; s < columns(); s++) {
      float[] stage = Arrays.copyOfRange(codebook, at(s, 0), at(s + 1, 0));
      int[] assigned = Lloyd.step(residuals, dims, stage, workers);
      subtract(stage, assigned, residuals, dims);
      System.arraycopy(stage, 0, moved, at(s, 0), stage.length);
    }
    return new ResidualQuantizer(moved, dims, columns());
  }

  /** What the centroids leave over of the vectors that were assigned to them. */
  private static void subtract(float[] centroids, int[] assigned, float[] vectors, int dims) {
    for (int l = 0; l < assigned.length; l++) {
      Vectors.addScaled(-1, centroids, assigned[l] * dims, vectors, l * dims, dims);
    }
  }

  /**
   * A quantizer with a known codebook.
   *
   * @param codebook [stages, C, dims], copied
   * @throws IllegalArgumentException if the codebook is empty or not whole, or a number is not
   *     finite
   */
  public static ResidualQuantizer of(float[] codebook, int dims, int stages) {
    Checks.atLeast(1, "stages S", stages);
    int count = Rows.finite("codebook", codebook, dims);
    if (count == 0 || count % stages != 0) {
      throw new IllegalArgumentException(
          "codebook has %d centroids: it must be a multiple of stages S=%d, and not 0"
              .formatted(count, stages));
    }
    Checks.within(1, ProductQuantizer.MAX_CENTROIDS, "centroids C", count / stages);
    return new ResidualQuantizer(codebook.clone(), dims, stages);
  }

  @Override
  public int dims() {
    return dims;
  }

  /** S. */
  @Override
  public int columns() {
    return nearest.length;
  }

  @Override
  public int centroids() {
    return centroids;
  }

  /** A copy of the codebook [S, C, d]. */
  public float[] codebook() {
    return codebook.clone();
  }

  @Override
  public Codes encode(float[] vectors, Workers workers) {
    int n = Rows.bounded("vectors", vectors, dims);
    Codes codes = new Codes(n, columns(), centroids);
    workers.forEach(
        n,
        (shard, from, to) -> {
          float[] left = Arrays.copyOfRange(vectors, from * dims, to * dims);
          int[] found = new int[to - from];
          float[] distances = new float[to - from];
          for (int s = 0; s < columns(); s++) {
            nearest[s].search(new Nearest.Points(left, 0, dims), 0, to - from, found, distances);
            for (int l = 0; l < found.length; l++) {
              codes.set((from + l) * columns() + s, found[l]);
              Vectors.addScaled(-1, codebook, at(s, found[l]), left, l * dims, dims);
            }
          }
        });
    return codes;
  }

  @Override
  public float[] decode(Codes codes) {
    checkCodes(codes);
    float[] vectors = new float[codes.rows() * dims];
    for (int l = 0; l < codes.rows(); l++) {
      for (int s = 0; s < columns(); s++) {
        Vectors.addScaled(1, codebook, at(s, codes.get(l, s)), vectors, l * dims, dims);
      }
    }
    ProductQuantizer.scale(codes, vectors, dims);
    return vectors;
  }

  @Override
  public void tables(float[] query, float[][] tables) {
    for (int s = 0; s < nearest.length; s++) {
      nearest[s].products(query, 0, tables[s]);
    }
  }

  @Override
  public long tableMultiplications() {
    return codebook.length;
  }

  private int at(int stage, int code) {
    return (stage * centroids + code) * dims;
  }
}
