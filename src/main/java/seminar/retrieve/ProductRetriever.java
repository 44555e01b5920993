package seminar.retrieve;

import java.util.function.Function;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.quantize.Codes;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.QueryTable;
import seminar.quantize.Scored;
import seminar.quantize.SymmetricTable;

/**
 * Scores every event from its product-quantization codes (paper §3.3.3).
 *
 * <p>To quantize fused keys instead of channels, give a quantizer of one channel, the codes of the
 * fused keys, and targets {@code new Target(target.fused(), new float[] {1})}.
 */
public final class ProductRetriever implements Retriever {
  private final MultiModalQuantizer quantizer;
  private final Codes codes;
  private final Function<Target, Scored> score;

  /** How a target meets codes. */
  public enum Mode {
    /** M²·S look-ups an event in a table of all pairs of centroids, as the paper writes it. */
    SYMMETRIC_TABLE,
    /** The same scores with M·S look-ups an event and without that table. */
    SYMMETRIC,
    /**
     * M·S look-ups an event; the target is not quantized, so scores are closer to the exact ones.
     */
    ASYMMETRIC
  }

  private ProductRetriever(
      MultiModalQuantizer quantizer, Codes codes, Function<Target, Scored> score) {
    this.quantizer = quantizer;
    this.codes = codes;
    this.score = score;
  }

  /**
   * Over events that are already encoded.
   *
   * @param codes [L, M·S]
   * @throws IllegalArgumentException if the codes are not the quantizer's, or {@link
   *     Mode#SYMMETRIC_TABLE} would need too large a table
   */
  public static ProductRetriever of(MultiModalQuantizer quantizer, Codes codes, Mode mode) {
    int columns = quantizer.channels() * quantizer.subspaces();
    Checks.sameLength("M·S sub-vectors", columns, "row of codes", codes.columns());
    Checks.sameLength("codebook", quantizer.centroids(), "that of the codes", codes.centroids());
    return new ProductRetriever(quantizer, codes, scorer(quantizer, codes, mode));
  }

  private static Function<Target, Scored> scorer(
      MultiModalQuantizer quantizer, Codes codes, Mode mode) {
    return switch (mode) {
      case SYMMETRIC_TABLE -> {
        SymmetricTable table = SymmetricTable.of(quantizer, Workers.common());
        yield target -> {
          Codes targetCodes = quantizer.encode(target.vectors(), Workers.common());
          return table.score(targetCodes, codes, target.weights());
        };
      }
      case SYMMETRIC ->
          target ->
              QueryTable.symmetric(quantizer, target.vectors(), target.weights()).score(codes);
      case ASYMMETRIC ->
          target ->
              QueryTable.asymmetric(quantizer, target.vectors(), target.weights()).score(codes);
    };
  }

  @Override
  public int size() {
    return codes.rows();
  }

  @Override
  public Retrieval search(Target target, int k) {
    Checks.atLeast(1, "K", k);
    target.checkShape(quantizer.channels(), quantizer.dims());
    Scored scored = score.apply(target);
    return new Retrieval(TopK.of(scored.scores(), k), scored.cost());
  }
}
