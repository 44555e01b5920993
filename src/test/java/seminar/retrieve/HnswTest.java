package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/** Graphs of near neighbours: how they are linked, and that a search always finds K. */
class HnswTest {
  private static final int D = 12;
  private static final int L = 700;
  private static final GraphOptions FEW = new GraphOptions(4, 12, 10, 3);

  private final float[] keys = gaussian(L * D, 1);
  private final float[] query = gaussian(D, 2);

  @Test
  void aSearchAsWideAsTheHistoryIsExact() {
    for (Metric metric : Metric.values()) {
      HnswRetriever graph = HnswRetriever.of(keys, D, metric, FEW);
      TopK expected = naive(keys, query, metric);
      assertArrayEquals(expected.indices(), graph.search(query, L).top().indices());
      assertArrayEquals(expected.scores(), graph.search(query, L).top().scores(), 1e-4f);
      int[] first = Arrays.copyOf(expected.indices(), 7);
      assertArrayEquals(first, graph.withSearchWidth(L).search(query, 7).top().indices());
    }
  }

  private static TopK naive(float[] keys, float[] query, Metric metric) {
    float[] scores = new float[keys.length / D];
    for (int l = 0; l < scores.length; l++) {
      double sum = 0;
      for (int j = 0; j < D; j++) {
        double key = keys[l * D + j];
        double difference = query[j] - key;
        sum += metric == Metric.L2 ? -difference * difference : query[j] * key;
      }
      scores[l] = (float) sum;
    }
    return TopK.of(scores, scores.length);
  }

  @Test
  void aNarrowSearchLooksAtFewEventsAndFindsNearlyAll() {
    float[] many = gaussian(4000 * D, 3);
    HnswRetriever graph = HnswRetriever.of(many, D, Metric.L2, new GraphOptions(16, 64, 64, 1));
    double found = 0;
    for (int q = 0; q < 50; q++) {
      float[] asked = gaussian(D, 100 + q);
      Retrieval retrieval = graph.search(asked, 10);
      int[] truth = Arrays.copyOf(naive(many, asked, Metric.L2).indices(), 10);
      found += Recall.of(retrieval.top().indices(), truth) / 50;
      assertTrue(retrieval.cost().multiplications() < 4000L * D / 3, "looked at too many");
      assertEquals(retrieval, graph.search(asked, 10));
    }
    assertTrue(found > 0.97, "found " + found);
  }

  @Test
  void whileThereIsRoomEveryNearEventIsLinked() {
    GraphOptions roomy = new GraphOptions(16, 33, 10, 1);
    Points points = new Points(Arrays.copyOf(keys, 33 * D), 1, 0, D, Metric.INNER_PRODUCT);
    LayeredLinks links = SmallWorld.of(points, roomy).links();
    for (int node = 0; node < 33; node++) {
      int self = node;
      int[] others = IntStream.range(0, 33).filter(other -> other != self).toArray();
      assertArrayEquals(others, sorted(links, node), "links of " + node);
    }
  }

  /** Places on a line, two links each: worked out by hand. */
  @Test
  void whereThereIsNoRoomNoLinkIsNearerToAnotherThanToTheNode() {
    float[] places = {0, 10, 11, 12};
    GraphOptions two = new GraphOptions(1, 3, 1, 5);
    LayeredLinks links = SmallWorld.of(new Points(places, 1, 0, 1, Metric.L2), two).links();
    assertArrayEquals(new int[] {1, 2}, sorted(links, 0)); // came when there was room
    assertArrayEquals(new int[] {0, 2}, sorted(links, 1));
    assertArrayEquals(new int[] {1, 3}, sorted(links, 2)); // 0 is nearer to 10 than to 11
    assertArrayEquals(new int[] {2}, sorted(links, 3)); // 10 and 0 are nearer to 11 than to 12
  }

  private static int[] sorted(LayeredLinks links, int node) {
    int[] lists = links.lists(0);
    int list = links.list(node, 0);
    int[] others = Arrays.copyOfRange(lists, list + 1, list + 1 + lists[list]);
    Arrays.sort(others);
    return others;
  }

  @Test
  void aGraphThatGrewIsTheOneBuiltAtOnce() {
    for (Metric metric : Metric.values()) {
      HnswRetriever whole = HnswRetriever.of(keys, D, metric, FEW);
      HnswRetriever grown = HnswRetriever.of(new float[0], D, metric, FEW);
      int from = 0;
      for (int to : new int[] {0, 1, 2, 40, 41, 500, L}) {
        HnswRetriever before = grown;
        Retrieval found = from > 0 ? before.search(query, 20) : null;
        grown = grown.append(Arrays.copyOfRange(keys, from * D, to * D));
        assertEquals(to, grown.size());
        if (from > 0) {
          assertEquals(found, before.search(query, 20));
        }
        from = to;
      }
      assertEquals(whole.search(query, 20), grown.search(query, 20));
      assertEquals(whole.bytes(), grown.bytes());
    }
  }

  @Test
  void anyKFindsAsManyEventsAsThereAre() {
    for (Metric metric : Metric.values()) {
      HnswRetriever graph = HnswRetriever.of(keys, D, metric, FEW);
      Retrieval all = graph.search(query, L);
      assertEquals(L, all.top().size());
      assertEquals(all, graph.search(query, L + 1));
      assertEquals(all, graph.search(query, 1_000_000_000));
      assertEquals(all, graph.search(query, Integer.MAX_VALUE));
      ChannelRetriever cascade =
          CascadeRetriever.hnsw(keys, 3, D / 3, metric, FEW, Workers.common());
      Retriever fused = cascade.weighted(new float[] {1, 2, 3});
      assertEquals(fused.search(query, L), fused.search(query, Integer.MAX_VALUE));
    }
  }

  @Test
  void whatNoLinkLeadsToIsFoundWhenItIsAskedFor() {
    findsAll("equal vectors", repeated(3000));
    findsAll("two far clusters", clusters(2000));
    float[] lengths = gaussian(1500, 7);
    float[] stretched = gaussian(1500 * D, 8);
    float[] huge = gaussian(300 * D, 9);
    for (int i = 0; i < stretched.length; i++) {
      stretched[i] *= (float) Math.exp(2 * lengths[i / D]);
    }
    for (int i = 0; i < huge.length; i++) {
      huge[i] *= 1e17f;
    }
    findsAll("log-normal lengths", stretched);
    findsAll("long vectors", huge);
    findsAll("zero vectors", new float[200 * D]);
  }

  private void findsAll(String name, float[] vectors) {
    int count = vectors.length / D;
    for (Metric metric : Metric.values()) {
      HnswRetriever graph = HnswRetriever.of(vectors, D, metric, FEW);
      ChannelRetriever cascade =
          CascadeRetriever.hnsw(vectors, 2, D / 2, metric, FEW, Workers.common());
      for (int k : new int[] {1, 10, count / 2, count - 1, count, count + 5}) {
        String message = name + " by " + metric + ", K = " + k;
        for (Retriever each : new Retriever[] {graph, cascade.weighted(new float[] {1, 1})}) {
          int[] found = each.search(query, k).top().indices();
          assertEquals(Math.min(k, count), found.length, message);
          assertEquals(found.length, Arrays.stream(found).distinct().count(), message);
        }
      }
    }
  }

  private static float[] repeated(int count) {
    float[] vectors = new float[count * D];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = i % D;
    }
    return vectors;
  }

  private static float[] clusters(int count) {
    float[] vectors = gaussian(count * D, 4);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] += i / D % 2 == 0 ? 100 : -100;
    }
    return vectors;
  }

  @Test
  void withoutLinksASearchStillFindsK() {
    int count = 50;
    LayeredLinks none = LayeredLinks.of(2, new byte[count], new int[5 * count], new int[0], 7);
    Points points = new Points(Arrays.copyOf(keys, count * D), 1, 0, D, Metric.L2);
    HnswRetriever alone = new HnswRetriever(new SmallWorld(points, FEW, none));
    assertEquals(3, alone.search(query, 3).top().size());
    TopK expected = naive(points.events(), query, Metric.L2);
    assertArrayEquals(expected.indices(), alone.search(query, count).top().indices());
  }

  @Test
  void manyThreadsSearchWhileAnotherAppends() {
    HnswRetriever graph = HnswRetriever.of(keys, D, Metric.L2, FEW);
    Retrieval[] expected = new Retrieval[200];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = graph.search(gaussian(D, 100 + i), 10);
    }
    Retrieval[] found = new Retrieval[200];
    float[] later = gaussian(20 * D, 5);
    try (Workers four = Workers.of(4)) {
      four.forEach(
          found.length,
          (shard, from, to) -> {
            for (int i = from; i < to; i++) {
              found[i] = graph.search(gaussian(D, 100 + i), 10);
            }
            assertEquals(L + 20, graph.append(later).size());
          });
    }
    assertArrayEquals(expected, found);
  }

  @Test
  void degenerateInputsHaveStatedAnswers() {
    HnswRetriever empty = HnswRetriever.of(new float[0], D, Metric.L2, FEW);
    assertEquals(0, empty.search(query, 5).top().size());
    HnswRetriever one = empty.append(Arrays.copyOf(keys, D));
    assertArrayEquals(new int[] {0}, one.search(query, 5).top().indices());
    assertEquals(
        0,
        CascadeRetriever.hnsw(new float[0], 2, D, Metric.L2, FEW, Workers.common())
            .search(new Target(new float[2 * D], new float[] {1, 1}), 5)
            .top()
            .size());
    // Nothing is nearer to a zero vector than the rest, by inner product: the earliest come first.
    HnswRetriever graph = HnswRetriever.of(keys, D, Metric.INNER_PRODUCT, FEW).withSearchWidth(L);
    assertArrayEquals(new int[] {0, 1, 2}, graph.search(new float[D], 3).top().indices());
  }

  @Test
  void refusesWhatCannotBeSearched() {
    HnswRetriever graph = HnswRetriever.of(keys, D, Metric.L2, FEW);
    float[] broken = query.clone();
    broken[3] = Float.NaN;
    refused("query is NaN in row 0, column 3", () -> graph.search(broken, 1));
    refused("keys is NaN in row 0, column 3", () -> graph.append(broken));
    refused("keys is NaN", () -> HnswRetriever.of(broken, D, Metric.L2, FEW));
    refused("query has length 2", () -> graph.search(new float[2], 1));
    refused("K is 0", () -> graph.search(query, 0));
    refused("keys has length 13", () -> graph.append(new float[D + 1]));
    refused("efSearch is 0", () -> graph.withSearchWidth(0));
    float[] huge = keys.clone();
    huge[3 * D] = 1e20f;
    refused("keys has length 1.0E20 in row 3", () -> HnswRetriever.of(huge, D, Metric.L2, FEW));
    refused(
        "vectors of events has length 1.0E20 in row 6",
        () -> CascadeRetriever.hnsw(huge, 2, D / 2, Metric.L2, FEW, Workers.common()));
    refused("fewer links", () -> new LayeredLinks(512, 3_000_000));
  }

  private static void refused(String words, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
