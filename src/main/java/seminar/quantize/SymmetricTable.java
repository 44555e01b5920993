package seminar.quantize;

import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Inner products of all pairs of centroids, and the scores that the paper builds from them
 * (§3.3.3):
 *
 * <pre>
 *   T_ij[b][c][c'] = ⟨e_i[b][c], e_j[b][c']⟩
 *   s(t, l) = Σ_i Σ_j γ_i γ_j Σ_b T_ij[b][c_b⁽ⁱ⁾(t)][c_b⁽ʲ⁾(l)]
 * </pre>
 *
 * <p>M²·S look-ups an event. The table does not depend on the target but takes 4·M²·S·C² bytes: 134
 * MB for the printed settings (M = 4, S = 8, C = 512). The sum over i does not depend on the event:
 * made once for the target, it leaves M·S look-ups and the same scores ({@code
 * retrieve.ProductRetriever}).
 *
 * <p>Shapes: table [M, M, S, C, C], codes [L, M·S], scores [L]. Immutable and thread-safe.
 */
public final class SymmetricTable {
  private final int channels;
  private final int subspaces;
  private final int centroids;
  private final float[] table; // [M, M, S, C, C]

  /**
   * Scores of all events for one target.
   *
   * @param scores [L] in event order; inner products, larger is nearer
   * @param cost what they took
   */
  public record Scored(float[] scores, Cost cost) {}

  private SymmetricTable(int channels, int subspaces, int centroids, float[] table) {
    this.channels = channels;
    this.subspaces = subspaces;
    this.centroids = centroids;
    this.table = table;
  }

  /**
   * The table of a quantizer.
   *
   * @throws IllegalArgumentException if it would not fit into one array; the message states the
   *     bytes
   */
  public static SymmetricTable of(MultiModalQuantizer quantizer, Workers workers) {
    int channels = quantizer.channels();
    int subspaces = quantizer.subspaces();
    int centroids = quantizer.centroids();
    long bytes = bytes(channels, subspaces, centroids);
    if (bytes / 4 > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a table of M²·S·C² centroid pairs takes %d bytes for M=%d, S=%d, C=%d: use symmetric scores without it"
              .formatted(bytes, channels, subspaces, centroids));
    }
    float[] table = new float[(int) (bytes / 4)];
    int square = centroids * centroids;
    workers.forEach(
        channels * channels * subspaces,
        (shard, from, to) -> {
          for (int slice = from; slice < to; slice++) {
            ProductQuantizer i = quantizer.channel(slice / subspaces / channels);
            ProductQuantizer j = quantizer.channel(slice / subspaces % channels);
            for (int pair = 0; pair < square; pair++) {
              table[slice * square + pair] =
                  i.dot(slice % subspaces, pair / centroids, j, pair % centroids);
            }
          }
        });
    return new SymmetricTable(channels, subspaces, centroids, table);
  }

  /** The memory of a table: 4·M²·S·C². */
  public static long bytes(int channels, int subspaces, int centroids) {
    return 4L * channels * channels * subspaces * centroids * centroids;
  }

  /**
   * The scores of all events, exactly as the paper writes them: M²·S look-ups an event.
   *
   * @param target codes of the target [1, M·S]
   * @param gamma the channel weights γ [M]
   * @throws IllegalArgumentException if codes or weights have another shape than the table
   */
  public Scored score(Codes target, Codes codes, float[] gamma) {
    Checks.sameLength("gamma", gamma.length, "list of channels", channels);
    Checks.sameLength("list of targets", target.rows(), "one", 1);
    Checks.sameLength("M·S sub-vectors", channels * subspaces, "row of codes", target.columns());
    Checks.sameLength("codebook", centroids, "that of the target", target.centroids());
    Checks.sameLength("M·S sub-vectors", channels * subspaces, "row of codes", codes.columns());
    Checks.sameLength("codebook", centroids, "that of the codes", codes.centroids());
    float[] scores = new float[codes.rows()]; // [L]
    for (int l = 0; l < scores.length; l++) {
      float score = 0;
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          float sum = 0;
          for (int b = 0; b < subspaces; b++) {
            sum += table[row(i, j, b, target) + codes.get(l, j * subspaces + b)];
          }
          score += gamma[i] * gamma[j] * sum;
        }
      }
      scores[l] = score;
    }
    long pairs = (long) scores.length * channels * channels;
    return new Scored(
        scores, new Cost(pairs * subspaces, 2 * pairs, codes.bytes() + 4L * table.length));
  }

  /** Where T_ij[b][c_b⁽ⁱ⁾(t)] starts. */
  private int row(int i, int j, int b, Codes target) {
    int slice = (i * channels + j) * subspaces + b;
    return (slice * centroids + target.get(0, i * subspaces + b)) * centroids;
  }
}
