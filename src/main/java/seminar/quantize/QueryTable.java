package seminar.quantize;

import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Scores all events for one target with M·S look-ups an event.
 *
 * <pre>
 *   T[j][b][c] = γ_j · ⟨q[b], e_j[b][c]⟩      q = Σ_i γ_i x_t⁽ⁱ⁾
 *   s(t, l)    = Σ_j Σ_b T[j][b][c_b⁽ʲ⁾(l)]
 * </pre>
 *
 * <p>With the target as it is the scores are <b>asymmetric</b>: only events are quantized. With the
 * target's decoded codes they are <b>symmetric</b>, and equal to those of the paper's M²·S look-ups
 * ({@link SymmetricTable}), because the sum over the target's channels does not depend on the
 * event.
 *
 * <p>Shapes: table [M, S, C]. Cost: M·C·d multiplications for the table, then look-ups alone.
 * Immutable.
 */
public final class QueryTable {
  private final float[] table; // [M·S, C]
  private final int columns;
  private final int centroids;
  private final long multiplications;

  QueryTable(float[] table, int columns, long multiplications) {
    this.table = table;
    this.columns = columns;
    this.centroids = table.length / columns;
    this.multiplications = multiplications;
  }

  /**
   * For the target as it is.
   *
   * @param target [M, d]
   * @param gamma the channel weights γ [M]
   * @throws IllegalArgumentException if a shape differs from the quantizer's
   */
  public static QueryTable asymmetric(
      MultiModalQuantizer quantizer, float[] target, float[] gamma) {
    Checks.sameLength("gamma", gamma.length, "list of channels", quantizer.channels());
    int dims = quantizer.dims();
    Checks.sameLength("target", target.length, "event", gamma.length * dims);
    float[] fused = new float[dims]; // [d]
    for (int i = 0; i < gamma.length; i++) {
      Vectors.addScaled(gamma[i], target, i * dims, fused, 0, dims);
    }
    QueryTable table = fused(quantizer, fused, gamma);
    long fusing = (long) gamma.length * dims;
    return new QueryTable(table.table, table.columns, table.multiplications + fusing);
  }

  /**
   * For the target replaced by the vectors that its codes stand for.
   *
   * @param target [M, d]
   * @param gamma the channel weights γ [M]
   * @throws IllegalArgumentException if a shape differs from the quantizer's
   */
  public static QueryTable symmetric(MultiModalQuantizer quantizer, float[] target, float[] gamma) {
    Checks.sameLength("target", target.length, "event", quantizer.channels() * quantizer.dims());
    Workers workers = Workers.common();
    QueryTable table =
        asymmetric(quantizer, quantizer.decode(quantizer.encode(target, workers)), gamma);
    long encoding = (long) target.length * quantizer.centroids();
    return new QueryTable(table.table, table.columns, table.multiplications + encoding);
  }

  /**
   * For a target whose channels are already one vector: a fused one, or one into which an attention
   * head's projections have been folded.
   *
   * @param fused q [d]
   * @param gamma the channel weights γ [M] of the events
   * @throws IllegalArgumentException if a shape differs from the quantizer's
   */
  public static QueryTable fused(MultiModalQuantizer quantizer, float[] fused, float[] gamma) {
    int channels = quantizer.channels();
    int dims = quantizer.dims();
    Checks.sameLength("gamma", gamma.length, "list of channels", channels);
    Checks.sameLength("fused target", fused.length, "vector of a channel", dims);
    int subspaces = quantizer.subspaces();
    int centroids = quantizer.centroids();
    float[] table = new float[channels * subspaces * centroids]; // [M, S, C]
    float[] weighted = new float[dims];
    for (int j = 0; j < channels; j++) {
      for (int n = 0; n < dims; n++) {
        weighted[n] = gamma[j] * fused[n];
      }
      ProductQuantizer channel = quantizer.channel(j);
      for (int b = 0; b < subspaces; b++) {
        for (int c = 0; c < centroids; c++) {
          table[(j * subspaces + b) * centroids + c] =
              channel.dot(b, c, weighted, b * channel.subDims());
        }
      }
    }
    long multiplications = (long) channels * dims * (centroids + 1);
    return new QueryTable(table, channels * subspaces, multiplications);
  }

  /** A copy of the table [M, S, C]. */
  public float[] values() {
    return table.clone();
  }

  /**
   * The scores of all events.
   *
   * @throws IllegalArgumentException if the codes have another M·S or C than the table
   */
  public Scored score(Codes codes) {
    Checks.sameLength("list of sub-tables", columns, "row of codes", codes.columns());
    Checks.sameLength("sub-table", centroids, "list of centroids", codes.centroids());
    float[] scores = new float[codes.rows()]; // [L]
    for (int l = 0; l < scores.length; l++) {
      float sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += table[column * centroids + codes.at(l * columns + column)];
      }
      scores[l] = sum;
    }
    long lookups = (long) scores.length * columns;
    return new Scored(
        scores, new Cost(lookups, multiplications, codes.bytes() + 4L * table.length));
  }
}
