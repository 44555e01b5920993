package seminar.retrieve;

import seminar.math.Checks;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Scores every event exactly: the truth that the others are measured against.
 *
 * <p>With <b>fused</b> keys k_l = Σ_j γ_j x_l⁽ʲ⁾, computed once because the weights do not depend
 * on the target, an event takes d multiplications; {@link ExactChannelRetriever}, for weights that
 * come with each target, takes M·d. (The exact search unit of the paper, ESU, is another thing: an
 * attention on the events found.)
 *
 * <p>A score's products are added from the first dimension to the last, on every machine.
 */
public final class ExactRetriever extends ScanRetriever {
  private final KeyBlocks rows; // [L, width]
  private final int width;
  private final int fusing; // M·d multiplications that make the query of a target

  /** Over rows [L, width], copied. */
  ExactRetriever(float[] rows, int width, int fusing) {
    this.rows = new KeyBlocks(rows, width);
    this.width = width;
    this.fusing = fusing;
  }

  /**
   * Over fused keys; a query is a target fused with the same weights.
   *
   * @param events [L, M, dims]
   * @param weights γ [M]
   * @throws IllegalArgumentException if the last event is not whole or a number is not finite
   */
  public static ExactRetriever fused(float[] events, int dims, float[] weights) {
    float[] keys = FusedKeys.keys(events, weights, dims);
    Rows.bounded("fused keys", keys, dims);
    return new ExactRetriever(keys, dims, weights.length * dims);
  }

  @Override
  public int size() {
    return rows.rows();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public long bytes() {
    return 4L * size() * width;
  }

  @Override
  void prepare(SearchScratch scratch) {}

  @Override
  void scan(SearchScratch scratch, int from, int to) {
    for (int first = from; first < to; first += KeyBlocks.CHUNK) {
      int count = rows.score(scratch.query, first, scratch.scores);
      scratch.best.offer(scratch.scores, count, first);
    }
  }

  /** That of fusing the query included. */
  @Override
  Cost cost() {
    return new Cost(0, (long) size() * width + fusing, bytes());
  }

  @Override
  SearchScratch newScratch() {
    return new SearchScratch(width, new float[0][]);
  }

  /**
   * The score of every event [L].
   *
   * @throws IllegalArgumentException if the query has another length
   */
  public float[] scores(float[] query) {
    Checks.sameLength("query", query.length, "row of an event", width);
    float[] scores = new float[size()];
    float[] chunk = new float[KeyBlocks.CHUNK];
    for (int first = 0; first < scores.length; first += KeyBlocks.CHUNK) {
      int count = rows.score(query, first, chunk);
      System.arraycopy(chunk, 0, scores, first, count);
    }
    return scores;
  }
}
