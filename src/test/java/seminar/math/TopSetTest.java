package seminar.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopSetTest {
  @Test
  void isTheSetOfTopKWithManyTiesAndInfinities() {
    SplittableRandom rng = Rng.stream("test/topset", 1);
    float[] special = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f};
    for (int trial = 0; trial < 2000; trial++) {
      int n = rng.nextInt(200);
      float[] scores = new float[n + 3];
      for (int i = 0; i < n; i++) {
        boolean odd = rng.nextInt(10) == 0;
        scores[i] = odd ? special[rng.nextInt(4)] : rng.nextInt(9) - 4;
      }
      int size = rng.nextInt(n + 1);
      int[] expected = TopK.of(scores, 0, n, size).indices();
      Arrays.sort(expected);
      int[] chosen = new int[size];
      TopSet.choose(scores, n, chosen, size);
      assertArrayEquals(expected, chosen);
    }
  }

  @Test
  void isTheSetOfTopKOfScoresOfAnyShape() {
    SplittableRandom rng = Rng.stream("test/topset/shapes", 1);
    for (int trial = 0; trial < 3000; trial++) {
      int n = 1 + rng.nextInt(400);
      float[] scores = new float[n];
      Rng.gaussian(rng, scores, Math.pow(10, rng.nextInt(-30, 30)));
      for (int i = 0; i < n && trial % 3 == 0; i++) {
        scores[i] = scores[rng.nextInt(n)]; // repeated events
      }
      if (trial % 5 == 0) {
        scores[rng.nextInt(n)] = rng.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
      }
      assertIsTopK(scores, rng.nextInt(n + 1));
    }
  }

  @Test
  void isTheSetOfTopKOfThousandsOfScores() {
    SplittableRandom rng = Rng.stream("test/topset/long", 1);
    for (int trial = 0; trial < 60; trial++) {
      float[] scores = new float[1 + rng.nextInt(12_000)];
      Rng.gaussian(rng, scores, 1);
      for (int i = 0; i < scores.length && trial % 3 == 0; i++) {
        scores[i] = Math.round(20 * scores[i]); // many ties
      }
      assertIsTopK(scores, rng.nextInt(Math.min(scores.length, trial % 2 == 0 ? 200 : 9000) + 1));
    }
  }

  private static void assertIsTopK(float[] scores, int size) {
    int[] expected = TopK.of(scores, size).indices();
    Arrays.sort(expected);
    int[] chosen = new int[size + 1];
    chosen[size] = -7;
    TopSet.choose(scores, scores.length, chosen, size);
    assertArrayEquals(expected, Arrays.copyOf(chosen, size));
    int[] withRoom = new int[size];
    float[] before = scores.clone();
    TopSet.choose(scores, scores.length, withRoom, size, new float[scores.length / 4]);
    assertArrayEquals(expected, withRoom);
    assertArrayEquals(before, scores, "the scores are left alone");
    assertEquals(-7, chosen[size], "what lies behind is left alone");
  }

  @Test
  void isTheSetOfTopKOfExtremeScores() {
    float max = Float.MAX_VALUE;
    float least = Float.MIN_VALUE;
    float[] scores = {-max, max, least, -least, 0, -0f, 1e-40f, max, -max, Float.MIN_NORMAL};
    for (int size = 0; size <= scores.length; size++) {
      assertIsTopK(scores, size);
    }
    for (float value : new float[] {0, -0f, max, -max, Float.POSITIVE_INFINITY, least}) {
      float[] equal = new float[100];
      Arrays.fill(equal, value);
      assertIsTopK(equal, 37);
    }
  }

  @Test
  void notANumberHasNoRank() {
    for (int n : new int[] {1, 7, 64, 101}) {
      for (int at = 0; at < n; at++) {
        float[] scores = new float[n + 1];
        scores[at] = Float.NaN;
        for (int size : new int[] {0, n / 2, n}) {
          assertThrows(
              IllegalArgumentException.class, () -> TopSet.choose(scores, n, new int[n], size));
        }
        scores[at] = 0;
        scores[n] = Float.NaN; // is not looked at
        TopSet.choose(scores, n, new int[n], n / 2);
      }
    }
  }
}
