package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which numbers are dropped looks like chance, and is a function of seed and index. */
class DropoutTest {
  private static final int N = 200_000;

  private static double kept(Dropout drop, LongStream indexes) {
    return indexes.filter(drop::keeps).count() / (double) N;
  }

  @Test
  void theRateIsKeptWhereverAndForEverySeed() {
    for (double rate : new double[] {0.1, 0.2, 0.5, 0.9}) {
      double error = 5 * Math.sqrt(rate * (1 - rate) / N);
      for (long seed : new long[] {0, 1, -1, 0x9E3779B97F4A7C15L, 1L << 40}) {
        Dropout drop = new Dropout(seed, rate);
        assertEquals(1 - rate, kept(drop, LongStream.range(0, N)), error);
        assertEquals(1 - rate, kept(drop, LongStream.range(0, N).map(i -> i * 64)), error);
        assertEquals(1 - rate, kept(drop, LongStream.range(0, N).map(i -> i << 32)), error);
      }
    }
  }

  /** How often two numbers are both kept, over how often that happens by chance. */
  private static double together(Dropout one, Dropout other, long distance) {
    double both = 0;
    for (long i = 0; i < N; i++) {
      both += one.keeps(i) && other.keeps(i + distance) ? 1 : 0;
    }
    return both / N / ((1 - one.rate()) * (1 - other.rate()));
  }

  @Test
  void neighboursAndSeedsHaveNothingToDoWithEachOther() {
    Dropout drop = new Dropout(5, 0.5);
    for (long distance : new long[] {1, 2, 3, 8, 64, 65, 128, 4096, 65_536, 1L << 32}) {
      assertEquals(1, together(drop, drop, distance), 0.02, "distance " + distance);
    }
    for (long seed : new long[] {4, 6, 7, 5 + (1L << 32), -5}) {
      for (long distance : new long[] {0, 1, -1}) {
        assertEquals(1, together(drop, new Dropout(seed, 0.5), distance), 0.02, "seed " + seed);
      }
    }
  }

  /** Numbers of a segment that lies across a border of the upper half of the index. */
  @Test
  void vectorsDropWhatTheFunctionSays() {
    assumeTrue(Matrix.onHost(), "vectors are those of the CPU's backend");
    Dropout drop = new Dropout(77, 0.3);
    for (long index : new long[] {0, 3, (1L << 32) - 21, (5L << 32) + Integer.MAX_VALUE}) {
      Matrix x = Contract.ones(1, 103);
      drop.apply(x.segment(), 1, 101, index);
      assertEquals(1, x.get(0, 0));
      assertEquals(1, x.get(0, 102));
      for (int i = 0; i < 101; i++) {
        assertEquals(drop.keeps(index + i) ? drop.factor() : 0, x.get(0, i + 1));
      }
    }
  }

  @Test
  void nothingIsDroppedAtRateZeroAndTheRateIsBelowOne() {
    assertTrue(LongStream.range(0, N).allMatch(Dropout.none()::keeps));
    assertEquals(1, Dropout.none().factor());
    assertEquals(0, kept(new Dropout(1, Math.nextDown(1.0)), LongStream.range(0, N)), 1e-4);
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new Dropout(1, rate)).getMessage();
      assertTrue(message.contains("dropout rate is " + rate), message);
    }
  }
}
