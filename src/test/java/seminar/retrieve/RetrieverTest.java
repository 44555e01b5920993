package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.Codes;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.retrieve.CascadeRetriever.Metric;
import seminar.retrieve.ProductRetriever.Mode;

class RetrieverTest {
  private static final int L = 400;
  private static final int M = 4;
  private static final int D = 8;
  private static final float[] GAMMA = {0.1f, 0.2f, 0.3f, 0.4f};

  private final float[] events = gaussian(L * M * D, 1);
  private final Target target = new Target(gaussian(M * D, 2), GAMMA);
  private final Retriever exact = ExactRetriever.fused(events, D, GAMMA);

  @Test
  void exactScoresAreDotsOfFusedVectorsFusedBeforeOrNot() {
    float[] expected = new float[L];
    for (int l = 0; l < L; l++) {
      for (int i = 0; i < M; i++) {
        for (int j = 0; j < M; j++) {
          for (int n = 0; n < D; n++) {
            expected[l] +=
                GAMMA[i] * GAMMA[j] * target.vectors()[i * D + n] * events[(l * M + j) * D + n];
          }
        }
      }
    }
    TopK best = TopK.of(expected, 20);
    ChannelRetriever perChannel = ExactChannelRetriever.of(events, M, D);
    for (Retrieval found :
        List.of(
            exact.search(target.fused(), 20),
            perChannel.search(target, 20),
            perChannel.weighted(GAMMA).search(target.vectors(), 20))) {
      assertArrayEquals(best.indices(), found.top().indices());
      assertArrayEquals(best.scores(), found.top().scores(), 1e-5f);
    }
  }

  @Test
  void exactSearchDoesNotChangeUnderACommonRotation() {
    double angle = 0.7;
    float[] turnedEvents = rotate(events, angle);
    Target turned = new Target(rotate(target.vectors(), angle), GAMMA);
    assertArrayEquals(
        exact.search(target.fused(), 10).top().indices(),
        ExactRetriever.fused(turnedEvents, D, GAMMA).search(turned.fused(), 10).top().indices());
  }

  @Test
  void aCascadeFindsEverythingWhenItsListsHoldEverything() {
    for (Metric metric : Metric.values()) {
      ChannelRetriever cascade = CascadeRetriever.of(events, M, D, metric);
      assertArrayEquals(
          exact.search(target.fused(), L).top().indices(),
          cascade.search(target, L).top().indices());
    }
  }

  @Test
  void aCascadeHoldsTheBestOfEveryPairOfChannelsAndRanksThemExactly() {
    Retrieval found = CascadeRetriever.of(events, M, D, Metric.INNER_PRODUCT).search(target, 5);
    TopK all = exact.search(target.fused(), L).top();
    boolean[] candidate = new boolean[L];
    for (int i = 0; i < M; i++) {
      for (int j = 0; j < M; j++) {
        float[] products = new float[L];
        for (int l = 0; l < L; l++) {
          for (int n = 0; n < D; n++) {
            products[l] += target.vectors()[i * D + n] * events[(l * M + j) * D + n];
          }
        }
        for (int event : TopK.of(products, 5).indices()) {
          candidate[event] = true;
        }
      }
    }
    int next = 0;
    for (int event : all.indices()) {
      if (candidate[event] && next < 5) {
        assertEquals(event, found.top().indices()[next++]);
      }
    }
    assertEquals(5, next);
  }

  @Test
  void theMetricsAgreeOnVectorsOfTheSameNorm() {
    float[] units = events.clone();
    float[] unitTarget = target.vectors().clone();
    for (int row = 0; row < L * M; row++) {
      seminar.math.Vectors.normalize(units, row * D, D);
    }
    for (int row = 0; row < M; row++) {
      seminar.math.Vectors.normalize(unitTarget, row * D, D);
    }
    Target unit = new Target(unitTarget, GAMMA);
    assertArrayEquals(
        CascadeRetriever.of(units, M, D, Metric.INNER_PRODUCT).search(unit, 9).top().indices(),
        CascadeRetriever.of(units, M, D, Metric.L2).search(unit, 9).top().indices());
  }

  @Test
  void bothSymmetricModesFindTheSameAndAsymmetricFindsMore() {
    MultiModalQuantizer quantizer = fit(events, M);
    Codes codes = quantizer.encode(events, Workers.common());
    double symmetric = 0;
    double asymmetric = 0;
    for (int trial = 0; trial < 20; trial++) {
      Target t = new Target(gaussian(M * D, 100 + trial), GAMMA);
      int[] truth = exact.search(t.fused(), 20).top().indices();
      Retrieval table = search(quantizer, codes, Mode.SYMMETRIC_TABLE, t);
      Retrieval collapsed = search(quantizer, codes, Mode.SYMMETRIC, t);
      assertEquals(1, Recall.of(collapsed.top().indices(), table.top().indices()), 0.05);
      assertEquals(M * collapsed.cost().lookups(), table.cost().lookups());
      symmetric += Recall.of(collapsed.top().indices(), truth);
      asymmetric += Recall.of(search(quantizer, codes, Mode.ASYMMETRIC, t).top().indices(), truth);
    }
    assertTrue(asymmetric > symmetric);
    assertTrue(symmetric > 20 * 0.3);
  }

  @Test
  void fusedKeysAreAQuantizerOfOneChannel() {
    float[] keys = FusedKeys.keys(events, GAMMA, D);
    MultiModalQuantizer quantizer = fit(keys, 1);
    Codes codes = quantizer.encode(keys, Workers.common());
    Target fused = new Target(target.fused(), new float[] {1});
    int[] found = search(quantizer, codes, Mode.ASYMMETRIC, fused).top().indices();
    assertTrue(Recall.of(found, exact.search(target.fused(), 20).top().indices()) > 0.5);
  }

  @Test
  void askingForMoreThanThereIsGivesAll() {
    assertEquals(L, exact.size());
    assertEquals(L, exact.search(target.fused(), 2 * L).top().size());
    refused("K is 0", () -> exact.search(target.fused(), 0));
    refused("query has length 1", () -> exact.search(new float[1], 1));
    MultiModalQuantizer quantizer = fit(events, M);
    Codes codes = quantizer.encode(events, Workers.common());
    for (ChannelRetriever retriever :
        List.of(
            ExactChannelRetriever.of(events, M, D),
            CascadeRetriever.of(events, M, D, Metric.L2),
            ProductRetriever.of(quantizer, codes, Mode.ASYMMETRIC))) {
      assertEquals(L, retriever.size());
      assertEquals(L, retriever.search(target, 2 * L).top().size());
      refused("K is 0", () -> retriever.search(target, 0));
      Target narrow = new Target(new float[M], GAMMA);
      refused("vector of the target", () -> retriever.search(narrow, 1));
      Target few = new Target(new float[2 * D], new float[2]);
      refused("channels of the target", () -> retriever.search(few, 1));
    }
    float[] none = target.fused();
    assertEquals(0, ExactRetriever.fused(new float[0], D, GAMMA).search(none, 3).top().size());
  }

  @Test
  void weightsThatAllTargetsShareMakeChannelsOneQuery() {
    ChannelRetriever cascade = CascadeRetriever.of(events, M, D, Metric.L2);
    float[] weights = GAMMA.clone();
    Retriever weighted = cascade.weighted(weights);
    weights[0] = 7; // they were copied
    assertEquals(L, weighted.size());
    assertEquals(M * D, weighted.width());
    assertEquals(cascade.search(target, 9), weighted.search(target.vectors(), 9));
    refused("query has length 8", () -> weighted.search(target.fused(), 9));
    refused("K is 0", () -> weighted.search(target.vectors(), 0));
    refused("weights", () -> cascade.weighted(new float[1]));
  }

  @Test
  void costsAreTheFormulasOfTheirMethods() {
    assertEquals(L * D + M * D, exact.search(target.fused(), 3).cost().multiplications());
    assertEquals(
        L * M * D + M * D,
        ExactChannelRetriever.of(events, M, D).search(target, 3).cost().multiplications());
    assertEquals(
        M * M * L * D + (M + 1) * D * L,
        CascadeRetriever.of(events, M, D, Metric.L2).search(target, L).cost().multiplications());
    MultiModalQuantizer quantizer = fit(events, M);
    Codes codes = quantizer.encode(events, Workers.common());
    assertEquals(
        M * D * 16 + 2 * M * M * L, // the target is encoded, then γ_i γ_j weigh each pair
        search(quantizer, codes, Mode.SYMMETRIC_TABLE, target).cost().multiplications());
  }

  @Test
  void refusesWhatCannotBeSearched() {
    refused("multiple", () -> ExactRetriever.fused(new float[D], D, GAMMA));
    refused("multiple", () -> CascadeRetriever.of(new float[D], M, D, Metric.L2));
    refused("target has length 7", () -> new Target(new float[7], GAMMA));
    MultiModalQuantizer quantizer = fit(events, M);
    refused(
        "row of codes",
        () -> ProductRetriever.of(quantizer, Codes.of(new int[4], 4, 16), Mode.SYMMETRIC));
  }

  private static Retrieval search(
      MultiModalQuantizer quantizer, Codes codes, Mode mode, Target target) {
    return ProductRetriever.of(quantizer, codes, mode).search(target, 20);
  }

  private static MultiModalQuantizer fit(float[] events, int channels) {
    return MultiModalQuantizer.fit(
        events,
        channels,
        D,
        ProductQuantizer.Options.of(4, 16),
        Rng.stream("test/fit", 1),
        Workers.common());
  }

  /** Turns dimensions 0 and 5 of every vector. */
  private static float[] rotate(float[] vectors, double angle) {
    float[] turned = vectors.clone();
    for (int row = 0; row < vectors.length; row += D) {
      float x = vectors[row];
      float y = vectors[row + 5];
      turned[row] = (float) (Math.cos(angle) * x - Math.sin(angle) * y);
      turned[row + 5] = (float) (Math.sin(angle) * x + Math.cos(angle) * y);
    }
    return turned;
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
