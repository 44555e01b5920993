package seminar.search;

import seminar.compute.Choice;

/**
 * ETA's search: the K events whose SimHash is nearest to the candidate's in Hamming distance; of
 * equal distances the older.
 *
 * <pre>  d(l, t) = popcount(bits(k_l) xor bits(t))</pre>
 *
 * <p>Cost of one candidate: ⌈m / 64⌉ popcounts for each event, against d multiplications for exact
 * scores.
 *
 * @see <a href="https://arxiv.org/abs/2108.04468">Chen et al. ETA. 2021, §3.2</a>
 */
record HashSearch(SignBits bits, int topK) implements EventSearch {
  @Override
  public Choice choose(EncodedBatch encoded) {
    bits.encode(encoded);
    return EventSearch.best(
        encoded.groups(),
        topK,
        (c, from, n, scores) -> {
          for (int l = 0; l < n; l++) {
            scores[l] = -bits.distance(c, from + l);
          }
        });
  }
}
