package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.Codes;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.NormCodes;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RotatedQuantizer;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/** Retrievers over fused keys, refinement, graphs and hashes. */
class TwoStageTest {
  private static final int L = 1300;
  private static final int M = 3;
  private static final int D = 16;
  private static final float[] GAMMA = {0.5f, 0.2f, 0.3f};
  private static final Workers WORKERS = Workers.common();

  private final float[] events = gaussian(L * M * D, 1);
  private final float[] keys = FusedKeys.keys(events, GAMMA, D);
  private final Target target = new Target(gaussian(M * D, 2), GAMMA);
  private final float[] fused = target.fused();
  private final ExactRetriever exact = ExactRetriever.fused(events, D, GAMMA);
  private final ProductQuantizer nibbles = fit(D, 16);

  @Test
  void scoresFromCodesAreInnerProductsWithWhatTheyStandFor() {
    KMeans.Options few = KMeans.Options.of(20);
    for (Quantizer quantizer :
        List.of(
            fit(4, 32),
            fit(8, 300),
            RotatedQuantizer.fit(
                keys, D, ProductQuantizer.Options.of(4, 16), 2, Rng.stream("t", 1), WORKERS),
            ResidualQuantizer.fit(keys, D, 5, few, Rng.stream("t", 2), WORKERS))) {
      Codes codes = quantizer.encode(keys, WORKERS);
      float[] decoded = quantizer.decode(codes);
      TopK found = CodeRetriever.of(quantizer, codes).search(fused, L).top();
      assertEquals(L, found.size());
      for (int i = 0; i < L; i++) {
        assertEquals(dot(fused, decoded, found.indices()[i]), found.scores()[i], 1e-4f);
      }
    }
  }

  @Test
  void lengthsBesideDirectionsScaleTheScores() {
    float[] units = DirectionQuantizer.units(keys, D);
    NormCodes norms = NormCodes.of(keys, D);
    ProductQuantizer quantizer =
        ProductQuantizer.fit(
            units, D, ProductQuantizer.Options.of(8, 64), Rng.stream("t", 3), WORKERS);
    Codes codes = quantizer.encode(units, WORKERS);
    float[] decoded = quantizer.decode(codes);
    TopK found = CodeRetriever.of(quantizer, codes, norms).search(fused, 50).top();
    for (int i = 0; i < 50; i++) {
      int event = found.indices()[i];
      float expected = norms.norm(event) * dot(fused, decoded, event);
      assertEquals(expected, found.scores()[i], 1e-4f);
    }
    assertTrue(Recall.of(found.indices(), exact.search(fused, 50).top().indices()) > 0.6);
  }

  @Test
  void fourBitScoresAreThoseOfTheSameCodesToTheStatedRounding() {
    Codes codes = nibbles.encode(keys, WORKERS);
    float[][] tables = nibbles.newTables();
    nibbles.tables(fused, tables);
    float span = 0;
    for (float[] table : tables) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (float entry : table) {
        low = Math.min(low, entry);
        high = Math.max(high, entry);
      }
      span = Math.max(span, high - low);
    }
    TopK fast = FastScanRetriever.of(nibbles, codes).search(fused, L).top();
    float[] expected = new float[L];
    float[] decoded = nibbles.decode(codes);
    for (int l = 0; l < L; l++) {
      expected[l] = dot(fused, decoded, l);
    }
    for (int i = 0; i < L; i++) {
      assertEquals(expected[fast.indices()[i]], fast.scores()[i], D * span / 126 + 1e-4f);
    }
  }

  @Test
  void refinementGivesExactScoresAndFindsNearlyAll() {
    ScanRetriever first = FastScanRetriever.of(nibbles, nibbles.encode(keys, WORKERS));
    RefinedRetriever refined =
        RefinedRetriever.of(first, keys, new RefinedRetriever.Options(3, 100));
    TopK truth = exact.search(fused, 30).top();
    TopK found = refined.search(fused, 30).top();
    assertTrue(Recall.of(found.indices(), truth.indices()) > 0.96);
    assertEquals(truth.scores()[0], found.scores()[0], 1e-5f);
    assertTrue(
        Recall.of(first.search(fused, 30).top().indices(), truth.indices())
            < Recall.of(found.indices(), truth.indices()));
    assertEquals(
        exact.search(fused, L).top().indices().length, refined.search(fused, 5 * L).top().size());
    assertArrayEquals(
        exact.search(fused, L).top().indices(), refined.search(fused, L).top().indices());
  }

  /**
   * Vector code allocates until it is compiled, so the least of many searches counts, and a few
   * vectors are allowed; tables and scores of one search would be 4 KB.
   */
  @Test
  void aSearchAllocatesItsResultAlone() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ScanRetriever first = FastScanRetriever.of(nibbles, nibbles.encode(keys, WORKERS));
    RefinedRetriever.Options standard = RefinedRetriever.Options.standard();
    for (Retriever retriever : List.of(first, RefinedRetriever.of(first, keys, standard))) {
      long result = 2 * (64 * 4 + 16) + 160 + 512; // two arrays, three records, a few vectors
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 200_000 && least > result; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        retriever.search(fused, 64);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertTrue(least <= result, least + " bytes");
    }
  }

  @Test
  void graphsFindNearlyWhatExactListsFind() {
    for (Metric metric : Metric.values()) {
      ChannelRetriever bound = CascadeRetriever.of(events, M, D, metric);
      ChannelRetriever graphs =
          CascadeRetriever.hnsw(events, M, D, metric, GraphOptions.script(), WORKERS);
      int[] expected = bound.search(target, 20).top().indices();
      assertTrue(Recall.of(graphs.search(target, 20).top().indices(), expected) >= 0.9);
      assertArrayEquals(
          exact.search(fused, L).top().indices(), graphs.search(target, L).top().indices());
    }
  }

  @Test
  void graphsAreTheSameForAnyNumberOfThreads() {
    GraphOptions options = new GraphOptions(8, 20, 10, 3);
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      assertEquals(
          CascadeRetriever.hnsw(events, M, D, Metric.L2, options, one).search(target, 40),
          CascadeRetriever.hnsw(events, M, D, Metric.L2, options, four).search(target, 40));
    }
  }

  @Test
  void signsFindMoreThanChance() {
    int[] truth = exact.search(fused, 50).top().indices();
    ChannelRetriever lsh = CascadeRetriever.lsh(events, M, D, 4 * D, Rng.stream("t", 4));
    assertTrue(Recall.of(lsh.search(target, 50).top().indices(), truth) > 0.3);
    assertEquals(exact.search(fused, L).top(), roundTrip(lsh.search(target, L).top()));
    Retriever hash = HashRetriever.of(keys, D, 4 * D, Rng.stream("t", 5));
    assertTrue(Recall.of(hash.search(fused, 50).top().indices(), truth) > 0.2);
    assertTrue(hash.search(fused, 50).top().scores()[0] <= 0);
  }

  /** Scores of both are the same up to the order of additions. */
  private TopK roundTrip(TopK found) {
    TopK expected = exact.search(fused, L).top();
    assertArrayEquals(expected.scores(), found.scores(), 1e-5f);
    return new TopK(found.indices(), expected.scores());
  }

  @Test
  void manyThreadsMaySearchAtOnce() {
    ScanRetriever first = FastScanRetriever.of(nibbles, nibbles.encode(keys, WORKERS));
    RefinedRetriever refined =
        RefinedRetriever.of(first, keys, RefinedRetriever.Options.standard());
    TopK[] expected = new TopK[40];
    TopK[] found = new TopK[40];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = refined.search(gaussian(D, 100 + i), 20).top();
    }
    try (Workers four = Workers.of(4)) {
      four.forEach(
          found.length,
          (shard, from, to) -> {
            for (int i = from; i < to; i++) {
              found[i] = refined.search(gaussian(D, 100 + i), 20).top();
            }
          });
    }
    assertArrayEquals(expected, found);
  }

  @Test
  void degenerateInputsHaveStatedAnswers() {
    Codes none = nibbles.encode(new float[0], WORKERS);
    ScanRetriever empty = FastScanRetriever.of(nibbles, none);
    assertEquals(0, empty.search(fused, 5).top().size());
    assertEquals(0, CodeRetriever.of(nibbles, none).search(fused, 5).top().size());
    RefinedRetriever.Options standard = RefinedRetriever.Options.standard();
    assertEquals(
        0, RefinedRetriever.of(empty, new float[0], standard).search(fused, 5).top().size());
    assertEquals(
        0, CascadeRetriever.of(new float[0], M, D, Metric.L2).search(target, 5).top().size());
    // Nothing is nearer to a zero target than the rest: the earliest events come first.
    ScanRetriever first = FastScanRetriever.of(nibbles, nibbles.encode(keys, WORKERS));
    assertArrayEquals(new int[] {0, 1, 2}, first.search(new float[D], 3).top().indices());
    float[] channelAbsent = events.clone();
    for (int l = 0; l < L; l++) {
      java.util.Arrays.fill(channelAbsent, l * M * D, l * M * D + D, 0);
    }
    assertEquals(
        10,
        CascadeRetriever.hnsw(
                channelAbsent, M, D, Metric.INNER_PRODUCT, GraphOptions.script(), WORKERS)
            .search(target, 10)
            .top()
            .size());
    NormCodes zero = NormCodes.of(new float[3 * D], D);
    assertEquals(0, zero.norm(2));
    assertArrayEquals(new float[D], DirectionQuantizer.units(new float[D], D));
  }

  @Test
  void refusesWhatCannotBeSearched() {
    Codes codes = nibbles.encode(keys, WORKERS);
    ScanRetriever first = FastScanRetriever.of(nibbles, codes);
    refused(
        "centroids C", () -> FastScanRetriever.of(fit(4, 17), fit(4, 17).encode(keys, WORKERS)));
    refused("C=32", () -> CodeRetriever.of(fit(4, 32), fit(4, 16).encode(keys, WORKERS)));
    refused(
        "list of keys",
        () -> RefinedRetriever.of(first, new float[D], RefinedRetriever.Options.standard()));
    refused("factor r is 0", () -> new RefinedRetriever.Options(0, 1));
    float[] broken = fused.clone();
    broken[3] = Float.NaN;
    refused("column 3", () -> first.search(broken, 1));
    refused("query has length 2", () -> first.search(new float[2], 1));
    refused("K is 0", () -> first.search(fused, 0));
    float[] infinite = events.clone();
    infinite[D] = Float.POSITIVE_INFINITY;
    refused("must be finite", () -> ExactRetriever.fused(infinite, D, GAMMA));
    refused("must be finite", () -> CascadeRetriever.of(infinite, M, D, Metric.L2));
    refused("bits", () -> HashRetriever.of(keys, D, 0, Rng.stream("t", 1)));
  }

  private ProductQuantizer fit(int subspaces, int centroids) {
    ProductQuantizer.Options options = ProductQuantizer.Options.of(subspaces, centroids);
    return ProductQuantizer.fit(keys, D, options, Rng.stream("test/fit", 1), WORKERS);
  }

  private static float dot(float[] query, float[] rows, int row) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      sum += (double) query[j] * rows[row * D + j];
    }
    return (float) sum;
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
