package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.file.SectionFile;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;

/** Indexes to which events are appended, against those that are made of all events at once. */
class GrowingIndexTest {
  private static final int D = 12;
  private static final int L = 1500;
  private static final int K = 15;
  private static final Workers WORKERS = Workers.of(1);
  private static final RefinedRetriever.Options ALL = new RefinedRetriever.Options(1, 10 * L);
  private static final RefinedRetriever.Options FEW = new RefinedRetriever.Options(2, 60);

  @TempDir Path folder;

  private final float[] keys = gaussian(L * D, 1);
  private final float[] query = gaussian(D, 2);

  @Test
  void appendedEventsAreAsThoseThatWereThereAtOnce() {
    SplittableRandom rng = Rng.stream("test/sizes", 1);
    for (Map.Entry<String, Quantizer> each : quantizers().entrySet()) {
      for (int first : new int[] {0, 1, 700}) {
        RetrievalIndex index = RetrievalIndex.of(each.getValue(), rows(0, first), WORKERS);
        for (int size = first; size < L; ) {
          int later = Math.min(L - size, rng.nextInt(6) == 0 ? rng.nextInt(100) : 1);
          index = index.append(rows(size, size + later), WORKERS);
          size += later;
          if (rng.nextInt(60) == 0 || size == L || size < 4) {
            String where = "%s from %d at %d".formatted(each.getKey(), first, size);
            assertAlike(RetrievalIndex.of(each.getValue(), rows(0, size), WORKERS), index, where);
          }
        }
      }
    }
  }

  private void assertAlike(RetrievalIndex whole, RetrievalIndex grown, String where) {
    int size = whole.size();
    assertEquals(size, grown.size(), where);
    assertEquals(whole.codes(), grown.codes(), where);
    assertEquals(whole.codes().hashCode(), grown.codes().hashCode(), where);
    assertEquals(whole.codes().bytes(), grown.codes().bytes(), where);
    assertArrayEquals(whole.keys(), grown.keys(), where);
    assertEquals(
        whole.refined(ALL).search(query, K).top(), grown.refined(ALL).search(query, K).top());
    TopK all = grown.scan().search(query, Math.max(1, size)).top();
    TopK few = grown.scan().search(query, K).top();
    assertArrayEquals(Arrays.copyOf(all.indices(), few.size()), few.indices(), where);
    assertArrayEquals(Arrays.copyOf(all.scores(), few.size()), few.scores(), where);
    TopK expected = whole.scan().search(query, Math.max(1, size)).top();
    if (grown.scan() instanceof CodeRetriever) {
      assertEquals(expected, all, where);
    }
    float[] byEvent = new float[size];
    for (int i = 0; i < size; i++) {
      byEvent[expected.indices()[i]] = expected.scores()[i];
    }
    for (int i = 0; i < size; i++) {
      assertEquals(byEvent[all.indices()[i]], all.scores()[i], 0.15f, where);
    }
  }

  @Test
  void fourBitScansFindAsMuchWhenTheyGrew() {
    for (Quantizer each :
        List.of(quantizers().get("four bits"), quantizers().get("directions in four bits"))) {
      RetrievalIndex grown = RetrievalIndex.of(each, rows(0, 800), WORKERS);
      for (int l = 800; l < L; l++) {
        grown = grown.append(rows(l, l + 1), WORKERS);
      }
      RetrievalIndex whole = RetrievalIndex.of(each, keys, WORKERS);
      double recall = 0;
      double before = 0;
      for (int q = 0; q < 50; q++) {
        float[] asked = gaussian(D, 100 + q);
        int[] exact = whole.refined(ALL).search(asked, K).top().indices();
        recall += Recall.of(grown.scan().search(asked, K).top().indices(), exact) / 50;
        before += Recall.of(whole.scan().search(asked, K).top().indices(), exact) / 50;
      }
      assertEquals(before, recall, 0.01);
    }
  }

  @Test
  void longEventsThatComeLaterStayApart() {
    Quantizer quantizer = quantizers().get("four bits");
    for (int every : new int[] {2, 100}) { // more than are kept apart, and few
      float[] some = keys.clone();
      for (int l = 800; l < L; l += every) {
        for (int i = 0; i < D; i++) {
          some[l * D + i] *= 50;
        }
      }
      ProductQuantizer wide =
          ProductQuantizer.fit(
              some, D, ProductQuantizer.Options.of(D, 16), Rng.stream("t", 3), WORKERS);
      for (Quantizer each : List.of(quantizer, wide)) {
        RetrievalIndex index = RetrievalIndex.of(each, Arrays.copyOf(some, 800 * D), WORKERS);
        for (int l = 800; l < L; l++) {
          index = index.append(Arrays.copyOfRange(some, l * D, (l + 1) * D), WORKERS);
        }
        TopK expected = CodeRetriever.of(each, index.codes()).search(query, K).top();
        TopK found = index.scan().search(query, K).top();
        for (int i = 0; i < K; i++) {
          assertEquals(expected.scores()[i], found.scores()[i], every == 2 ? 15 : 0.15f);
        }
        TopK all = index.scan().search(query, L).top();
        assertArrayEquals(Arrays.copyOf(all.indices(), K), found.indices());
      }
    }
  }

  @Test
  void eachOfTwoThatGrewFromOneHasItsOwnEvents() {
    for (Quantizer each : quantizers().values()) {
      RetrievalIndex root = RetrievalIndex.of(each, rows(0, 600), WORKERS);
      root = root.append(rows(600, 601), WORKERS); // there is room behind it now
      TopK before = root.scan().search(query, K).top();
      RetrievalIndex left = root;
      RetrievalIndex right = root;
      for (int l = 601; l < 700; l++) {
        left = left.append(rows(l, l + 1), WORKERS);
        right = right.append(rows(2 * l, 2 * l + 1), WORKERS);
      }
      assertAlike(RetrievalIndex.of(each, rows(0, 700), WORKERS), left, "left");
      float[] other = Arrays.copyOf(rows(0, 601), 700 * D);
      for (int l = 601; l < 700; l++) {
        System.arraycopy(keys, 2 * l * D, other, l * D, D);
      }
      assertAlike(RetrievalIndex.of(each, other, WORKERS), right, "right");
      assertEquals(before, root.scan().search(query, K).top());
      assertAlike(RetrievalIndex.of(each, rows(0, 601), WORKERS), root, "root");
    }
  }

  @Test
  void anAppendCopiesNothingButNowAndThen() {
    RetrievalIndex index = RetrievalIndex.of(quantizers().get("four bits"), rows(0, 10), WORKERS);
    Set<Long> places = new HashSet<>();
    for (int l = 10; l < L; l++) {
      index = index.append(rows(l, l + 1), WORKERS);
      MemorySegment segment = index.keySegment();
      assertTrue(segment.isNative() && segment.isReadOnly());
      assertEquals(4L * D * (l + 1), segment.byteSize());
      assertEquals(keys[l * D + 3], segment.get(SectionFile.FLOAT, 4L * (l * D + 3)));
      places.add(segment.address());
    }
    assertTrue(places.size() <= 16, "keys were copied %d times".formatted(places.size()));
    RetrievalIndex last = index;
    assertThrows(
        IllegalArgumentException.class, () -> last.keySegment().set(SectionFile.FLOAT, 0, 1f));
    assertEquals(last.size(), last.append(new float[0], WORKERS).size());
  }

  @Test
  void anIndexFromAFileGrowsAndIsWrittenAgain() throws Exception {
    for (Quantizer each : quantizers().values()) {
      Path file = folder.resolve("index");
      RetrievalIndex.of(each, rows(0, 300), WORKERS).write(file);
      RetrievalIndex opened = RetrievalIndex.open(file, each);
      assertTrue(opened.keySegment().isMapped());
      RetrievalIndex grown = opened.append(new float[0], WORKERS);
      for (int l = 300; l < 330; l++) {
        grown = grown.append(rows(l, l + 1), WORKERS);
      }
      Files.delete(file);
      grown.write(file);
      RetrievalIndex again = RetrievalIndex.open(file, each);
      assertAlike(RetrievalIndex.of(each, rows(0, 330), WORKERS), again, "again");
      assertEquals(grown.drift(), again.drift());
      assertEquals(30, again.drift().appended().events());
    }
  }

  /** A state and what a search of it found. */
  private record Seen(RetrievalIndex index, float[] query, TopK scanned, TopK refined) {}

  @Test
  void othersSearchWhileOneAppends() throws Exception {
    for (Quantizer each : quantizers().values()) {
      RetrievalIndex start = RetrievalIndex.of(each, rows(0, 100), WORKERS);
      AtomicReference<RetrievalIndex> newest = new AtomicReference<>(start);
      List<Seen> all = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
        List<Future<List<Seen>>> searchers = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          int seed = 50 + t;
          searchers.add(threads.submit(() -> searches(newest, seed)));
        }
        for (int l = 100; l < L; l++) {
          newest.set(newest.get().append(rows(l, l + 1), WORKERS));
        }
        for (Future<List<Seen>> searcher : searchers) {
          all.addAll(searcher.get());
        }
      }
      for (Seen seen : all) {
        RetrievalIndex index = seen.index();
        assertEquals(seen.scanned(), index.scan().search(seen.query(), K).top());
        assertEquals(seen.refined(), index.refined(FEW).search(seen.query(), K).top());
      }
      Seen last = all.getLast();
      assertAlike(
          RetrievalIndex.of(each, rows(0, last.index().size()), WORKERS), last.index(), "last");
    }
  }

  /** Searches until the last event is there. */
  private static List<Seen> searches(AtomicReference<RetrievalIndex> newest, long seed) {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; seen.isEmpty() || seen.getLast().index().size() < L; i++) {
      float[] asked = gaussian(D, seed + 100L * i);
      RetrievalIndex now = newest.get();
      seen.add(
          new Seen(
              now,
              asked,
              now.scan().search(asked, K).top(),
              now.refined(FEW).search(asked, K).top()));
    }
    return seen.subList(Math.max(0, seen.size() - 300), seen.size());
  }

  private Map<String, Quantizer> quantizers() {
    ProductQuantizer product =
        ProductQuantizer.fit(
            keys, D, ProductQuantizer.Options.of(D, 16), Rng.stream("t", 1), WORKERS);
    KMeans.Options few = new KMeans.Options(300, 3, 0);
    Map<String, Quantizer> all = new LinkedHashMap<>();
    all.put("four bits", product);
    all.put("directions in four bits", DirectionQuantizer.of(product));
    ProductQuantizer eight =
        ProductQuantizer.fit(
            keys, D, ProductQuantizer.Options.of(4, 64), Rng.stream("t", 2), WORKERS);
    all.put("directions in six bits", DirectionQuantizer.of(eight));
    all.put("nine bits", ResidualQuantizer.fit(keys, D, 2, few, Rng.stream("t", 4), WORKERS));
    return all;
  }

  private float[] rows(int from, int to) {
    return Arrays.copyOfRange(keys, from * D, to * D);
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
