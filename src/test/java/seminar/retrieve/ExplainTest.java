package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;

class ExplainTest {
  private static final int L = 500;
  private static final int M = 3;
  private static final int D = 8;
  private static final float[] GAMMA = {0.5f, 0.2f, 0.3f};

  private final float[] events = gaussian(L * M * D, 1);
  private final Target target = new Target(gaussian(M * D, 2), GAMMA);

  @Test
  void partsAddUpToTheScore() {
    TopK found = ExactChannelRetriever.of(events, M, D).search(target, 1).top();
    int best = found.indices()[0];
    float[] event = java.util.Arrays.copyOfRange(events, best * M * D, (best + 1) * M * D);
    ScoreParts parts = ScoreParts.of(target, event, 4);
    assertEquals(found.scores()[0], parts.score(), 1e-5);
    float sum = 0;
    for (float piece : parts.subVectors()) {
      sum += piece;
    }
    assertEquals(found.scores()[0], sum, 1e-5f);
    assertEquals(9, parts.pairs().length);
    float dot = 0;
    for (int n = 0; n < D; n++) {
      dot += target.vectors()[n] * event[2 * D + n];
    }
    assertEquals(0.5f * 0.3f * dot, parts.pairs()[2], 1e-6f);
  }

  @Test
  void nothingIsLostWhereEventsAreCentroidsAndWeightsAreRight() {
    MultiModalQuantizer all = fit(events, 1, L);
    RecallLoss none = RecallLoss.of(events, all, target, GAMMA, 20, 20);
    assertEquals(0, none.codebook());
    assertEquals(0, none.weights());
    assertEquals(0, none.candidates());
    assertTrue(none.target() > 0, "the target is no event");
  }

  @Test
  void eachSourceIsSeenAlone() {
    MultiModalQuantizer coarse = fit(events, 4, 4);
    RecallLoss loss = RecallLoss.of(events, coarse, target, new float[] {0, 0, 1}, 20, 60);
    assertTrue(loss.codebook() > 0.1);
    assertTrue(loss.weights() > 0.1);
    assertTrue(loss.candidates() < loss.codebook());
    assertEquals(0, RecallLoss.of(events, coarse, target, GAMMA, 20, L).candidates());
  }

  @Test
  void theLossOfAnIndexIsThatOfItsCodes() {
    float[] keys = FusedKeys.keys(events, GAMMA, D);
    float[] query = target.fused();
    float[] opposite = new float[D];
    for (int n = 0; n < D; n++) {
      opposite[n] = -query[n];
    }
    RetrievalIndex all = RetrievalIndex.of(quantizer(keys, 1, L), keys, Workers.common());
    assertEquals(new RecallLoss(0, 0, 0, 0), RecallLoss.of(all, query, query, 20, 20));
    assertEquals(1, RecallLoss.of(all, query, opposite, 20, 20).target());

    RetrievalIndex coarse = RetrievalIndex.of(quantizer(keys, 4, 4), keys, Workers.common());
    RecallLoss loss = RecallLoss.of(coarse, query, query, 20, 60);
    float[] decoded = coarse.quantizer().decode(coarse.codes());
    int[] truth = best(keys, query, 20);
    assertEquals(1 - Recall.of(best(decoded, query, 20), truth), loss.codebook(), 0.051);
    assertTrue(loss.codebook() > 0.1);
    assertEquals(0, loss.target());
    assertTrue(loss.candidates() < loss.codebook());
    refused("candidates", () -> RecallLoss.of(coarse, query, query, 20, 19));
  }

  private static int[] best(float[] rows, float[] query, int k) {
    float[] scores = new float[rows.length / D];
    for (int l = 0; l < scores.length; l++) {
      for (int n = 0; n < D; n++) {
        scores[l] += rows[l * D + n] * query[n];
      }
    }
    return TopK.of(scores, k).indices();
  }

  private static ProductQuantizer quantizer(float[] keys, int subspaces, int centroids) {
    ProductQuantizer.Options options = ProductQuantizer.Options.of(subspaces, centroids);
    return ProductQuantizer.fit(keys, D, options, Rng.stream("test/fit", 1), Workers.common());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    MultiModalQuantizer coarse = fit(events, 4, 4);
    refused("candidates", () -> RecallLoss.of(events, coarse, target, GAMMA, 20, 19));
    refused("index weights", () -> RecallLoss.of(events, coarse, target, new float[2], 1, 1));
    refused("event", () -> ScoreParts.of(target, new float[D], 4));
    refused("S=3", () -> ScoreParts.of(target, new float[M * D], 3));
    assertArrayEquals(new float[9], ScoreParts.of(target, new float[M * D], 1).pairs());
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static MultiModalQuantizer fit(float[] events, int subspaces, int centroids) {
    return MultiModalQuantizer.fit(
        events,
        M,
        D,
        ProductQuantizer.Options.of(subspaces, centroids),
        Rng.stream("test/fit", 1),
        Workers.common());
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
