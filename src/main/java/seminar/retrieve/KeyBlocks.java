package seminar.retrieve;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Rows of floats, laid out so that one query meets many at once: blocks of a few vectors' lanes of
 * rows, dimension by dimension.
 *
 * <p>A number of the query is loaded once for a whole block, and sums stay in lanes: nothing is
 * added across a vector. Each score is summed from the first dimension to the last, so it has the
 * same bits on every machine.
 *
 * <p>Layout: [L / B, width, B] for blocks of B = 4 vectors of rows; missing rows are zero.
 */
final class KeyBlocks {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int BLOCK = 4 * LANES;

  /** Chunks begin at multiples of it. */
  static final int CHUNK = 512;

  private final int rows;
  private final int width;
  private final float[] blocks;

  /** From rows [L, width]. */
  KeyBlocks(float[] values, int width) {
    this.rows = values.length / width;
    this.width = width;
    this.blocks = new float[Math.multiplyExact((rows + BLOCK - 1) / BLOCK * BLOCK, width)];
    for (int l = 0; l < rows; l++) {
      int to = l / BLOCK * BLOCK * width + l % BLOCK;
      for (int j = 0; j < width; j++) {
        blocks[to + j * BLOCK] = values[l * width + j];
      }
    }
  }

  int rows() {
    return rows;
  }

  /**
   * The inner products of the rows {@code [first, first + CHUNK)} with a query.
   *
   * @param first a multiple of {@link #CHUNK}
   * @param scores [CHUNK]; behind the last row it may receive zeros
   * @return how many rows there are
   */
  int score(float[] query, int first, float[] scores) {
    int count = Math.min(CHUNK, rows - first);
    for (int b = 0; b < count; b += BLOCK) {
      block(query, (first + b) * width, scores, b);
    }
    return count;
  }

  private void block(float[] query, int from, float[] scores, int to) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    int at = from;
    for (int j = 0; j < width; j++, at += BLOCK) {
      FloatVector q = FloatVector.broadcast(SPECIES, query[j]);
      sum0 = q.fma(FloatVector.fromArray(SPECIES, blocks, at), sum0);
      sum1 = q.fma(FloatVector.fromArray(SPECIES, blocks, at + LANES), sum1);
      sum2 = q.fma(FloatVector.fromArray(SPECIES, blocks, at + 2 * LANES), sum2);
      sum3 = q.fma(FloatVector.fromArray(SPECIES, blocks, at + 3 * LANES), sum3);
    }
    sum0.intoArray(scores, to);
    sum1.intoArray(scores, to + LANES);
    sum2.intoArray(scores, to + 2 * LANES);
    sum3.intoArray(scores, to + 3 * LANES);
  }
}
