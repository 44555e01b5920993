package seminar.retrieve;

import java.util.SplittableRandom;
import seminar.quantize.Cost;

/**
 * Finds the fused keys whose signs along random directions differ least from the target's: the
 * retrieval of ETA (SimHash and Hamming distance).
 *
 * <p>Scores are minus the number of bits that differ: they order by angle and know no length, and
 * nothing can be added to them. Cost: bits·d multiplications for the target, then bits/64 words an
 * event. Immutable and thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/2108.04468">Chen et al. End-to-end user behavior retrieval in
 *     click-through rate prediction model (ETA). 2021</a>
 */
public final class HashRetriever extends ScanRetriever {
  private final SignHash hash;
  private final long[] hashes; // [L, words]

  /** Over hashes [L, words], not copied. */
  HashRetriever(SignHash hash, long[] hashes) {
    this.hash = hash;
    this.hashes = hashes;
  }

  /**
   * Over fused keys [L, dims] with so many random directions.
   *
   * @throws IllegalArgumentException if the last key is not whole, a number is not finite, or
   *     {@code bits} is below 1
   */
  public static HashRetriever of(float[] keys, int dims, int bits, SplittableRandom rng) {
    SignHash hash = SignHash.gaussian(dims, bits, rng);
    return new HashRetriever(hash, hash.encode(keys));
  }

  @Override
  public int size() {
    return hashes.length / hash.words();
  }

  @Override
  public int width() {
    return hash.dims();
  }

  @Override
  public long bytes() {
    return 8L * hashes.length;
  }

  @Override
  void check(Subset among) {
    if (!among.offsets().isNone()) {
      throw new IllegalArgumentException(
          "scores of hashes are numbers of bits that differ, to which %s cannot be added: search"
                  .formatted(among.offsets())
              + " keys or their codes");
    }
  }

  @Override
  void prepare(SearchScratch scratch) {
    hash.encode(scratch.query, 0, scratch.bits, 0);
  }

  @Override
  void scan(SearchScratch scratch, int from, int to) {
    scan(scratch.bits, scratch.scores, scratch.best, from, to);
  }

  /** Offers events; a score is minus the number of bits that differ. */
  void scan(long[] target, float[] scores, Best best, int from, int to) {
    int words = hash.words();
    for (int first = from; first < to; first += KeyBlocks.CHUNK) {
      int count = Math.min(KeyBlocks.CHUNK, to - first);
      for (int l = 0, at = first * words; l < count; l++, at += words) {
        int differ = 0;
        for (int w = 0; w < words; w++) {
          differ += Long.bitCount(hashes[at + w] ^ target[w]);
        }
        scores[l] = -differ;
      }
      best.offer(scores, count, first);
    }
  }

  @Override
  Cost cost() {
    return new Cost(0, (long) hash.bits() * hash.dims(), bytes());
  }

  @Override
  SearchScratch newScratch() {
    SearchScratch scratch = new SearchScratch(width(), new float[0][]);
    scratch.bits = new long[hash.words()];
    return scratch;
  }
}
