package seminar.retrieve;

import java.util.Arrays;
import java.util.stream.IntStream;
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
 */
public final class FastScanRetriever extends ScanRetriever {
  private static final int SLICE = 4096;
  private static final int FEW = 64;
  private static final double LONG = 3;

  private final Quantizer quantizer;
  private final NibbleBlocks blocks;
  private final boolean[][] used; // [columns, C] by the others
  private final int[] apart; // long events, rising
  private final Codes apartCodes;
  private final float[] scales; // [L rounded up to groups], empty where all are 1
  private final float[] leastScale; // [groups], empty as well
  private final float[] mostScale;
  private final long bytes;

  private FastScanRetriever(Quantizer quantizer, Codes codes) {
    this.quantizer = quantizer;
    this.blocks = new NibbleBlocks(codes);
    this.apart = longest(quantizer, codes);
    this.apartCodes = codes.rows(apart);
    this.used = new boolean[codes.columns()][quantizer.centroids()];
    for (int l = 0, next = 0; l < codes.rows(); l++) {
      if (next < apart.length && apart[next] == l) {
        next++;
      } else {
        for (int s = 0; s < codes.columns(); s++) {
          used[s][codes.get(l, s)] = true;
        }
      }
    }
    int groups = codes.isScaled() ? Math.ceilDiv(codes.rows(), NibbleBlocks.GROUP) : 0;
    this.scales = new float[groups * NibbleBlocks.GROUP];
    this.leastScale = new float[groups];
    this.mostScale = new float[groups];
    Arrays.fill(leastScale, Float.POSITIVE_INFINITY);
    for (int l = 0; l < codes.rows() && codes.isScaled(); l++) {
      int group = l / NibbleBlocks.GROUP;
      scales[l] = codes.scale(l);
      leastScale[group] = Math.min(leastScale[group], scales[l]);
      mostScale[group] = Math.max(mostScale[group], scales[l]);
    }
    this.bytes = blocks.bytes() + 4L * scales.length + 4L * apart.length;
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
    return new FastScanRetriever(quantizer, codes);
  }

  /** Whether codes of a quantizer can be scanned so. */
  static boolean reads(Quantizer quantizer) {
    return quantizer.centroids() <= NibbleBlocks.TABLE;
  }

  /** The events that are very long by their codes, whatever their scales; rising. */
  private static int[] longest(Quantizer quantizer, Codes codes) {
    int count = codes.rows();
    double[] lengths = new double[count];
    for (int from = 0; from < count; from += SLICE) {
      Codes slice = codes.rows(IntStream.range(from, Math.min(count, from + SLICE)).toArray());
      float[] decoded = quantizer.decode(slice);
      for (int i = 0; i < decoded.length; i++) {
        lengths[from + i / quantizer.dims()] += (double) decoded[i] * decoded[i];
      }
    }
    for (int l = 0; l < count; l++) {
      float scale = codes.scale(l);
      lengths[l] = scale > 0 ? Math.sqrt(lengths[l]) / scale : 0;
    }
    double[] sorted = lengths.clone();
    Arrays.sort(sorted);
    if (count == 0) {
      return new int[0];
    }
    int few = Math.min(count - 1, Math.ceilDiv(count, FEW));
    double most = Math.max(LONG * sorted[count / 2], sorted[count - 1 - few]);
    return IntStream.range(0, count).filter(l -> lengths[l] > most).toArray();
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
    return bytes + blocks.tableLength();
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
    int next = Arrays.binarySearch(apart, from);
    next = next < 0 ? -next - 1 : next;
    for (int first = from; first < to; first += NibbleBlocks.GROUP) {
      boolean isApart = next < apart.length && apart[next] < first + NibbleBlocks.GROUP;
      float threshold = best.threshold(first, NibbleBlocks.GROUP);
      if (isApart || best.wantsAll() || blocks.segments() > 1) {
        bound = NibbleBlocks.ALL;
        known = Float.NEGATIVE_INFINITY;
      } else if (scales.length > 0) {
        bound = bound(scratch, threshold / scale(threshold, first / NibbleBlocks.GROUP));
      } else if (threshold != known) {
        known = threshold;
        bound = bound(scratch, known);
      }
      if (blocks.sums(scratch.bytes, first, 0, bound, scratch.sums)) {
        scores(scratch, first);
        while (next < apart.length && apart[next] < first + NibbleBlocks.GROUP) {
          scratch.scores[apart[next] - first] = score(scratch, next);
          next++;
        }
        best.offer(scratch.scores, Math.min(NibbleBlocks.GROUP, size() - first), first);
      }
    }
  }

  /** The scale of a group with which an event needs the smallest sum to pass a threshold. */
  private float scale(float threshold, int group) {
    return threshold >= 0 ? mostScale[group] : leastScale[group];
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
    for (int i = 0; i < NibbleBlocks.GROUP && scales.length > 0; i++) {
      scores[i] *= scales[first + i];
    }
  }

  /** The score of a long event. */
  private float score(SearchScratch scratch, int number) {
    float sum = 0;
    for (int s = 0; s < scratch.tables.length; s++) {
      sum += scratch.tables[s][apartCodes.get(number, s)];
    }
    return sum * apartCodes.scale(number);
  }

  /** Rounds the tables to bytes. */
  private void round(SearchScratch scratch) {
    int centroids = quantizer.centroids();
    float[] least = scratch.least;
    double span = 0;
    double offset = 0;
    for (int s = 0; s < least.length; s++) {
      float[] table = scratch.tables[s];
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < centroids; c++) {
        if (used[s][c]) {
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
