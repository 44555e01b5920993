package seminar.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void agreesWithSortingOnRandomScoresWithManyTies() {
    SplittableRandom rng = Rng.stream("test/topk", 1);
    for (int trial = 0; trial < 500; trial++) {
      int n = rng.nextInt(40);
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) {
        scores[i] = rng.nextInt(7) - 3;
      }
      int k = rng.nextInt(45);
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparingInt(i -> i))
              .limit(k)
              .mapToInt(i -> i)
              .toArray();

      TopK top = TopK.of(scores, k);

      assertArrayEquals(expected, top.indices());
      for (int i = 0; i < top.size(); i++) {
        assertEquals(scores[expected[i]], top.scores()[i]);
      }
    }
  }

  @Test
  void indicesCountFromTheStartOfTheRange() {
    TopK top = TopK.of(new float[] {9, 1, 3, 2, 9}, 1, 4, 2);
    assertArrayEquals(new int[] {1, 2}, top.indices());
    assertArrayEquals(new float[] {3, 2}, top.scores());
  }

  @Test
  void ofEqualScoresTheLowerIndexComesFirst() {
    assertArrayEquals(new int[] {0, 1}, TopK.of(new float[] {5, 5, 5, 5}, 2).indices());
    assertArrayEquals(new int[] {0, 1}, TopK.of(new float[] {-0f, 0f, -0f}, 2).indices());
  }

  @Test
  void minusInfinityIsAScoreAndNotANumberIsNot() {
    float[] scores = {Float.NEGATIVE_INFINITY, 1};
    assertArrayEquals(new int[] {1, 0}, TopK.of(scores, 2).indices());
    assertThrows(IllegalArgumentException.class, () -> TopK.of(new float[] {1, Float.NaN}, 1));
    assertThrows(IllegalArgumentException.class, () -> TopK.of(new float[] {1}, -1));
  }
}
