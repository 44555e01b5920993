package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Matrix;
import seminar.math.Rng;
import seminar.math.Workers;

class LinkSumsTest {
  /** Links between 50 rows, of which some have none, and 30 rows of a table. */
  private record Case(int[] to, int[] from, float[] weights, float[] table, int d) {
    static Case random(int d) {
      SplittableRandom rng = Rng.stream("test/links", d);
      int[] to = rng.ints(200, 0, 40).toArray();
      int[] from = rng.ints(200, 0, 30).toArray();
      float[] weights = new float[200];
      float[] table = new float[30 * d];
      Rng.gaussian(rng, weights, 1);
      Rng.gaussian(rng, table, 1);
      return new Case(to, from, weights, table, d);
    }

    float[] sums(LinkSums sums) {
      Matrix out = Matrix.zeros(50, d);
      float[] before = new float[50 * d];
      java.util.Arrays.fill(before, 7);
      out.set(before);
      sums.sort(to, to.length, 50);
      sums.of(from, weights, table, out);
      return out.toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 43, 64, 131})
  void sumsAreThoseOfALoopOverLinks(int d) {
    Case c = Case.random(d);
    double[] expected = new double[50 * d];
    for (int link = 0; link < c.to.length; link++) {
      for (int k = 0; k < d; k++) {
        expected[c.to[link] * d + k] += (double) c.weights[link] * c.table[c.from[link] * d + k];
      }
    }
    float[] actual = c.sums(new LinkSums(Workers.of(1)));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-4);
    }
  }

  @Test
  void manyThreadsAndMemoryUsedBeforeGiveTheBitsOfOne() {
    Case c = Case.random(43);
    float[] alone = c.sums(new LinkSums(Workers.of(1)));
    try (Workers four = Workers.of(4)) {
      LinkSums sums = new LinkSums(four);
      Case.random(131).sums(sums);
      assertArrayEquals(alone, c.sums(sums));
    }
  }

  @Test
  void withoutLinksAllSumsAreZero() {
    LinkSums sums = new LinkSums(Workers.of(1));
    Matrix out = Matrix.of(2, 1, 3, 4);
    sums.sort(new int[0], 0, 2);
    sums.of(new int[0], new float[0], new float[0], out);
    assertArrayEquals(new float[2], out.toArray());
  }
}
