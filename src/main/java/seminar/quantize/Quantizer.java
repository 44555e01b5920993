package seminar.quantize;

import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Turns vectors into codes and back, such that an inner product with a decoded vector follows from
 * a sum of table entries, one for each column of its codes.
 *
 * <pre>
 *   score(q, l) = shift(q) + scale_l · Σ_s tables[s][code_ls] = ⟨q, decoded_l⟩
 * </pre>
 *
 * <p>Scales come with the codes and are 1 for most quantizers, and the shift is 0. Quantizers build
 * on each other, from the outside: {@link CenteredQuantizer} takes the mean away, {@link
 * DirectionQuantizer} the length, {@link RotatedQuantizer} turns; a {@link ProductQuantizer},
 * {@link ScoreAwareQuantizer}, {@link ResidualQuantizer} or {@link GridQuantizer} writes what is
 * left.
 *
 * <p>Shapes: vectors [L, d], codes [L, columns], tables [columns, at least C]. Immutable and
 * thread-safe.
 */
public abstract sealed class Quantizer
    permits ProductQuantizer, ResidualQuantizer, GridQuantizer, QuantizerLayer {
  /** d. */
  public abstract int dims();

  /** How many codes a vector has. */
  public abstract int columns();

  /** C: codes are below it. */
  public abstract int centroids();

  /**
   * The codes [L, columns] of {@code vectors} [L, d].
   *
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  public final Codes encode(float[] vectors, Workers workers) {
    Rows.bounded("vectors", vectors, dims());
    return write(vectors, workers);
  }

  /**
   * The codes of vectors [L, d] that were checked, or that a layer made of checked ones: without
   * their mean they may be shorter or longer than what is accepted.
   */
  abstract Codes write(float[] vectors, Workers workers);

  /**
   * The vectors [L, d] that {@code codes} stand for.
   *
   * @throws IllegalArgumentException if the codes have another number of columns or centroids
   */
  public abstract float[] decode(Codes codes);

  /**
   * Fills {@code tables[s][c]} so that {@code Σ_s tables[s][code_s]}, times the event's scale and
   * plus {@link #shift}, is the inner product of the query with the decoded vector; entries behind
   * the C-th may receive anything.
   *
   * @param query [d]
   * @param tables as made by {@link #newTables}
   */
  public abstract void tables(float[] query, float[][] tables);

  /** What every score of a query [d] has in common: its inner product with what was taken away. */
  public float shift(float[] query) {
    return 0;
  }

  /** The multiplications of {@link #tables} and {@link #shift}. */
  public abstract long tableMultiplications();

  /** Room for tables: [columns, C rounded up to a power of two, at least 16]. */
  public float[][] newTables() {
    int size = Math.max(16, centroids() == 1 ? 1 : Integer.highestOneBit(centroids() - 1) << 1);
    return new float[columns()][size];
  }

  /**
   * The mean over {@code vectors} [L, d] of the squared distance between a vector and what its
   * codes stand for.
   *
   * @throws IllegalArgumentException if there is no vector, the last row is not whole, or a number
   *     is not finite
   */
  public double error(float[] vectors, Workers workers) {
    float[] decoded = decode(encode(vectors, workers));
    int n = Checks.atLeast(1, "number of vectors L", vectors.length / dims());
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Vectors.squaredDistance(vectors, i * dims(), decoded, i * dims(), dims());
    }
    return sum / n;
  }

  /** Checks that codes are this quantizer's. */
  public final void checkCodes(Codes codes) {
    Checks.sameLength("quantizer's row", columns(), "row of codes", codes.columns());
    if (codes.centroids() != centroids()) {
      throw new IllegalArgumentException(
          "codes count centroids C=%d, the codebook has C=%d: they must agree"
              .formatted(codes.centroids(), centroids()));
    }
  }
}
