package seminar.retrieve;

import seminar.math.Checks;
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
  private final long bytes;

  private CodeRetriever(
      Quantizer quantizer, CodeBlocks blocks, long bytes, Spare<SearchScratch> spare) {
    super(spare);
    this.quantizer = quantizer;
    this.blocks = blocks;
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
    return new CodeRetriever(quantizer, new CodeBlocks(codes), codes.bytes(), new Spare<>());
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
    return new CodeRetriever(
        quantizer,
        new CodeBlocks(codes.scaled(norms.norms())),
        codes.bytes() + norms.rows(),
        new Spare<>());
  }

  /**
   * With later events; takes a time that is proportional to them, if it is done again and again to
   * what came out.
   *
   * @param all the codes of these events and the later ones
   */
  CodeRetriever grown(Codes all) {
    return new CodeRetriever(quantizer, blocks.grown(all), all.bytes(), spare());
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
      scratch.best.offer(scratch.scores, count, first);
    }
  }

  @Override
  Cost cost() {
    long lookups = (long) size() * quantizer.columns();
    long scaled = blocks.isScaled() ? size() : 0;
    return new Cost(lookups, quantizer.tableMultiplications() + scaled, bytes());
  }

  @Override
  SearchScratch newScratch() {
    return new SearchScratch(width(), quantizer.newTables());
  }
}
