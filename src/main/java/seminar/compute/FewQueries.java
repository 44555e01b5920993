package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Scores of a few queries with many keys, {@code R Kᵀ}.
 *
 * <p>A general product packs its operands first, which costs more than the product where each key
 * meets only a few queries. Here the queries are turned over, so that each has a lane, and every
 * number of a key meets all of them in one instruction; nothing is packed and no lanes are added.
 */
final class FewQueries {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /** The most queries at a time. */
  static final int MOST = SPECIES.length();

  /** Keys at a time: as many sums are under way, which hides how long one addition takes. */
  private static final int KEYS = 8;

  private final int d;
  private final float[] turned;
  private final float[] products;

  /** For queries and keys of d floats, and at most so many keys. */
  FewQueries(int d, int keys) {
    this.d = d;
    turned = new float[d * MOST];
    products = new float[Math.multiplyExact(keys + KEYS, MOST)];
  }

  /** Products of {@code count} queries, from float {@code at}, and the keys {@code [from, to)}. */
  void multiply(MemorySegment queries, long at, int count, MemorySegment keys, int from, int to) {
    turn(queries, at, count);
    int key = from;
    for (; key <= to - KEYS; key += KEYS) {
      eight(keys, (long) key * d, (key - from) * MOST);
    }
    for (; key < to; key++) {
      one(keys, (long) key * d, (key - from) * MOST);
    }
  }

  private void turn(MemorySegment queries, long at, int count) {
    Arrays.fill(turned, 0);
    for (int q = 0; q < count; q++) {
      for (int c = 0; c < d; c++) {
        turned[c * MOST + q] = RowKernels.get(queries, at + (long) q * d + c);
      }
    }
  }

  /** The scores of query {@code q} with the first n keys. */
  void scores(int q, int n, float[] scores) {
    for (int l = 0; l < n; l++) {
      scores[l] = products[l * MOST + q];
    }
  }

  private void eight(MemorySegment keys, long at, int to) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int c = 0; c < d; c++) {
      FloatVector query = FloatVector.fromArray(SPECIES, turned, c * MOST);
      s0 = query.fma(number(keys, at + c), s0);
      s1 = query.fma(number(keys, at + d + c), s1);
      s2 = query.fma(number(keys, at + 2L * d + c), s2);
      s3 = query.fma(number(keys, at + 3L * d + c), s3);
      s4 = query.fma(number(keys, at + 4L * d + c), s4);
      s5 = query.fma(number(keys, at + 5L * d + c), s5);
      s6 = query.fma(number(keys, at + 6L * d + c), s6);
      s7 = query.fma(number(keys, at + 7L * d + c), s7);
    }
    s0.intoArray(products, to);
    s1.intoArray(products, to + MOST);
    s2.intoArray(products, to + 2 * MOST);
    s3.intoArray(products, to + 3 * MOST);
    s4.intoArray(products, to + 4 * MOST);
    s5.intoArray(products, to + 5 * MOST);
    s6.intoArray(products, to + 6 * MOST);
    s7.intoArray(products, to + 7 * MOST);
  }

  private void one(MemorySegment keys, long at, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int c = 0; c < d; c++) {
      sum = FloatVector.fromArray(SPECIES, turned, c * MOST).fma(number(keys, at + c), sum);
    }
    sum.intoArray(products, to);
  }

  private static FloatVector number(MemorySegment keys, long at) {
    return FloatVector.broadcast(SPECIES, RowKernels.get(keys, at));
  }
}
