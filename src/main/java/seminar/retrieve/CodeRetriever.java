package seminar.retrieve;

import jdk.incubator.vector.FloatVector;
import seminar.math.Checks;
import seminar.math.Lanes;
import seminar.quantize.Codes;
import seminar.quantize.Cost;
import seminar.quantize.NormCodes;
import seminar.quantize.Quantizer;

/**
 * Scores every event from codes of its fused key: one look-up for each code, whatever made them, a
 * product, rotated or residual quantizer.
 *
 * <p>The weights of channels do not depend on the target, so a key can be fused before it is
 * quantized: d numbers instead of M·d share the bytes. Only events are quantized (asymmetric).
 */
public final class CodeRetriever extends ScanRetriever {
  private final Quantizer quantizer;
  private final CodeBlocks blocks;
  private final float[] scales; // [L rounded up to blocks]; empty where all are 1
  private final long bytes;

  private CodeRetriever(Quantizer quantizer, Codes codes, long bytes) {
    this.quantizer = quantizer;
    this.blocks = new CodeBlocks(codes);
    this.bytes = bytes;
    int count = (codes.rows() + CodeBlocks.ROWS - 1) / CodeBlocks.ROWS;
    this.scales = new float[codes.isScaled() ? count * CodeBlocks.ROWS : 0];
    for (int l = 0; l < codes.rows() && codes.isScaled(); l++) {
      scales[l] = codes.scale(l);
    }
  }

  /**
   * Over codes of fused keys.
   *
   * @param codes [L, columns]
   * @throws IllegalArgumentException if the codes are not the quantizer's
   */
  public static CodeRetriever of(Quantizer quantizer, Codes codes) {
    quantizer.checkCodes(codes);
    return new CodeRetriever(quantizer, codes, codes.bytes());
  }

  /**
   * Over codes of directions, with lengths beside them.
   *
   * @param codes [L, columns] of the keys divided by their lengths
   * @param norms [L]
   * @throws IllegalArgumentException if the codes are not the quantizer's or lengths are not L
   */
  public static CodeRetriever of(Quantizer quantizer, Codes codes, NormCodes norms) {
    quantizer.checkCodes(codes);
    Checks.sameLength("list of norms", norms.rows(), "list of codes", codes.rows());
    return new CodeRetriever(quantizer, codes.scaled(norms.norms()), codes.bytes() + norms.rows());
  }

  @Override
  public int size() {
    return blocks.rows();
  }

  @Override
  public int width() {
    return quantizer.dims();
  }

  @Override
  public long bytes() {
    return bytes + 4L * quantizer.columns() * quantizer.centroids();
  }

  @Override
  void prepare(SearchScratch scratch) {
    quantizer.tables(scratch.query, scratch.tables);
    scratch.shift = quantizer.shift(scratch.query);
  }

  @Override
  void scan(SearchScratch scratch, int from, int to) {
    for (int first = from; first < to; first += CodeBlocks.ROWS) {
      int count = blocks.score(scratch.tables, first, scratch.scores);
      if (scales.length > 0) {
        scale(scratch.scores, first);
      }
      scratch.best.offer(scratch.scores, count, first);
    }
  }

  private void scale(float[] scores, int first) {
    for (int i = 0; i < CodeBlocks.ROWS; i += Lanes.SPECIES.length()) {
      FloatVector.fromArray(Lanes.SPECIES, scores, i)
          .mul(FloatVector.fromArray(Lanes.SPECIES, scales, first + i))
          .intoArray(scores, i);
    }
  }

  @Override
  Cost cost() {
    long lookups = (long) size() * quantizer.columns();
    long scaled = scales.length > 0 ? size() : 0;
    return new Cost(lookups, quantizer.tableMultiplications() + scaled, bytes());
  }

  @Override
  SearchScratch newScratch() {
    return new SearchScratch(width(), quantizer.newTables());
  }
}
