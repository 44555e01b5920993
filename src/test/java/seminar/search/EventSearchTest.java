package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.data.Catalog;
import seminar.data.ItemCategories;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.Parameters;

/** What each search chooses, against plain loops and {@code oracle/hashing.json}. */
class EventSearchTest {
  private static final Backend BACKEND = Backends.cpu().on(Workers.of(1));
  private final SplittableRandom rng = Rng.stream("test/event-search", 3);

  private static JsonNode oracle() throws IOException {
    return new ObjectMapper()
        .readTree(EventSearchTest.class.getResourceAsStream("/oracle/hashing.json"));
  }

  private static Matrix matrix(JsonNode rows) {
    int cols = rows.get(0).isArray() ? rows.get(0).size() : rows.size();
    int n = rows.get(0).isArray() ? rows.size() : 1;
    float[] values = new float[n * cols];
    for (int i = 0; i < values.length; i++) {
      JsonNode row = n == 1 && !rows.get(0).isArray() ? rows : rows.get(i / cols);
      values[i] = (float) row.get(i % cols).asDouble();
    }
    return Matrix.of(n, cols, values);
  }

  private static EncodedBatch encoded(Matrix keys, Matrix candidates, Groups groups) {
    return encoded(keys, candidates, Matrix.zeros(candidates.rows(), candidates.cols()), groups);
  }

  private static EncodedBatch encoded(
      Matrix keys, Matrix candidates, Matrix queries, Groups groups) {
    return encoded(keys, candidates, queries, Matrix.zeros(keys.rows(), keys.cols()), groups);
  }

  private static EncodedBatch encoded(
      Matrix keys, Matrix candidates, Matrix queries, Matrix typed, Groups groups) {
    EncodedBatch.Parts parts =
        new EncodedBatch.Parts(
            out -> out.set(keys.toArray()),
            out -> out.set(typed.toArray()),
            (items, asked) -> {
              items.set(candidates.toArray());
              asked.set(queries.toArray());
            });
    int[] events = new int[keys.rows()];
    int[] asked = new int[candidates.rows()];
    Batch batch = new Batch(events, events, groups, asked, asked);
    return new EncodedBatch(
        batch, List.of(keys), List.of(candidates), parts, false, Interests.EVALUATION);
  }

  private static Groups oneRequest(int events, int candidates) {
    return new Groups(
        new int[] {0}, new int[] {events}, new int[] {0, candidates}, new int[] {0, 1});
  }

  private Matrix random(int rows, int cols) {
    float[] values = new float[rows * cols];
    Rng.gaussian(rng, values, 1);
    return Matrix.of(rows, cols, values);
  }

  private static SignBits bits(Parameters parameters, int dims, int bits) {
    return new SignBits(BACKEND, parameters, dims, bits, false, false);
  }

  /** With the projection of the oracle. */
  private static SignBits bits(JsonNode oracle) {
    Matrix r = matrix(oracle.get("projection"));
    Parameters parameters = new Parameters(1);
    SignBits bits = bits(parameters, r.rows(), r.cols());
    parameters.get("search/projection").set(r.toArray());
    return bits;
  }

  @Test
  void bitsDistancesAndChoiceOfEtaAreThoseOfTheOracle() throws IOException {
    JsonNode oracle = oracle();
    JsonNode expected = oracle.get("expected");
    SignBits bits = bits(oracle);
    Matrix keys = matrix(oracle.get("keys"));
    Matrix target = matrix(oracle.get("target"));
    EncodedBatch encoded = encoded(keys, target, oneRequest(keys.rows(), 1));
    bits.encode(encoded);
    for (int l = 0; l < keys.rows(); l++) {
      for (int b = 0; b < 12; b++) {
        assertEquals(expected.get("key_bits").get(l).get(b).asInt(), bits.ofEvents(b, 1)[l]);
      }
      assertEquals(expected.get("hamming").get(l).asInt(), bits.distance(0, l));
    }
    int k = oracle.get("K").asInt();
    Choice choice = new HashSearch(bits, k).choose(encoded);
    int[] selected =
        IntStream.range(0, k).map(i -> expected.get("selected").get(i).asInt()).sorted().toArray();
    assertArrayEquals(selected, choice.selected(), "in the order of age");
  }

  @Test
  void theSumsOfSdimAreThoseOfTheOracle() throws IOException {
    JsonNode oracle = oracle();
    JsonNode expected = oracle.get("expected");
    Matrix keys = matrix(oracle.get("keys"));
    Matrix target = matrix(oracle.get("target"));
    int hashes = oracle.get("groups").asInt();
    int width = oracle.get("tau").asInt();
    Matrix u = Matrix.zeros(1, keys.cols());
    new BucketPooling(BACKEND, bits(oracle), hashes, width, false)
        .forward(encoded(keys, target, oneRequest(keys.rows(), 1)), u);
    for (int i = 0; i < u.cols(); i++) {
      assertEquals(expected.get("pooled").get(i).asDouble(), u.get(0, i), 1e-5);
    }
  }

  @Test
  void withManyBitsEtaFindsTheEventsOfTheSmallestAngle() {
    Matrix keys = random(60, 16);
    Matrix target = random(1, 16);
    Choice choice =
        new HashSearch(bits(new Parameters(2), 16, 16_384), 10)
            .choose(encoded(keys, target, oneRequest(60, 1)));
    int[] exact =
        IntStream.range(0, 60)
            .boxed()
            .sorted(Comparator.comparingDouble(l -> -cosine(keys, l, target)))
            .limit(10)
            .mapToInt(l -> l)
            .sorted()
            .toArray();
    long common = Arrays.stream(exact).filter(l -> contains(choice.selected(), l)).count();
    assertTrue(common >= 9, common + " of 10");
  }

  private static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(v -> v == value);
  }

  private static double cosine(Matrix keys, int l, Matrix target) {
    float[] key = keys.rows(l, l + 1).toArray();
    float[] t = target.toArray();
    return Vectors.dot(key, t) / Vectors.norm(key, 0, key.length) / Vectors.norm(t, 0, t.length);
  }

  @Test
  void anEventOfSdimIsWeighedOnAverageByThePowerOfItsAngle() {
    int hashes = 4000;
    int width = 3;
    Matrix keys = random(8, 6);
    Matrix target = random(1, 6);
    SignBits bits = bits(new Parameters(4), 6, hashes * width);
    Attended attended =
        new BucketPooling(BACKEND, bits, hashes, width, false)
            .forward(encoded(keys, target, oneRequest(8, 1)), Matrix.zeros(1, 6));
    int[] collisions = new int[8];
    for (int h = 0; h < hashes; h++) {
      for (int i = 0; i < attended.kept()[h]; i++) {
        collisions[attended.selected()[h * attended.topK() + i]]++;
      }
    }
    for (int l = 0; l < 8; l++) {
      double expected = Math.pow(1 - Math.acos(cosine(keys, l, target)) / Math.PI, width);
      assertEquals(expected, (double) collisions[l] / hashes, 0.04);
    }
  }

  @Test
  void qinAsksForTheQueryFirstAndThenForTheItem() {
    Matrix keys = random(30, 8);
    Matrix items = random(2, 8);
    Matrix queries = random(2, 8);
    queries.rows(1, 2).clear(); // the second candidate has none
    Choice choice =
        QuerySearch.byCosine(BACKEND, 8, 12, 4)
            .choose(encoded(keys, items, queries, oneRequest(30, 2)));
    for (int c = 0; c < 2; c++) {
      Matrix query = queries.rows(c, c + 1);
      Matrix item = items.rows(c, c + 1);
      int[] relevant =
          IntStream.range(0, 30)
              .boxed()
              .sorted(Comparator.comparingDouble(l -> -cosine(keys, l, query)))
              .limit(c == 0 ? 12 : 30)
              .mapToInt(l -> l)
              .toArray();
      int[] expected =
          Arrays.stream(relevant)
              .boxed()
              .sorted(Comparator.comparingDouble(l -> -cosine(keys, l, item)))
              .limit(4)
              .mapToInt(l -> l)
              .sorted()
              .toArray();
      assertArrayEquals(expected, Arrays.copyOfRange(choice.selected(), 4 * c, 4 * c + 4));
    }
  }

  @Test
  void qinTakesTheLatestTypedQueryWhereACandidateHasNone() {
    Matrix keys = random(30, 8);
    Matrix items = random(4, 8);
    Matrix queries = random(4, 8);
    queries.rows(1, 4).clear(); // the first candidate alone has its own
    Matrix typed = random(30, 8);
    typed.rows(0, 3).clear();
    typed.rows(18, 30).clear(); // the latest is that of event 17
    // two requests: one sees events 0 to 29, the other, in which nothing was typed, 18 to 29
    Groups groups =
        new Groups(new int[] {0, 18}, new int[] {30, 30}, new int[] {0, 3, 4}, new int[] {0, 2});
    EncodedBatch encoded = encoded(keys, items, queries, typed, groups);
    QuerySearch off = QuerySearch.byCosine(BACKEND, 8, 8, 4);
    Choice choice = off.byLatestQuery().choose(encoded);
    Matrix[] asked = {queries.rows(0, 1), typed.rows(17, 18), typed.rows(17, 18), null};
    for (int c = 0; c < 4; c++) {
      assertArrayEquals(
          nearest(keys, asked[c], items.rows(c, c + 1), c < 3 ? 0 : 18, 8, 4),
          Arrays.copyOfRange(choice.selected(), 4 * c, 4 * c + 4),
          "candidate " + c);
    }
    Choice without = off.choose(encoded);
    for (int c = 0; c < 4; c++) {
      assertArrayEquals(
          nearest(keys, c == 0 ? asked[0] : null, items.rows(c, c + 1), c < 3 ? 0 : 18, 8, 4),
          Arrays.copyOfRange(without.selected(), 4 * c, 4 * c + 4),
          "candidate " + c + " without");
    }
  }

  /** Of the events from one on, the first K₁ by the query if there is one, and K of these. */
  private static int[] nearest(Matrix keys, Matrix query, Matrix item, int from, int first, int k) {
    return IntStream.range(from, keys.rows())
        .boxed()
        .sorted(Comparator.comparingDouble(l -> query == null ? 0 : -cosine(keys, l, query)))
        .limit(query == null ? keys.rows() : first)
        .sorted(Comparator.comparingDouble(l -> -cosine(keys, l, item)))
        .limit(k)
        .mapToInt(l -> l)
        .sorted()
        .toArray();
  }

  @Test
  void theHardSearchFindsTheLatestEventsOfTheCategoryAndTheControlTheLatestOfAll() {
    Catalog catalog = SmallWorld.CORPUS.catalog();
    ItemCategories categories = ItemCategories.of(catalog);
    assertEquals("category:", categories.kind());
    int[] items = IntStream.range(0, 40).map(i -> 1 + 7 * i % catalog.size()).toArray();
    int[] none = new int[40];
    Groups groups =
        new Groups(new int[] {0, 5}, new int[] {30, 40}, new int[] {0, 1, 3}, new int[] {0, 2});
    Batch batch = new Batch(items, none, groups, new int[] {3, 3, 90}, new int[3]);
    EncodedBatch encoded =
        new EncodedBatch(batch, List.of(), List.of(), null, false, Interests.EVALUATION);
    Choice hard = new CategorySearch(categories, 4).choose(encoded);
    Choice latest = EventSearch.latest(4).choose(encoded);
    for (int c = 0; c < 3; c++) {
      int from = c == 0 ? 0 : 5;
      int to = c == 0 ? 30 : 40;
      int wanted = categories.of(batch.candidateItems()[c])[0];
      int[] all =
          IntStream.range(from, to).filter(e -> categories.of(items[e])[0] == wanted).toArray();
      int[] expected = Arrays.copyOfRange(all, Math.max(0, all.length - 4), all.length);
      int[] found = Arrays.copyOfRange(hard.selected(), 4 * c, 4 * c + hard.kept()[c]);
      assertArrayEquals(expected, found);
      assertEquals(4, latest.kept()[c]);
      assertEquals(to - 4, latest.selected()[4 * c]);
      assertEquals(to - 1, latest.selected()[4 * c + 3]);
    }
  }
}
