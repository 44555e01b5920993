package seminar.quantize;

import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Turns vectors before they are cut into sub-vectors (optimized product quantization, OPQ): the
 * rotation is the one under which the codebook makes the least error.
 *
 * <p>Codebook and rotation are improved in turns, with the codes given by the other: for a codebook
 * the best rotation maps vectors X onto what their codes stand for, Y, and is U Vᵀ of Yᵀ X = U S
 * Vᵀ, both taken about their means. Inner products do not change when both sides are turned. Where
 * all directions are alike, as in independent normal numbers, there is nothing to gain.
 *
 * <p>The turns find a local minimum, and which one depends on where they begin ({@link Start}).
 * From a random rotation each sub-vector holds something of every direction; the given axes, of
 * which some pieces may say much and others little, hold the turns near themselves. On SIFT, 32
 * pieces of 16 centroids, 50 turns from a random rotation reach the recall of faiss' {@code
 * OPQMatrix}, which begins so too.
 *
 * <p>Shapes: vectors [L, d], codes [L, S]. A search turns its query, d² multiplications and one new
 * array of d numbers; a turn of learning from n vectors takes n·d² multiplications, four iterations
 * of k-means and a singular value decomposition of d × d. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.2013.240">Ge, He, Ke, Sun. Optimized product
 *     quantization. TPAMI 2014</a>
 */
public final class RotatedQuantizer extends QuantizerLayer {
  private final Rotation rotation;

  private RotatedQuantizer(Rotation rotation, Quantizer quantizer) {
    super(quantizer);
    this.rotation = rotation;
  }

  /**
   * From known parts.
   *
   * @throws IllegalArgumentException if they differ in d, or the quantizer takes a mean away, which
   *     must be done before
   */
  public static RotatedQuantizer of(Rotation rotation, Quantizer quantizer) {
    Checks.sameLength("rotation", rotation.dims(), "vector", quantizer.dims());
    CenteredQuantizer.checkOutermost(quantizer);
    return new RotatedQuantizer(rotation, quantizer);
  }

  /** The rotation that the turns begin with. */
  public enum Start {
    /** One drawn evenly from all. */
    RANDOM,
    /**
     * None: vectors as they are, and turns about the origin instead of the mean, as earlier results
     * had it.
     */
    IDENTITY
  }

  /** Learns both from {@code vectors} [n, dims], beginning with {@link Start#RANDOM}. */
  public static RotatedQuantizer fit(
      float[] vectors,
      int dims,
      ProductQuantizer.Options options,
      int turns,
      SplittableRandom rng,
      Workers workers) {
    return fit(vectors, dims, options, turns, Start.RANDOM, rng, workers);
  }

  /**
   * Learns both from {@code vectors} [n, dims], or from a sample of them.
   *
   * @param turns how often the rotation is improved; 0 leaves it as it begins. 50 (as faiss) are
   *     enough, 20 nearly so
   * @throws IllegalArgumentException as {@link ProductQuantizer#fit}
   */
  public static RotatedQuantizer fit(
      float[] vectors,
      int dims,
      ProductQuantizer.Options options,
      int turns,
      Start start,
      SplittableRandom rng,
      Workers workers) {
    Checks.atLeast(0, "turns", turns);
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    float[] sample = options.sampled(vectors, dims, rng);
    SplittableRandom seeding = rng.split();
    boolean random = start == Start.RANDOM;
    Rotation rotation = random ? Rotation.random(dims, rng.split()) : Rotation.identity(dims);
    float[] turned = random ? rotation.apply(sample, workers) : sample;
    ProductQuantizer.Options brief = brief(options);
    ProductQuantizer quantizer =
        ProductQuantizer.fit(turned, dims, turns == 0 ? options : brief, seeding, workers);
    for (int turn = 1; turn <= turns; turn++) {
      float[] decoded = quantizer.decode(quantizer.encode(turned, workers));
      double[][] product = Principal.product(decoded, sample, dims, workers);
      if (random) {
        centre(product, decoded, sample, dims);
      }
      rotation = Rotation.nearest(product);
      turned = rotation.apply(sample, workers);
      quantizer = quantizer.refine(turned, turn == turns ? options : brief, workers);
    }
    return new RotatedQuantizer(rotation, quantizer);
  }

  /** Takes n·ȳ x̄ᵀ from Yᵀ X: a mean is no matter of the rotation, the centroids follow it. */
  private static void centre(double[][] product, float[] y, float[] x, int dims) {
    double[] meanY = Principal.mean(y, dims);
    double[] meanX = Principal.mean(x, dims);
    int n = x.length / dims;
    for (int i = 0; i < dims; i++) {
      for (int j = 0; j < dims; j++) {
        product[i][j] -= n * meanY[i] * meanX[j];
      }
    }
  }

  /** A few iterations are enough while the rotation still moves. */
  private static ProductQuantizer.Options brief(ProductQuantizer.Options options) {
    KMeans.Options all = options.clustering();
    int iterations = Math.min(4, all.iterations());
    KMeans.Options few = new KMeans.Options(all.centroids(), iterations, all.tolerance());
    return new ProductQuantizer.Options(options.subspaces(), few, options.sample());
  }

  /** R. */
  public Rotation rotation() {
    return rotation;
  }

  /** The quantizer of turned vectors. */
  public Quantizer quantizer() {
    return inner();
  }

  @Override
  Codes write(float[] vectors, Workers workers) {
    return inner().write(rotation.apply(vectors, workers), workers);
  }

  @Override
  public float[] decode(Codes codes) {
    return rotation.undo(inner().decode(codes));
  }

  @Override
  public void tables(float[] query, float[][] tables) {
    float[] turned = new float[query.length];
    rotation.apply(query, 0, turned, 0);
    inner().tables(turned, tables);
  }

  @Override
  public long tableMultiplications() {
    return inner().tableMultiplications() + (long) dims() * dims();
  }
}
