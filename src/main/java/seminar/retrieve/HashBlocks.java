package seminar.retrieve;

/**
 * Packed bits of events, compared with those of a target by the number of bits that differ
 * (Hamming).
 */
final class HashBlocks {
  private final int rows;
  private final int words;
  private final long[] hashes; // [L, words]

  HashBlocks(long[] hashes, int words) {
    this.rows = hashes.length / words;
    this.words = words;
    this.hashes = hashes;
  }

  int rows() {
    return rows;
  }

  long bytes() {
    return 8L * hashes.length;
  }

  /** Offers all events, nearest first; a score is minus the number of bits that differ. */
  void scan(long[] target, float[] scores, Best best) {
    for (int first = 0; first < rows; first += KeyBlocks.CHUNK) {
      int count = Math.min(KeyBlocks.CHUNK, rows - first);
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
}
