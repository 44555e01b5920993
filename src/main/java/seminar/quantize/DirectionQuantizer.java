package seminar.quantize;

import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Keeps the length of a vector beside the codes of its direction, so that one long vector does not
 * coarsen the codes of all others.
 *
 * <pre>
 *   u = x / ‖x‖,   û = what the codes of u stand for,   scale = ‖x‖ / max(⟨u, û⟩, ½)
 * </pre>
 *
 * <p>The division by ⟨u, û⟩ makes {@code ⟨x, scale·û⟩ = ‖x‖²}: what is left over is orthogonal to
 * x, so a query along x gets its exact score. (Below ½ the codes say little, and a larger factor
 * would only make their error larger.)
 *
 * <p>Immutable and thread-safe.
 */
public final class DirectionQuantizer extends QuantizerLayer {
  private static final double LEAST_AGREEMENT = 0.5;

  private DirectionQuantizer(Quantizer directions) {
    super(directions);
  }

  /**
   * Over a quantizer of directions, best learned from {@link #units}.
   *
   * @throws IllegalArgumentException if it takes a mean away, which must be done before
   */
  public static DirectionQuantizer of(Quantizer directions) {
    CenteredQuantizer.checkOutermost(directions);
    return new DirectionQuantizer(directions);
  }

  /**
   * Copies of {@code vectors} [L, dims], each divided by its length; zero vectors stay zero.
   *
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  public static float[] units(float[] vectors, int dims) {
    Rows.bounded("vectors", vectors, dims);
    return divided(vectors, dims);
  }

  private static float[] divided(float[] vectors, int dims) {
    float[] units = vectors.clone();
    for (int l = 0; l < vectors.length / dims; l++) {
      double length = Rows.length(vectors, l * dims, dims);
      for (int j = l * dims; j < (l + 1) * dims && length > 0; j++) {
        units[j] = (float) (vectors[j] / length);
      }
    }
    return units;
  }

  /** What writes the directions. */
  public Quantizer directions() {
    return inner();
  }

  @Override
  Codes write(float[] vectors, Workers workers) {
    float[] units = divided(vectors, dims());
    Codes codes = inner().write(units, workers);
    float[] decoded = inner().decode(codes);
    float[] scales = new float[codes.rows()];
    for (int l = 0; l < scales.length; l++) {
      double agreement = Vectors.dot(units, l * dims(), decoded, l * dims(), dims());
      double length = Rows.length(vectors, l * dims(), dims());
      scales[l] = (float) (codes.scale(l) * length / Math.max(agreement, LEAST_AGREEMENT));
    }
    return codes.scaled(scales);
  }
}
