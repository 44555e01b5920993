package seminar.search;

import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Matrix;

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
final class HashSearch implements EventSearch {
  private final Backend backend;
  private final RandomProjection projection;
  private final int topK;
  private final SignBits keys = new SignBits("key bits");
  private final SignBits targets = new SignBits("target bits");

  HashSearch(Backend backend, RandomProjection projection, int topK) {
    this.backend = backend;
    this.projection = projection;
    this.topK = topK;
  }

  @Override
  public Choice choose(EncodedBatch encoded) {
    Matrix r = projection.matrix(encoded.seed());
    keys.encode(backend, encoded.pairs(), r, projection.bias());
    targets.encode(backend, encoded.candidates(), r, projection.bias());
    return BestEvents.choose(
        encoded.groups(),
        topK,
        (c, from, n, scores) -> {
          for (int l = 0; l < n; l++) {
            scores[l] = -targets.distance(c, keys, from + l);
          }
        });
  }
}
