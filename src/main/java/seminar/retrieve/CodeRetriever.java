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
  private final float[] norms; // [L rounded up to blocks]; empty where codes hold whole vectors
  private final long bytes;

  private CodeRetriever(Quantizer quantizer, Codes codes, float[] norms, long bytes) {
    this.quantizer = quantizer;
    this.blocks = new CodeBlocks(codes);
    this.norms = norms;
    this.bytes = bytes;
  }

  /**
   * Over codes of fused keys.
   *
   * @param codes [L, columns]
   * @throws IllegalArgumentException if the codes are not the quantizer's
   */
  public static CodeRetriever of(Quantizer quantizer, Codes codes) {
    quantizer.checkCodes(codes);
    return new CodeRetriever(quantizer, codes, new float[0], codes.bytes());
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
    int blocks = (codes.rows() + CodeBlocks.ROWS - 1) / CodeBlocks.ROWS;
    float[] lengths = new float[blocks * CodeBlocks.ROWS];
    for (int l = 0; l < norms.rows(); l++) {
      lengths[l] = norms.norm(l);
    }
    return new CodeRetriever(quantizer, codes, lengths, codes.bytes() + norms.rows());
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
  void scan(SearchScratch scratch) {
    quantizer.tables(scratch.query, scratch.tables);
    for (int first = 0; first < size(); first += CodeBlocks.ROWS) {
      int count = blocks.score(scratch.tables, first, scratch.scores);
      if (norms.length > 0) {
        scale(scratch.scores, first);
      }
      scratch.best.offer(scratch.scores, count, first);
    }
  }

  private void scale(float[] scores, int first) {
    for (int i = 0; i < CodeBlocks.ROWS; i += Lanes.SPECIES.length()) {
      FloatVector.fromArray(Lanes.SPECIES, scores, i)
          .mul(FloatVector.fromArray(Lanes.SPECIES, norms, first + i))
          .intoArray(scores, i);
    }
  }

  @Override
  Cost cost() {
    long lookups = (long) size() * quantizer.columns();
    long scaled = norms.length > 0 ? size() : 0;
    return new Cost(lookups, quantizer.tableMultiplications() + scaled, bytes());
  }

  @Override
  SearchScratch newScratch() {
    return new SearchScratch(width(), quantizer.newTables());
  }
}
