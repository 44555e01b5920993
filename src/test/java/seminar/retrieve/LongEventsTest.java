package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.Seminar;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.Codes;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.GridQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;

/**
 * Vectors as logs and models give them: a few very long or short ones, and lengths of all sizes.
 */
class LongEventsTest {
  private static final int N = 2000;
  private static final int D = 32;
  private static final int ASKED = 60;
  private static final int K = 20;
  private static final Workers WORKERS = Workers.common();

  private final float[] queries = gaussian(ASKED, 2);

  @ParameterizedTest
  @ValueSource(floats = {1e-6f, 1, 30, 100, 1000, 1e6f})
  void oneLongEventCostsTheFastScanNothing(float times) {
    float[] rows = gaussian(N, 1);
    for (int j = 0; j < D; j++) {
      rows[j] *= times;
    }
    for (Quantizer quantizer : List.of(plain(rows), directions(rows), rabitq(rows))) {
      Codes codes = quantizer.encode(rows, WORKERS);
      double floats = recall(CodeRetriever.of(quantizer, codes), rows);
      double fast = recall(FastScanRetriever.of(quantizer, codes), rows);
      assertTrue(fast > floats - 0.01, fast + " against " + floats + " for " + quantizer);
      assertTrue(fast > 0.75, fast + " for " + quantizer);
    }
    assertEquals(1, recall(Seminar.index(split(rows)), rows), 0.01);
  }

  @Test
  void lengthsOfAllSizesAreBestKeptBesideTheCodes() {
    float[] rows = gaussian(N, 3);
    SplittableRandom rng = Rng.stream("test/lengths", 1);
    for (int l = 0; l < N; l++) {
      double length = Math.exp(2 * rng.nextGaussian());
      for (int j = l * D; j < (l + 1) * D; j++) {
        rows[j] *= (float) length;
      }
    }
    for (Quantizer quantizer : List.of(directions(rows), rabitq(rows))) {
      Codes codes = quantizer.encode(rows, WORKERS);
      double floats = recall(CodeRetriever.of(quantizer, codes), rows);
      double fast = recall(FastScanRetriever.of(quantizer, codes), rows);
      double before =
          recall(CodeRetriever.of(plain(rows), plain(rows).encode(rows, WORKERS)), rows);
      assertTrue(fast > floats - 0.01, fast + " against " + floats);
      assertTrue(fast > before, fast + " against " + before + " without lengths");
    }
    assertEquals(1, recall(Seminar.index(split(rows)), rows), 0.01);
  }

  @Test
  void whatIsLeftWithoutTheMeanMayBeShorterOrLongerThanWhatIsAccepted() {
    float[] same = new float[90 * D];
    Arrays.fill(same, 1e-12f);
    assertEquals(5, Seminar.index(split(same)).search(same(1), 5).top().size());
    float[] apart = new float[90 * D];
    for (int l = 0; l < 90; l++) {
      apart[l * D] = l % 3 == 0 ? 9e17f : -9e17f;
    }
    int[] found = Seminar.index(split(apart)).search(same(1), 30).top().indices();
    assertTrue(Arrays.stream(found).allMatch(l -> l % 3 == 0), Arrays.toString(found));
  }

  private static float[] same(float value) {
    float[] query = new float[D];
    Arrays.fill(query, value);
    return query;
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 768})
  void moreThanFiveHundredColumnsAreScannedFast(int dims) {
    float[] rows = new float[400 * dims];
    Rng.gaussian(Rng.stream("test/wide", dims), rows, 1);
    Quantizer quantizer = GridQuantizer.rabitq(rows, dims, 4, Rng.stream("test/wide", 1));
    RetrievalIndex index = RetrievalIndex.of(quantizer, rows, WORKERS);
    assertTrue(index.scan() instanceof FastScanRetriever);
    double shared = 0;
    for (int q = 0; q < 20; q++) {
      float[] query = Arrays.copyOfRange(rows, q * dims, (q + 1) * dims);
      int[] truth = CodeRetriever.of(quantizer, index.codes()).search(query, K).top().indices();
      shared += Recall.of(index.scan().search(query, K).top().indices(), truth) / 20;
    }
    assertTrue(shared > 0.95, "shared with float tables: " + shared);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e19f, 3e38f, Float.NaN})
  void oneRuleSaysWhichNumbersAreSearched(float broken) {
    float[] rows = gaussian(50, 4);
    float[] other = rows.clone();
    Arrays.fill(other, 7 * D, 8 * D, 0);
    other[7 * D] = broken;
    float[] query = new float[D];
    query[1] = broken;
    Quantizer quantizer = rabitq(rows);
    RetrievalIndex index = RetrievalIndex.of(quantizer, rows, WORKERS);
    refused(() -> quantizer.encode(other, WORKERS));
    refused(() -> index.append(other, WORKERS));
    refused(() -> RetrievalIndex.of(quantizer, other, WORKERS));
    refused(() -> ExactRetriever.fused(other, D, new float[] {1}));
    refused(() -> HashRetriever.of(other, D, 64, Rng.stream("t", 1)));
    refused(() -> Seminar.index(split(other)));
    refused(() -> RefinedRetriever.of(index.scan(), other, RefinedRetriever.Options.standard()));
    ExactRetriever exact = ExactRetriever.fused(rows, D, new float[] {1});
    List<Retriever> all =
        List.of(
            exact,
            index.scan(),
            CodeRetriever.of(quantizer, index.codes()),
            index.refined(RefinedRetriever.Options.standard()),
            HashRetriever.of(rows, D, 64, Rng.stream("t", 1)));
    for (Retriever each : all) {
      refused(() -> each.search(query, 3));
      assertEquals(3, each.search(new float[D], 3).top().size());
    }
  }

  private static void refused(org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(
        message.contains("it must be 0 or within") || message.contains("must be finite"), message);
    assertTrue(message.contains("row 7") || message.contains("query"), message);
  }

  private static Quantizer plain(float[] rows) {
    return ProductQuantizer.fit(rows, D, pieces(), Rng.stream("test/pieces", 1), WORKERS);
  }

  private static Quantizer directions(float[] rows) {
    float[] units = DirectionQuantizer.units(rows, D);
    return DirectionQuantizer.of(
        ProductQuantizer.fit(units, D, pieces(), Rng.stream("test/pieces", 1), WORKERS));
  }

  private static Quantizer rabitq(float[] rows) {
    return GridQuantizer.rabitq(rows, D, 4, Rng.stream("test/rotation", 1));
  }

  private static ProductQuantizer.Options pieces() {
    return ProductQuantizer.Options.of(D, 16);
  }

  private double recall(Retriever retriever, float[] rows) {
    ExactRetriever exact = ExactRetriever.fused(rows, D, new float[] {1});
    double sum = 0;
    for (int q = 0; q < ASKED; q++) {
      float[] query = Arrays.copyOfRange(queries, q * D, (q + 1) * D);
      int[] truth = exact.search(query, K).top().indices();
      sum += Recall.of(retriever.search(query, K).top().indices(), truth);
    }
    return sum / ASKED;
  }

  private static float[][] split(float[] rows) {
    float[][] split = new float[rows.length / D][];
    for (int l = 0; l < split.length; l++) {
      split[l] = Arrays.copyOfRange(rows, l * D, (l + 1) * D);
    }
    return split;
  }

  private static float[] gaussian(int rows, long seed) {
    float[] values = new float[rows * D];
    Rng.gaussian(Rng.stream("test/long", seed), values, 1);
    return values;
  }
}
