package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.GridQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.retrieve.CascadeRetriever.Metric;

/** Searches among some events, many at once, and in an index that changes. */
class VectorIndexTest {
  private static final int D = 16;
  private static final Workers WORKERS = Workers.common();

  private final float[] rows = gaussian(3000, 1);
  private final List<float[]> queries = split(gaussian(20, 2));

  private List<Retriever> retrievers() {
    ProductQuantizer.Options pieces = ProductQuantizer.Options.of(D, 16);
    ProductQuantizer product = ProductQuantizer.fit(rows, D, pieces, Rng.stream("t", 1), WORKERS);
    DirectionQuantizer directions = DirectionQuantizer.of(product);
    RetrievalIndex index =
        RetrievalIndex.of(GridQuantizer.rabitq(rows, D, 4, Rng.stream("t", 2)), rows, WORKERS);
    return List.of(
        ExactRetriever.fused(rows, D, new float[] {1}),
        CodeRetriever.of(product, product.encode(rows, WORKERS)),
        CodeRetriever.of(directions, directions.encode(rows, WORKERS)),
        FastScanRetriever.of(product, product.encode(rows, WORKERS)),
        index.scan(),
        index.refined(new RefinedRetriever.Options(4, 300)),
        HashRetriever.of(rows, D, 128, Rng.stream("t", 3)),
        ScalarRetriever.of(rows, D, 4),
        CascadeRetriever.of(rows, 1, D, Metric.INNER_PRODUCT).weighted(new float[] {1}));
  }

  @Test
  void aSubsetIsSearchedAsIfThereWereNoOthers() {
    BitSet third = new BitSet();
    for (int l = 1; l < 3000; l += 3) {
      third.set(l);
    }
    List<Subset> subsets =
        List.of(
            Subset.all(),
            Subset.window(700, 1900),
            Subset.window(2999, 5000),
            Subset.window(12, 12),
            Subset.of(third),
            Subset.of(new BitSet()),
            new Subset(100, 900, event -> event % 7 == 0));
    for (Retriever retriever : retrievers()) {
      for (float[] query : queries.subList(0, 4)) {
        TopK all = retriever.search(query, 3000).top();
        for (Subset subset : subsets) {
          int[] expected =
              Arrays.stream(all.indices()).filter(subset::contains).limit(25).toArray();
          TopK found = retriever.search(query, 25, subset).top();
          assertArrayEquals(expected, found.indices(), retriever + " in " + subset);
        }
      }
    }
  }

  @Test
  void manyQueriesAtOnceFindWhatEachFindsAlone() {
    for (Retriever retriever : retrievers()) {
      List<Retrieval> together = retriever.searchAll(queries, 30);
      assertEquals(queries.size(), together.size());
      for (int q = 0; q < queries.size(); q++) {
        assertEquals(retriever.search(queries.get(q), 30), together.get(q));
      }
      assertEquals(List.of(), retriever.searchAll(List.of(), 3));
    }
  }

  @Test
  void aWarmUpEnds() {
    assertTrue(ExactRetriever.fused(rows, D, new float[] {1}).warmUp(10) >= 200);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void anIndexThatChangesAnswersAsASlowOne(Metric metric) {
    VectorIndex index = VectorIndex.of(D, metric);
    Map<Long, float[]> truth = new HashMap<>();
    SplittableRandom rng = Rng.stream("test/changes", metric.ordinal());
    for (int step = 0; step < 4000; step++) {
      long id = rng.nextLong(1500) * 7 - 300;
      float[] vector = Arrays.copyOfRange(rows, step % 3000 * D, (step % 3000 + 1) * D);
      switch (rng.nextInt(4)) {
        case 0 -> assertEquals(truth.remove(id) != null, index.remove(id));
        default -> {
          index.put(id, vector);
          truth.put(id, vector);
        }
      }
      if (step % 400 == 399) {
        assertEquals(truth.size(), index.size());
        check(index, truth, metric, n -> true);
        check(index, truth, metric, n -> n % 2 == 0);
      }
    }
    assertEquals(truth.size(), index.search(queries.getFirst(), Integer.MAX_VALUE).size());
    for (long id : truth.keySet()) {
      assertTrue(index.contains(id));
      assertArrayEquals(truth.get(id), index.vector(id));
    }
  }

  private void check(
      VectorIndex index,
      Map<Long, float[]> truth,
      Metric metric,
      java.util.function.LongPredicate wanted) {
    int shared = 0;
    for (float[] query : queries) {
      List<Long> best =
          truth.keySet().stream()
              .filter(wanted::test)
              .sorted(
                  Comparator.comparingDouble(id -> -metric.nearness(query, 0, truth.get(id), 0, D)))
              .limit(10)
              .toList();
      List<VectorIndex.Match> found = index.search(query, 10, wanted);
      assertEquals(best.size(), found.size());
      for (VectorIndex.Match match : found) {
        assertTrue(wanted.test(match.id()));
        assertEquals(metric.nearness(query, 0, truth.get(match.id()), 0, D), match.score(), 1e-4f);
        shared += best.contains(match.id()) ? 1 : 0;
      }
    }
    assertTrue(shared >= 0.99 * 10 * queries.size(), shared + " shared");
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void aWrittenIndexFindsTheSame(Metric metric, @TempDir Path folder) throws Exception {
    VectorIndex index = VectorIndex.of(D, metric);
    long[] ids = new long[3000];
    Arrays.setAll(ids, i -> 5L * i);
    index.putAll(ids, rows);
    index.remove(25);
    Path file = folder.resolve("vectors");
    index.write(file);
    VectorIndex opened = VectorIndex.open(file);
    assertEquals(2999, opened.size());
    assertEquals(metric, opened.metric());
    for (float[] query : queries) {
      assertEquals(index.search(query, 20), opened.search(query, 20));
    }
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {3, 20, whole.length / 2, whole.length - 5}) {
      byte[] broken = whole.clone();
      broken[at] ^= 4;
      Files.write(folder.resolve("broken"), broken);
      assertThrows(IOException.class, () -> VectorIndex.open(folder.resolve("broken")));
    }
  }

  @Test
  void searchesFromEightThreadsWhileAnotherChangesAreNeverWrong() throws Exception {
    VectorIndex index = VectorIndex.of(D, Metric.INNER_PRODUCT);
    long[] ids = new long[1000];
    Arrays.setAll(ids, i -> i);
    index.putAll(ids, Arrays.copyOf(rows, 1000 * D)); // these stay
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(9)) {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int step = 0; !ended.get(); step++) {
                  int row = 1000 + step % 2000;
                  index.put(row, Arrays.copyOfRange(rows, row * D, (row + 1) * D));
                  if (step % 3 == 0) {
                    index.remove(1000 + step / 3 % 2000);
                  }
                }
              });
      List<Future<?>> readers = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int first = t;
        readers.add(
            threads.submit(
                () -> {
                  for (int s = 0; s < 1250; s++) {
                    float[] query = queries.get((first + s) % queries.size());
                    List<VectorIndex.Match> found = index.search(query, 20);
                    assertEquals(20, found.size());
                    assertEquals(
                        20, found.stream().mapToLong(VectorIndex.Match::id).distinct().count());
                    for (VectorIndex.Match match : found) {
                      int row = (int) match.id();
                      assertEquals(
                          seminar.math.Vectors.dot(query, 0, rows, row * D, D), match.score());
                    }
                  }
                }));
      }
      try {
        for (Future<?> reader : readers) {
          reader.get();
        }
      } finally {
        ended.set(true);
      }
      writer.get();
    }
    assertTrue(index.size() <= 3000);
  }

  @Test
  void refusesWhatCannotBeAndChangesNothing() {
    VectorIndex index = VectorIndex.of(D, Metric.L2);
    index.put(4, queries.getFirst());
    assertThrows(IllegalArgumentException.class, () -> index.put(5, new float[3]));
    float[] broken = new float[2 * D];
    broken[D + 2] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> index.putAll(new long[] {7, 8}, broken));
    assertThrows(IllegalArgumentException.class, () -> index.putAll(new long[1], new float[2 * D]));
    assertThrows(IllegalArgumentException.class, () -> index.search(new float[D], 0));
    assertThrows(IllegalArgumentException.class, () -> index.search(new float[D + 1], 1));
    assertThrows(IllegalArgumentException.class, () -> index.vector(9));
    assertThrows(IllegalArgumentException.class, () -> VectorIndex.of(0, Metric.L2));
    assertEquals(1, index.size());
    assertFalse(index.contains(7));
    assertEquals(0, index.search(queries.getFirst(), 3).getFirst().score(), 1e-9f);
    assertEquals(List.of(), VectorIndex.of(D, Metric.L2).search(new float[D], 3));
  }

  private static List<float[]> split(float[] values) {
    List<float[]> split = new ArrayList<>();
    for (int at = 0; at < values.length; at += D) {
      split.add(Arrays.copyOfRange(values, at, at + D));
    }
    return split;
  }

  private static float[] gaussian(int count, long seed) {
    float[] values = new float[count * D];
    Rng.gaussian(Rng.stream("test/vectors", seed), values, 1);
    return values;
  }
}
