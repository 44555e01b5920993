package seminar.retrieve;

import seminar.math.Checks;
import seminar.quantize.Codes;
import seminar.quantize.Cost;
import seminar.quantize.Quantizer;

/**
 * Scores every event from codes of four bits, sixteen look-ups with one instruction: the fastest
 * first stage.
 *
 * <p>Tables are rounded to bytes: an entry t of column s becomes {@code round((t − least_s) · 255 /
 * span)} with the widest span of all columns, so a score is off by at most {@code scale · columns ·
 * span / 510}, and by about {@code scale · √columns · span / 880} as a rule. Events whose scores
 * are equal stay in their order.
 *
 * <p><b>A few long events do not coarsen the others.</b> The longest by their codes, at most one of
 * 64 and only those three times as long as the median, are scored from the tables of floats, and
 * entries that only they use do not widen the span. Where lengths differ throughout, codes of
 * directions ({@link seminar.quantize.DirectionQuantizer}) are better.
 *
 * <p>A scan grows with its codes: later events are laid out behind the others, in memory that both
 * share, and when there are twice as many as at first everything is laid out anew.
 */
public final class FastScanRetriever extends ScanRetriever {
  private final Quantizer quantizer;
  private final NibbleBlocks blocks;
  private final LongEvents apart;
  private final GroupScales scales;
  private final int built; // L when it was settled what is long

  private FastScanRetriever(
      Quantizer quantizer,
      NibbleBlocks blocks,
      LongEvents apart,
      GroupScales scales,
      int built,
      Spare<SearchScratch> spare) {
    super(spare);
    this.quantizer = quantizer;
    this.blocks = blocks;
    this.apart = apart;
    this.scales = scales;
    this.built = built;
  }

  /**
   * Over codes of fused keys.
   *
   * @param codes [L, columns], at most 16 centroids
   * @throws IllegalArgumentException if the codes are not the quantizer's, or there are more
   *     centroids
   */
  public static FastScanRetriever of(Quantizer quantizer, Codes codes) {
    quantizer.checkCodes(codes);
    Checks.within(1, NibbleBlocks.TABLE, "centroids C", quantizer.centroids());
    return of(quantizer, codes, new Spare<>());
  }

  private static FastScanRetriever of(
      Quantizer quantizer, Codes codes, Spare<SearchScratch> spare) {
    return new FastScanRetriever(
        quantizer,
        new NibbleBlocks(codes),
        LongEvents.of(quantizer, codes),
        new GroupScales(codes),
        codes.rows(),
        spare);
  }

  /**
   * With later events; takes a time that is proportional to them, if it is done again and again to
   * what came out.
   *
   * @param all the codes of these events and the later ones
   */
  FastScanRetriever grown(Codes all) {
    return all.rows() >= 2L * built
        ? of(quantizer, all, spare())
        : new FastScanRetriever(
            quantizer,
            blocks.grown(all),
            apart.grown(quantizer, all, size()),
            scales.grown(all),
            built,
            spare());
  }

  /** Whether codes of a quantizer can be scanned so. */
  static boolean reads(Quantizer quantizer) {
    return quantizer.centroids() <= NibbleBlocks.TABLE;
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
    return blocks.bytes() + scales.bytes() + 4L * apart.count() + blocks.tableLength();
  }

  @Override
  void prepare(SearchScratch scratch) {
    quantizer.tables(scratch.query, scratch.tables);
    scratch.shift = quantizer.shift(scratch.query);
    round(scratch);
  }

  @Override
  void scan(SearchScratch scratch, int from, int to) {
    Best best = scratch.best;
    short bound = NibbleBlocks.ALL;
    float known = Float.NEGATIVE_INFINITY; // the threshold that the bound belongs to
    int next = apart.firstFrom(from);
    for (int first = from; first < to; first += NibbleBlocks.GROUP) {
      boolean isApart = apart.event(next) < first + NibbleBlocks.GROUP;
      float threshold = best.threshold(first, NibbleBlocks.GROUP);
      if (isApart || best.wantsAll() || blocks.segments() > 1) {
        bound = NibbleBlocks.ALL;
        known = Float.NEGATIVE_INFINITY;
      } else if (!scales.isNone()) {
        bound = bound(scratch, threshold / scales.easiest(threshold, first));
      } else if (threshold != known) {
        known = threshold;
        bound = bound(scratch, known);
      }
      if (blocks.sums(scratch.bytes, first, 0, bound, scratch.sums)) {
        scores(scratch, first);
        for (; apart.event(next) < first + NibbleBlocks.GROUP; next++) {
          scratch.scores[apart.event(next) - first] = apart.score(scratch.tables, next);
        }
        best.offer(scratch.scores, Math.min(NibbleBlocks.GROUP, size() - first), first);
      }
    }
  }

  /** The largest whole number that sums above a threshold certainly exceed. */
  private static short bound(SearchScratch scratch, float threshold) {
    double sum = ((double) threshold - scratch.offset) / scratch.step;
    // one less, for scores are rounded; not a number if all tables or all scales are 0
    return sum > 0 ? (short) Math.min(Short.MAX_VALUE, (long) sum - 1) : NibbleBlocks.ALL;
  }

  /** Turns the sums of a group into scores; those of the first segment are there. */
  private void scores(SearchScratch scratch, int first) {
    float[] scores = scratch.scores;
    for (int i = 0; i < NibbleBlocks.GROUP; i++) {
      scores[i] = Math.fma(scratch.step, scratch.sums[i], scratch.offset);
    }
    for (int segment = 1; segment < blocks.segments(); segment++) {
      blocks.sums(scratch.bytes, first, segment, NibbleBlocks.ALL, scratch.sums);
      for (int i = 0; i < NibbleBlocks.GROUP; i++) {
        scores[i] = Math.fma(scratch.step, scratch.sums[i], scores[i]);
      }
    }
    scales.multiply(scores, first);
  }

  /** Rounds the tables to bytes. */
  private void round(SearchScratch scratch) {
    int centroids = quantizer.centroids();
    float[] least = scratch.least;
    double span = 0;
    double offset = 0;
    for (int s = 0; s < least.length; s++) {
      float[] table = scratch.tables[s];
      boolean[] used = apart.usedByOthers(s);
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < centroids; c++) {
        if (used[c]) {
          low = Math.min(low, table[c]);
          high = Math.max(high, table[c]);
        }
      }
      least[s] = low <= high ? low : 0;
      offset += least[s];
      span = Math.max(span, (double) high - low);
    }
    int most = NibbleBlocks.MOST_ENTRY;
    double factor = span > 0 ? most / span : 0;
    for (int s = 0; s < least.length; s++) {
      float[] table = scratch.tables[s];
      for (int c = 0; c < centroids; c++) {
        double entry = factor * ((double) table[c] - least[s]) + 0.5;
        scratch.bytes[s * NibbleBlocks.TABLE + c] = (byte) Math.clamp(entry, 0, most);
      }
    }
    scratch.offset = (float) offset;
    scratch.step = (float) (span / most);
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
