package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.Codes;
import seminar.quantize.GridQuantizer;
import seminar.quantize.Quantizer;

/** Refinement that goes on until its bound says that it is enough. */
class AdaptiveRetrieverTest {
  private static final int N = 3000;
  private static final int D = 32;
  private static final int K = 10;

  private final float[] keys = units(N, 1);
  private final Quantizer quantizer = GridQuantizer.rabitq(keys, D, 4, Rng.stream("t", 1));
  private final Codes codes = quantizer.encode(keys, Workers.common());
  private final ScanRetriever scan = FastScanRetriever.of(quantizer, codes);

  private AdaptiveRetriever sure(double deviations) {
    return AdaptiveRetriever.of(scan, quantizer, codes, keys, deviations);
  }

  @Test
  void aWiderBoundFindsMoreWithMoreCandidatesAndFewOfAll() {
    ExactRetriever exact = ExactRetriever.fused(keys, D, new float[] {1});
    float[] queries = units(60, 2);
    double before = 0;
    double costBefore = 0;
    for (double deviations : new double[] {0, 1.9, 4}) {
      double recall = 0;
      double refined = 0;
      for (int q = 0; q < 60; q++) {
        float[] query = Arrays.copyOfRange(queries, q * D, (q + 1) * D);
        Retrieval found = sure(deviations).search(query, K);
        recall += Recall.of(found.top().indices(), exact.search(query, K).top().indices()) / 60;
        refined += (double) found.cost().multiplications() / D / 60;
        for (int i = 0; i < K; i++) {
          int at = found.top().indices()[i] * D;
          assertEquals(Vectors.dot(query, 0, keys, at, D), found.top().scores()[i]);
        }
      }
      assertTrue(recall >= before && refined >= costBefore, recall + " after " + refined);
      before = recall;
      costBefore = refined;
    }
    assertEquals(1, before, 1e-9);
    assertTrue(costBefore < N / 2.0, costBefore + " events were scored exactly");
  }

  @Test
  void allEventsAreFoundWhereAllAreAskedFor() {
    float[] query = units(1, 3);
    ExactRetriever exact = ExactRetriever.fused(keys, D, new float[] {1});
    int[] all = sure(0).search(query, N + 5).top().indices();
    assertEquals(N, Arrays.stream(all).distinct().count());
    assertEquals(exact.search(query, N).top().indices()[0], all[0]);
    Codes none = Codes.of(new int[0], quantizer.columns(), quantizer.centroids());
    AdaptiveRetriever empty =
        AdaptiveRetriever.of(
            FastScanRetriever.of(quantizer, none), quantizer, none, new float[0], 2);
    assertEquals(0, empty.search(query, 3).top().size());
    assertThrows(IllegalArgumentException.class, () -> sure(-1));
    assertThrows(IllegalArgumentException.class, () -> sure(1).search(query, 0));
  }

  private static float[] units(int rows, long seed) {
    float[] values = new float[rows * D];
    Rng.gaussian(Rng.stream("test/adaptive", seed), values, 1);
    for (int l = 0; l < rows; l++) {
      Vectors.normalize(values, l * D, D);
    }
    return values;
  }
}
