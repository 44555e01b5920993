package seminar.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Cuts a vector into S sub-vectors and replaces each by the nearest of its subspace's C centroids.
 *
 * <p>Shapes: vectors [L, d], codebook [S, C, d/S], codes [L, S]. Centroids are learned by k-means,
 * which is Euclidean even where scores are inner products. Cost: fit O(iterations·L·C·d), encode
 * O(L·C·d), decode O(L·d). Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.2010.57">Jégou, Douze, Schmid. Product quantization
 *     for nearest neighbor search. TPAMI 2011</a>
 */
public final class ProductQuantizer extends Quantizer {
  /** The most centroids of a subspace: a code is at most 16 bits. */
  public static final int MAX_CENTROIDS = 1 << 16;

  private final Subspaces cut;
  private final int dims;
  private final int subspaces;
  private final int centroids;
  private final float[] codebook; // [S, C, d/S]
  private final Nearest[] nearest; // [S]
  private final List<KMeans.Iteration> history;

  private ProductQuantizer(Subspaces cut, KMeans[] means) {
    this(cut, Subspaces.codebook(means), Subspaces.history(means));
  }

  private ProductQuantizer(Subspaces cut, float[] codebook, List<KMeans.Iteration> history) {
    this.cut = cut;
    this.history = List.copyOf(history);
    this.dims = cut.dims();
    this.subspaces = cut.count();
    this.codebook = codebook;
    this.centroids = codebook.length / dims;
    this.nearest = new Nearest[subspaces];
    for (int s = 0; s < subspaces; s++) {
      nearest[s] = new Nearest(codebook, s * centroids * subDims(), centroids, subDims());
    }
  }

  /**
   * How to fit.
   *
   * @param subspaces S
   * @param clustering how each subspace's centroids are found
   * @param sample the most vectors that centroids are learned from; of more, so many are drawn
   */
  public record Options(int subspaces, KMeans.Options clustering, int sample) {
    private static final int LEAST_SAMPLE = 1 << 16;
    private static final int SAMPLE_PER_CENTROID = 256;

    /** Checks the ranges. */
    public Options {
      Checks.atLeast(1, "subspaces S", subspaces);
      Checks.atLeast(1, "sample", sample);
    }

    /** From 256 vectors for each centroid (as faiss), and not less than 65,536. */
    public Options(int subspaces, KMeans.Options clustering) {
      this(
          subspaces,
          clustering,
          Math.max(LEAST_SAMPLE, SAMPLE_PER_CENTROID * clustering.centroids()));
    }

    /** Vectors to learn from, in their order; nothing is drawn if there are no more than these. */
    float[] sampled(float[] vectors, int dims, SplittableRandom rng) {
      int n = vectors.length / dims;
      if (n <= sample) {
        return vectors;
      }
      int[] drawn = Arrays.copyOf(Rng.permutation(rng, n), sample);
      Arrays.sort(drawn);
      float[] sampled = new float[sample * dims];
      for (int i = 0; i < sample; i++) {
        System.arraycopy(vectors, drawn[i] * dims, sampled, i * dims, dims);
      }
      return sampled;
    }

    /** S subspaces of C centroids with the default clustering. */
    public static Options of(int subspaces, int centroids) {
      return new Options(subspaces, KMeans.Options.of(centroids));
    }

    /** What the paper prints (§4.1): N_bit = 8 sub-vectors, |C| = 512. */
    public static Options paper() {
      return of(8, 512);
    }

    /** What the released evaluation uses: 16 sub-vectors of 256 centroids. */
    public static Options script() {
      return of(16, 256);
    }
  }

  /**
   * Learns a codebook from {@code vectors} [n, dims], or from a sample of them; subspaces are
   * fitted in parallel.
   *
   * @throws IllegalArgumentException if {@code dims} is not a multiple of S, there is no vector, or
   *     a number is not finite
   */
  public static ProductQuantizer fit(
      float[] vectors, int dims, Options options, SplittableRandom rng, Workers workers) {
    Subspaces cut = new Subspaces(dims, options.subspaces);
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    float[] sample = options.sampled(vectors, dims, rng);
    SplittableRandom[] streams = new SplittableRandom[cut.count()];
    for (int s = 0; s < streams.length; s++) {
      streams[s] = rng.split();
    }
    KMeans.Options each = options.clustering;
    Subspaces.Clustering clustering =
        (s, part) -> KMeans.fit(part, cut.width(), each, streams[s], workers);
    return new ProductQuantizer(cut, cut.cluster(sample, clustering, workers));
  }

  /**
   * Goes on from this codebook on other vectors, as when the vectors were turned or events have
   * been added; this object stays as it is.
   *
   * @param vectors [n, d]
   * @param options the same S and C
   * @throws IllegalArgumentException if S or C differ, there is no vector, the last row is not
   *     whole, or a number is not finite
   */
  public ProductQuantizer refine(float[] vectors, Options options, Workers workers) {
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    Checks.sameLength("subspaces S", subspaces, "that of options", options.subspaces);
    int size = centroids * subDims();
    Subspaces.Clustering clustering =
        (s, part) -> {
          float[] start = Arrays.copyOfRange(codebook, s * size, (s + 1) * size);
          return KMeans.of(start, subDims()).refine(part, options.clustering, workers);
        };
    return new ProductQuantizer(cut, cut.cluster(vectors, clustering, workers));
  }

  /**
   * A quantizer with a known codebook.
   *
   * @param codebook [S, C, dims/S], copied
   * @throws IllegalArgumentException if {@code dims} is not a multiple of S, the codebook is empty
   *     or not whole, or a number is not finite
   */
  public static ProductQuantizer of(float[] codebook, int dims, int subspaces) {
    Subspaces cut = new Subspaces(dims, subspaces);
    int count = Rows.finite("codebook", codebook, dims);
    Checks.within(1, MAX_CENTROIDS, "centroids C", count);
    return new ProductQuantizer(cut, codebook.clone(), List.of());
  }

  @Override
  public int dims() {
    return dims;
  }

  /** S. */
  public int subspaces() {
    return subspaces;
  }

  /** S. */
  @Override
  public int columns() {
    return subspaces;
  }

  @Override
  public int centroids() {
    return centroids;
  }

  /** d/S, the length of a sub-vector. */
  public int subDims() {
    return dims / subspaces;
  }

  /** A copy of the codebook [S, C, d/S]. */
  public float[] codebook() {
    return codebook.clone();
  }

  /**
   * How the codebook was found: one row for each assignment of vectors, the seeding first, all
   * subspaces together. The objective over the number of vectors learned from is their {@link
   * #error}. Nothing for a known codebook; it is kept in no file.
   */
  public List<KMeans.Iteration> history() {
    return history;
  }

  /** The nearest centroid of each sub-vector, of equally near ones the lowest. */
  @Override
  Codes write(float[] vectors, Workers workers) {
    Codes codes = new Codes(vectors.length / dims, subspaces, centroids);
    encode(vectors, 0, dims, codes, 0, workers);
    return codes;
  }

  @Override
  public float[] decode(Codes codes) {
    checkCodes(codes);
    float[] vectors = new float[codes.rows() * dims];
    decode(codes, 0, vectors, 0, dims);
    scale(codes, vectors, dims);
    return vectors;
  }

  @Override
  public void tables(float[] query, float[][] tables) {
    tables(query, tables, 0);
  }

  /** As {@link #tables(float[], float[][])}, into the tables from {@code first} on. */
  public void tables(float[] query, float[][] tables, int first) {
    for (int s = 0; s < subspaces; s++) {
      nearest[s].products(query, s * subDims(), tables[first + s]);
    }
  }

  @Override
  public long tableMultiplications() {
    return (long) centroids * dims;
  }

  /** Encodes rows at {@code offset + l·step} into the codes' columns from {@code column} on. */
  void encode(float[] vectors, int offset, int step, Codes codes, int column, Workers workers) {
    workers.forEach(
        codes.rows(),
        (shard, from, to) -> {
          int count = to - from;
          int[] found = new int[count];
          float[] distances = new float[count];
          for (int s = 0; s < subspaces; s++) {
            int first = offset + from * step + s * subDims();
            nearest[s].search(new Nearest.Points(vectors, first, step), 0, count, found, distances);
            for (int l = 0; l < count; l++) {
              codes.set((from + l) * codes.columns() + column + s, found[l]);
            }
          }
        });
  }

  /** Decodes columns from {@code column} on into rows at {@code offset + l·step}. */
  void decode(Codes codes, int column, float[] vectors, int offset, int step) {
    for (int l = 0; l < codes.rows(); l++) {
      for (int s = 0; s < subspaces; s++) {
        int from = centroid(s, codes.get(l, column + s));
        int to = offset + l * step + s * subDims();
        System.arraycopy(codebook, from, vectors, to, subDims());
      }
    }
  }

  /** Multiplies decoded vectors [L, dims] by the scales of their codes. */
  static void scale(Codes codes, float[] vectors, int dims) {
    for (int i = 0; i < vectors.length && codes.isScaled(); i++) {
      vectors[i] *= codes.scale(i / dims);
    }
  }

  /** The inner product of centroids of the same subspace in two codebooks. */
  float dot(int subspace, int code, ProductQuantizer other, int otherCode) {
    int to = other.centroid(subspace, otherCode);
    return Vectors.dot(codebook, centroid(subspace, code), other.codebook, to, subDims());
  }

  private int centroid(int subspace, int code) {
    return (subspace * centroids + code) * subDims();
  }
}
