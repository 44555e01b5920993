package seminar.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopSetTest {
  @Test
  void isTheSetOfTopKWithManyTiesAndInfinities() {
    SplittableRandom rng = Rng.stream("test/topset", 1);
    TopSet set = new TopSet();
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
      set.choose(scores, n, chosen, size);
      assertArrayEquals(expected, chosen);
    }
  }

  @Test
  void notANumberHasNoRank() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TopSet().choose(new float[] {1, Float.NaN, 2}, 3, new int[1], 1));
  }
}
