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
 * <p>Shapes: vectors [L, d], codebook [S, C, d], codes [L, S]. The nearest centroid of a stage is
 * not always the one from which the later stages come nearest, so a vector is encoded by a beam
 * search that keeps the B best sums of each stage. Each stage's centroids are those of k-means on
 * what these sums leave over of the training vectors, found along few principal components first
 * and then along more. That all B are learned from and not the best alone is as if there were more
 * vectors: with few of them it errs less on others. B = 1 takes the nearest centroid of each stage
 * (greedily, Chen et al.).
 *
 * <p>Cost: encode O(L·S·B·C·d), a table S·C·d multiplications: S times those of a product quantizer
 * with as many codes. Scores are sums of table entries, no norm is needed. Immutable and
 * thread-safe; same bits for any number of threads.
 *
 * @see <a href="https://doi.org/10.3390/s101211259">Chen, Guan, Wang. Approximate nearest neighbor
 *     search by residual vector quantization. Sensors 2010</a>
 * @see <a href="https://doi.org/10.1109/CVPR.2014.124">Babenko, Lempitsky. Additive quantization
 *     for extreme vector compression. CVPR 2014 (beam search)</a>
 * @see <a href="https://arxiv.org/abs/1509.05195">Liu, Lu, Hwang, Cao. Improved residual vector
 *     quantization for high-dimensional approximate nearest neighbor search. 2015</a>
 */
public final class ResidualQuantizer extends Quantizer {
  /** B where nothing else is said. */
  public static final int BEAM = 5;

  private final int dims;
  private final int centroids;
  private final int beam;
  private final float[] codebook; // [S, C, d]
  private final Nearest[] nearest; // [S]
  private final float[][] squares; // [S, C], ‖c‖²

  ResidualQuantizer(float[] codebook, int dims, int stages, int beam) {
    this.dims = dims;
    this.beam = Checks.atLeast(1, "beam B", beam);
    this.codebook = codebook;
    this.centroids = codebook.length / dims / stages;
    this.nearest = new Nearest[stages];
    this.squares = new float[stages][centroids];
    for (int s = 0; s < stages; s++) {
      nearest[s] = new Nearest(codebook, at(s, 0), centroids, dims);
      for (int c = 0; c < centroids; c++) {
        squares[s][c] = Vectors.dot(codebook, at(s, c), codebook, at(s, c), dims);
      }
    }
  }

  /**
   * How to fit.
   *
   * @param stages S
   * @param clustering how each stage's centroids are found
   * @param progressive whether they are found along few principal components first; else by plain
   *     k-means
   * @param beam B, how many sums are kept from stage to stage, when learning and when encoding
   */
  public record Options(int stages, KMeans.Options clustering, boolean progressive, int beam) {
    /** Checks the ranges. */
    public Options {
      Checks.atLeast(1, "stages S", stages);
      Checks.atLeast(1, "beam B", beam);
    }

    /** Progressive, with a beam of {@link #BEAM} (as faiss). */
    public Options(int stages, KMeans.Options clustering) {
      this(stages, clustering, true, BEAM);
    }

    /** S stages of C centroids, at most ten iterations for each width (as faiss). */
    public static Options of(int stages, int centroids) {
      return new Options(stages, new KMeans.Options(centroids, 10, 1e-4));
    }

    /** Plain k-means of what the nearest centroids of earlier stages leave over (Chen et al.). */
    public static Options greedy(int stages, KMeans.Options clustering) {
      return new Options(stages, clustering, false, 1);
    }
  }

  /**
   * Learns S stages from {@code vectors} [n, dims], with the default beam, progressively.
   *
   * @throws IllegalArgumentException as {@link #fit(float[], int, Options, SplittableRandom,
   *     Workers)}
   */
  public static ResidualQuantizer fit(
      float[] vectors,
      int dims,
      int stages,
      KMeans.Options clustering,
      SplittableRandom rng,
      Workers workers) {
    return fit(vectors, dims, new Options(stages, clustering), rng, workers);
  }

  /**
   * Learns the stages from {@code vectors} [n, dims]; room n·B·(S + d) numbers.
   *
   * @throws IllegalArgumentException if there is no vector, the last row is not whole, or a number
   *     is not finite
   */
  public static ResidualQuantizer fit(
      float[] vectors, int dims, Options options, SplittableRandom rng, Workers workers) {
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    return ResidualStages.fit(vectors, dims, options, rng, workers);
  }

  /**
   * Moves every stage's centroids by one Lloyd iteration on other vectors, as when the vectors have
   * changed a little since; each goes to its nearest centroids, whatever the beam. This object
   * stays as it is.
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
    return new ResidualQuantizer(moved, dims, columns(), beam);
  }

  /** What the centroids leave over of the vectors that were assigned to them. */
  private static void subtract(float[] centroids, int[] assigned, float[] vectors, int dims) {
    for (int l = 0; l < assigned.length; l++) {
      Vectors.addScaled(-1, centroids, assigned[l] * dims, vectors, l * dims, dims);
    }
  }

  /**
   * A quantizer with a known codebook, that encodes with the default beam.
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
    return new ResidualQuantizer(codebook.clone(), dims, stages, BEAM);
  }

  /** The same codebook, encoding with a beam of another width B. */
  public ResidualQuantizer withBeam(int beam) {
    return new ResidualQuantizer(codebook, dims, columns(), beam);
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

  /** B, how many sums are kept while encoding; no part of a {@link CodebookFile}. */
  public int beam() {
    return beam;
  }

  /** A copy of the codebook [S, C, d]. */
  public float[] codebook() {
    return codebook.clone();
  }

  @Override
  Codes write(float[] vectors, Workers workers) {
    int n = vectors.length / dims;
    Codes codes = new Codes(n, columns(), centroids);
    workers.forEach(
        n,
        (shard, from, to) -> {
          Beam sums = newBeam();
          for (int l = from; l < to; l++) {
            sums.start(vectors, l * dims);
            for (int s = 0; s < columns(); s++) {
              sums.extend(s);
            }
            for (int s = 0; s < columns(); s++) {
              codes.set(l * columns() + s, sums.code(s));
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

  /** For one thread. */
  Beam newBeam() {
    return new Beam(codebook, nearest, squares, dims, beam);
  }

  private int at(int stage, int code) {
    return (stage * centroids + code) * dims;
  }
}
