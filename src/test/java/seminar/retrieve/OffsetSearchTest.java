package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.CenteredQuantizer;
import seminar.quantize.Codes;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.GridQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/** Searches with something added to scores, against all scores, the sums and a sort. */
class OffsetSearchTest {
  private static final int D = 16;
  private static final int K = 20;

  /**
   * Whose sums may be rounded otherwise, for what all scores have in common is added after offsets,
   * or whose equal sums may be in another order.
   */
  private static final String NEARLY = "nearly: ";

  private static final Workers WORKERS = Workers.common();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, K, K + 1, 33, 700, 5000, 10_000})
  void everyRetrieverFindsTheBestSums(int events) {
    float[] keys = events < 5000 ? whole(events * D, 1) : gaussian(events * D, 1);
    float[] query = events < 5000 ? whole(D, 2) : gaussian(D, 2); // whole numbers have many ties
    for (Map.Entry<String, Retriever> each : retrievers(keys).entrySet()) {
      Retriever retriever = each.getValue();
      TopK all = retriever.search(asked(query, retriever), Math.max(1, events)).top();
      for (Subset among : subsets(events)) {
        TopK expected = oracle(all, among, K);
        TopK found = retriever.search(asked(query, retriever), K, among).top();
        int[] rising = found.indices().clone();
        Arrays.sort(rising);
        assertArrayEquals(rising, retriever.choose(asked(query, retriever), K, among));
        if (each.getKey().startsWith(NEARLY)) {
          assertNear(expected, found);
          continue;
        }
        assertSame(expected, found, "%s of %d among %s".formatted(each.getKey(), events, among));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 10_000})
  void manyQueriesTogetherFindWhatTheyFindOneByOne(int events) {
    for (Map.Entry<String, Retriever> each : retrievers(gaussian(events * D, 1)).entrySet()) {
      List<Subset> among = subsets(events);
      List<float[]> queries = new ArrayList<>();
      List<Retrieval> alone = new ArrayList<>();
      for (int i = 0; i < among.size(); i++) {
        queries.add(asked(gaussian(D, 10 + i), each.getValue()));
        alone.add(each.getValue().search(queries.get(i), K, among.get(i)));
      }
      assertEquals(alone, each.getValue().searchAll(queries, K, among), each.getKey());
      assertThrows(
          IllegalArgumentException.class,
          () -> each.getValue().searchAll(queries, K, among.subList(1, among.size())));
      assertEquals(List.of(), each.getValue().searchAll(List.of(), K, List.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 700, 10_000})
  void aRefinementTakesTheBestSumsOfItsCandidates(int events) {
    float[] keys = gaussian(events * D, 1);
    float[] query = gaussian(D, 2);
    FastScanRetriever first = fastScan(product(keys, 4), keys);
    RefinedRetriever refined =
        RefinedRetriever.of(first, keys, new RefinedRetriever.Options(2, 60));
    TopK proposed = first.search(query, events).top();
    for (Subset among : subsets(events)) {
      int[] candidates = oracle(proposed, among, 60).indices();
      float[] scores = new float[candidates.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Vectors.dot(query, 0, keys, candidates[i] * D, D);
      }
      TopK expected = oracle(new TopK(candidates, scores), among, K);
      assertSame(expected, refined.search(query, K, among).top(), "among " + among);
    }
  }

  @Test
  void aWiderSearchAsksForNoMoreThanItNeeds() {
    float[] keys = gaussian(3000 * D, 1);
    AdaptiveRetriever adaptive = adaptive(keys);
    float[] query = gaussian(D, 2);
    Subset slight = Subset.all().plus(new Offsets(new int[] {1500}, new float[] {0.01f}));
    long few = adaptive.search(query, K, slight).cost().multiplications();
    Subset hidden = Subset.all().plus(new Offsets(new int[] {1, 3000}, new float[] {0, -1000}));
    long all = adaptive.search(query, K, hidden).cost().multiplications();
    assertTrue(few < all / 2, few + " and " + all);
  }

  @Test
  void bitsThatDifferTakeNoOffsets() {
    float[] keys = gaussian(100 * D, 1);
    HashRetriever hashes = HashRetriever.of(keys, D, 64, Rng.stream("t", 1));
    float[] query = gaussian(D, 2);
    Subset among = Subset.window(3, 50).plus(new Offsets(new int[] {7}, new float[] {0.5f}));
    for (Retriever each :
        List.of(hashes, RefinedRetriever.of(hashes, keys, RefinedRetriever.Options.standard()))) {
      assertEquals(10, each.search(query, 10, Subset.window(3, 50)).top().size());
      for (org.junit.jupiter.api.function.Executable search :
          List.<org.junit.jupiter.api.function.Executable>of(
              () -> each.search(query, 10, among),
              () -> each.searchAll(List.of(query), 10, List.of(among)))) {
        String message = assertThrows(IllegalArgumentException.class, search).getMessage();
        assertTrue(message.contains("0.5") && message.contains("bits"), message);
      }
    }
  }

  /** Whole and part windows, filters, with and without offsets of several kinds. */
  private static List<Subset> subsets(int events) {
    SplittableRandom rng = Rng.stream("test/subsets", events);
    List<Offsets> offsets = new ArrayList<>(List.of(Offsets.NONE));
    for (float scale : new float[] {0.01f, 1, 1e7f}) {
      int[] ends = rng.ints(9, 1, Math.max(2, events + 20)).distinct().sorted().toArray();
      float[] values = new float[ends.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = scale * rng.nextInt(-20, 10);
      }
      offsets.add(new Offsets(ends, values));
    }
    offsets.add(new Offsets(new int[] {Math.max(1, events - 3)}, new float[] {-1e30f}));
    offsets.add(new Offsets(new int[] {1 + events / 2}, new float[] {2}));
    List<Subset> subsets = new ArrayList<>();
    for (Offsets each : offsets) {
      subsets.add(Subset.all().plus(each));
      subsets.add(Subset.window(events / 3, events / 3 + events / 2).plus(each));
      subsets.add(Subset.window(events / 2, events / 2).plus(each));
      subsets.add(Subset.window(events, events + 7).plus(each));
      subsets.add(new Subset(1, events + 5, event -> event % 3 == 1, each));
      subsets.add(new Subset(0, events, event -> event == events - 1, each));
    }
    return subsets;
  }

  private static TopK oracle(TopK all, Subset among, int k) {
    Map<Integer, Float> byEvent = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      byEvent.put(all.indices()[i], all.scores()[i]);
    }
    List<Integer> events = new ArrayList<>();
    List<Float> sums = new ArrayList<>();
    byEvent.forEach(
        (event, score) -> {
          if (among.contains(event)) {
            events.add(event);
            sums.add(score + among.offsets().at(event));
          }
        });
    float[] scores = new float[sums.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = sums.get(i);
    }
    TopK best = TopK.of(scores, k);
    int[] found = Arrays.stream(best.indices()).map(events::get).toArray();
    return new TopK(found, best.scores());
  }

  private static void assertSame(TopK expected, TopK found, String where) {
    assertArrayEquals(expected.scores(), found.scores(), where);
    assertArrayEquals(expected.indices(), found.indices(), where);
  }

  private static void assertNear(TopK expected, TopK found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      float tolerance = 1e-6f * Math.max(100, Math.abs(expected.scores()[i]));
      assertEquals(expected.scores()[i], found.scores()[i], tolerance);
    }
  }

  /** Those whose scores are numbers. */
  private static Map<String, Retriever> retrievers(float[] keys) {
    Map<String, Retriever> all = new LinkedHashMap<>();
    all.put("exact", exact(keys));
    Quantizer product = product(keys, 4);
    all.put("codes", CodeRetriever.of(product, product.encode(keys, WORKERS)));
    all.put("fast", fastScan(product, keys));
    all.put("fast, scaled", fastScan(DirectionQuantizer.of(product), keys));
    all.put("fast, long", fastScan(product, withLong(keys)));
    all.put(NEARLY + "adaptive", adaptive(keys));
    if (keys.length <= 700 * D) { // of more it finds not quite all
      all.put(
          "graph",
          HnswRetriever.of(keys, D, Metric.INNER_PRODUCT, new GraphOptions(16, 64, 800, 1)));
    }
    all.put(NEARLY + "centered", fastScan(CenteredQuantizer.of(gaussian(D, 9), product), keys));
    all.put(NEARLY + "scalar", ScalarRetriever.of(keys, D, 4));
    all.put("channels", ExactChannelRetriever.of(keys, 2, D / 2).weighted(new float[] {1, 1}));
    return all;
  }

  private static float[] asked(float[] query, Retriever retriever) {
    return Arrays.copyOf(query, retriever.width());
  }

  private static ExactRetriever exact(float[] keys) {
    return ExactRetriever.fused(keys, D, new float[] {1});
  }

  private static AdaptiveRetriever adaptive(float[] keys) {
    Quantizer grid = GridQuantizer.of(D, 4);
    Codes codes = grid.encode(keys, WORKERS);
    return AdaptiveRetriever.of(FastScanRetriever.of(grid, codes), grid, codes, keys, 50);
  }

  private static FastScanRetriever fastScan(Quantizer quantizer, float[] keys) {
    return FastScanRetriever.of(quantizer, quantizer.encode(keys, WORKERS));
  }

  private static ProductQuantizer product(float[] keys, int subspaces) {
    float[] learned = keys.length >= 100 * D ? keys : gaussian(100 * D, 5);
    return ProductQuantizer.fit(
        learned, D, ProductQuantizer.Options.of(subspaces, 16), Rng.stream("t", 1), WORKERS);
  }

  private static float[] withLong(float[] keys) {
    float[] some = keys.clone();
    for (int l = 5; l < some.length / D; l += 90) {
      for (int i = 0; i < D; i++) {
        some[l * D + i] *= 40;
      }
    }
    return some;
  }

  private static float[] whole(int size, long seed) {
    SplittableRandom rng = Rng.stream("test/whole", seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = rng.nextInt(-1, 2);
    }
    return values;
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
