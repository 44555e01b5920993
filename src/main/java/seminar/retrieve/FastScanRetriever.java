package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.TopK;
import seminar.quantize.Codes;
import seminar.quantize.Cost;
import seminar.quantize.Quantizer;

/**
 * Scores every event from codes of four bits, sixteen look-ups with one instruction: the fastest
 * first stage.
 *
 * <p>Tables are rounded to six bits: an entry t of column s becomes {@code round((t − least_s) · 63
 * / span)} with the widest span of all columns, so a score is off by at most {@code columns · span
 * / 126}, and by about {@code √columns · span / 218} as a rule. Scores are sums of these whole
 * numbers turned back; events whose sums are equal stay in their order.
 */
public final class FastScanRetriever extends ScanRetriever {
  private final Quantizer quantizer;
  private final NibbleBlocks blocks;

  private FastScanRetriever(Quantizer quantizer, NibbleBlocks blocks) {
    this.quantizer = quantizer;
    this.blocks = blocks;
  }

  /**
   * Over codes of fused keys.
   *
   * @param codes [L, columns], at most 16 centroids and 512 columns
   * @throws IllegalArgumentException if the codes are not the quantizer's, or there are more
   *     centroids or columns
   */
  public static FastScanRetriever of(Quantizer quantizer, Codes codes) {
    quantizer.checkCodes(codes);
    Checks.within(1, NibbleBlocks.TABLE, "centroids C", quantizer.centroids());
    Checks.within(1, NibbleBlocks.MOST_COLUMNS, "columns", quantizer.columns());
    return new FastScanRetriever(quantizer, new NibbleBlocks(codes));
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
    return blocks.bytes() + blocks.tableLength();
  }

  @Override
  void scan(SearchScratch scratch) {
    quantizer.tables(scratch.query, scratch.tables);
    round(scratch);
    blocks.scan(scratch.bytes, scratch.sums, scratch.best);
  }

  /** Rounds the tables to six bits. */
  private void round(SearchScratch scratch) {
    int centroids = quantizer.centroids();
    float[] least = scratch.least;
    float span = 0;
    for (int s = 0; s < least.length; s++) {
      float[] table = scratch.tables[s];
      float low = table[0];
      float high = table[0];
      for (int c = 1; c < centroids; c++) {
        low = Math.min(low, table[c]);
        high = Math.max(high, table[c]);
      }
      least[s] = low;
      span = Math.max(span, high - low);
    }
    float factor = span > 0 ? NibbleBlocks.MOST_ENTRY / span : 0;
    double offset = 0;
    for (int s = 0; s < least.length; s++) {
      float[] table = scratch.tables[s];
      offset += least[s];
      for (int c = 0; c < centroids; c++) {
        scratch.bytes[s * NibbleBlocks.TABLE + c] = (byte) (factor * (table[c] - least[s]) + 0.5f);
      }
    }
    scratch.offset = (float) offset;
    scratch.step = span / NibbleBlocks.MOST_ENTRY;
  }

  @Override
  void rescale(TopK top, SearchScratch scratch) {
    float[] scores = top.scores();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.fma(scratch.step, scores[i], scratch.offset);
    }
  }

  @Override
  Cost cost() {
    long lookups = (long) size() * quantizer.columns();
    return new Cost(lookups, quantizer.tableMultiplications(), bytes());
  }

  @Override
  SearchScratch newScratch() {
    return new SearchScratch(width(), quantizer.newTables(), blocks.tableLength());
  }
}
