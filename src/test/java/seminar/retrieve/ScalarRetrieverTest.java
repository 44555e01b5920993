package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.quantization.OptimizedScalarQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.measure.Recall;
import seminar.quantize.CenteredQuantizer;

/** Scores from numbers that are rounded one by one. */
class ScalarRetrieverTest {
  private static final int N = 700;
  private static final int D = 19;

  private final float[] keys = drawn(N, 1);
  private final float[] query = drawn(1, 2);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7, 8})
  void scoresAreInnerProductsWithWhatLuceneDecodes(int bits) {
    float[] center = CenteredQuantizer.mean(keys, D);
    OptimizedScalarQuantizer quantizer =
        new OptimizedScalarQuantizer(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
    float[] expected = new float[N];
    byte[] code = new byte[D];
    for (int l = 0; l < N; l++) {
      float[] key = Arrays.copyOfRange(keys, l * D, (l + 1) * D);
      var interval = quantizer.scalarQuantize(key, code, (byte) bits, center);
      for (int i = 0; i < D; i++) {
        float width = interval.upperInterval() - interval.lowerInterval();
        float near =
            interval.lowerInterval() + width * (code[i] & 0xFF) / ((1 << bits) - 1) + center[i];
        expected[l] += query[i] * near;
      }
    }
    TopK found = ScalarRetriever.of(keys, D, bits).search(query, 50).top();
    TopK best = TopK.of(expected, 50);
    for (int i = 0; i < 50; i++) {
      assertEquals(best.scores()[i], found.scores()[i], 1e-3f);
      assertEquals(expected[found.indices()[i]], found.scores()[i], 1e-3f);
    }
  }

  @Test
  void moreBitsFindMore() {
    ExactRetriever exact = ExactRetriever.fused(keys, D, new float[] {1});
    double before = 0;
    for (int bits : new int[] {1, 2, 4, 8}) {
      double recall = 0;
      ScalarRetriever scalar = ScalarRetriever.of(keys, D, bits);
      for (int q = 0; q < 20; q++) {
        float[] asked = drawn(1, 10 + q);
        int[] truth = exact.search(asked, 30).top().indices();
        recall += Recall.of(scalar.search(asked, 30).top().indices(), truth) / 20;
      }
      assertTrue(recall > before, recall + " with " + bits + " bits");
      before = recall;
    }
    assertTrue(before > 0.97, "with eight bits " + before);
  }

  @Test
  void refusesBitsAndNumbersThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> ScalarRetriever.of(keys, D, 9));
    assertThrows(IllegalArgumentException.class, () -> ScalarRetriever.of(keys, D + 2, 4));
    float[] huge = keys.clone();
    huge[3] = 1e20f;
    assertThrows(IllegalArgumentException.class, () -> ScalarRetriever.of(huge, D, 4));
    assertEquals(0, ScalarRetriever.of(new float[0], D, 4).search(query, 3).top().size());
    assertEquals(N, ScalarRetriever.of(keys, D, 4).search(query, 9999).top().size());
  }

  private static float[] drawn(int rows, long seed) {
    float[] values = new float[rows * D];
    Rng.gaussian(Rng.stream("test/scalar", seed), values, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * (1 + i % 5) + 1;
    }
    return values;
  }
}
