package seminar.retrieve;

import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Finds the fused keys whose signs along random directions differ least from the target's: the
 * retrieval of ETA (SimHash and Hamming distance).
 *
 * <p>Scores are minus the number of bits that differ: they order by angle and know no length. Cost:
 * bits·d multiplications for the target, then bits/64 words an event. Immutable and thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/2108.04468">Chen et al. End-to-end user behavior retrieval in
 *     click-through rate prediction model (ETA). 2021</a>
 */
public final class HashRetriever implements Retriever {
  private final SignHash hash;
  private final HashBlocks blocks;
  private final Spare<Work> spare;

  /** What a search works in. */
  private record Work(long[] bits, float[] scores, Best best) {}

  private HashRetriever(SignHash hash, HashBlocks blocks) {
    this.hash = hash;
    this.blocks = blocks;
    this.spare =
        new Spare<>(() -> new Work(new long[hash.words()], new float[KeyBlocks.CHUNK], new Best()));
  }

  /**
   * Over fused keys [L, dims] with so many random directions.
   *
   * @throws IllegalArgumentException if the last key is not whole, a number is not finite, or
   *     {@code bits} is below 1
   */
  public static HashRetriever of(float[] keys, int dims, int bits, SplittableRandom rng) {
    SignHash hash = SignHash.gaussian(dims, bits, rng);
    return new HashRetriever(hash, new HashBlocks(hash.encode(keys), hash.words()));
  }

  @Override
  public int size() {
    return blocks.rows();
  }

  @Override
  public int width() {
    return hash.dims();
  }

  @Override
  public Retrieval search(float[] query, int k) {
    Checks.atLeast(1, "K", k);
    Checks.sameLength("query", query.length, "row of an event", width());
    Rows.finite("target", query, width());
    Work work = spare.take();
    hash.encode(query, 0, work.bits, 0);
    work.best.reset(Math.min(k, Math.max(1, size())));
    blocks.scan(work.bits, work.scores, work.best);
    Cost cost = new Cost(0, (long) hash.bits() * hash.dims(), blocks.bytes());
    Retrieval found = new Retrieval(work.best.top(), cost);
    spare.giveBack(work);
    return found;
  }
}
