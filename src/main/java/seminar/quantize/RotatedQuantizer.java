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
 * Vᵀ. Inner products do not change when both sides are turned. Where all directions are alike, as
 * in independent normal numbers, there is nothing to gain.
 *
 * <p>Shapes: vectors [L, d], codes [L, S]. A search turns its query, d² multiplications and one new
 * array of d numbers. Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.2013.240">Ge, He, Ke, Sun. Optimized product
 *     quantization. TPAMI 2014</a>
 */
public final class RotatedQuantizer implements Quantizer {
  private final Rotation rotation;
  private final Quantizer quantizer;

  private RotatedQuantizer(Rotation rotation, Quantizer quantizer) {
    this.rotation = rotation;
    this.quantizer = quantizer;
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

  /**
   * Learns both from {@code vectors} [n, dims], or from a sample of them.
   *
   * @param turns how often the rotation is improved; 0 leaves vectors as they are
   * @throws IllegalArgumentException as {@link ProductQuantizer#fit}
   */
  public static RotatedQuantizer fit(
      float[] vectors,
      int dims,
      ProductQuantizer.Options options,
      int turns,
      SplittableRandom rng,
      Workers workers) {
    Checks.atLeast(0, "turns", turns);
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    float[] sample = options.sampled(vectors, dims, rng);
    Rotation rotation = Rotation.identity(dims);
    ProductQuantizer.Options brief = brief(options);
    ProductQuantizer quantizer =
        ProductQuantizer.fit(sample, dims, turns == 0 ? options : brief, rng.split(), workers);
    float[] turned = sample;
    for (int turn = 1; turn <= turns; turn++) {
      float[] decoded = quantizer.decode(quantizer.encode(turned, workers));
      rotation = Rotation.nearest(product(decoded, sample, dims));
      turned = rotation.apply(sample, workers);
      quantizer = quantizer.refine(turned, turn == turns ? options : brief, workers);
    }
    return new RotatedQuantizer(rotation, quantizer);
  }

  /** A few iterations are enough while the rotation still moves. */
  private static ProductQuantizer.Options brief(ProductQuantizer.Options options) {
    KMeans.Options all = options.clustering();
    int iterations = Math.min(4, all.iterations());
    KMeans.Options few = new KMeans.Options(all.centroids(), iterations, all.tolerance());
    return new ProductQuantizer.Options(options.subspaces(), few, options.sample());
  }

  /** Yᵀ X [d, d] of rows [n, d]. */
  private static double[][] product(float[] y, float[] x, int dims) {
    double[][] product = new double[dims][dims];
    for (int row = 0; row < x.length; row += dims) {
      for (int i = 0; i < dims; i++) {
        double factor = y[row + i];
        double[] sums = product[i];
        for (int j = 0; j < dims; j++) {
          sums[j] += factor * x[row + j];
        }
      }
    }
    return product;
  }

  /** R. */
  public Rotation rotation() {
    return rotation;
  }

  /** The quantizer of turned vectors. */
  public Quantizer quantizer() {
    return quantizer;
  }

  @Override
  public int dims() {
    return quantizer.dims();
  }

  @Override
  public int columns() {
    return quantizer.columns();
  }

  @Override
  public int centroids() {
    return quantizer.centroids();
  }

  @Override
  public Codes encode(float[] vectors, Workers workers) {
    return quantizer.encode(rotation.apply(vectors, workers), workers);
  }

  @Override
  public float[] decode(Codes codes) {
    return rotation.undo(quantizer.decode(codes));
  }

  @Override
  public void tables(float[] query, float[][] tables) {
    float[] turned = new float[query.length];
    rotation.apply(query, 0, turned, 0);
    quantizer.tables(turned, tables);
  }

  @Override
  public long tableMultiplications() {
    return quantizer.tableMultiplications() + (long) dims() * dims();
  }
}
