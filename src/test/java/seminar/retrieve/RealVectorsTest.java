package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/**
 * Quantisers and retrievers on descriptors of real pictures, where the system property {@code
 * seminar.data} names their folder: codebooks are learned from some, and others are searched.
 */
class RealVectorsTest {
  private static final Path FILE =
      Path.of(System.getProperty("seminar.data", "../shared/data"), "vectors", "sift-5k.tsv.gz");
  private static final int D = 128;
  private static final int LEARNED = 2500;
  private static final int ASKED = 100;
  private static final int K = 50;
  private static final Workers WORKERS = Workers.common();

  private static float[] learning; // [2500, 128]
  private static float[] events; // [2400, 128]
  private static float[] targets; // [100, 128]

  @BeforeAll
  static void read() throws IOException {
    Assumptions.assumeTrue(Files.exists(FILE), () -> "no real vectors in " + FILE);
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.US_ASCII))) {
      lines = reader.readAllLines();
    }
    float[] all = new float[lines.size() * D];
    for (int row = 0; row < lines.size(); row++) {
      String[] numbers = lines.get(row).split("\t");
      for (int n = 0; n < D; n++) {
        all[row * D + n] = Float.parseFloat(numbers[n]);
      }
    }
    learning = Arrays.copyOf(all, LEARNED * D);
    events = Arrays.copyOfRange(all, LEARNED * D, all.length - ASKED * D);
    targets = Arrays.copyOfRange(all, all.length - ASKED * D, all.length);
  }

  /** The mean recall of the best 50 by inner product. */
  private static double recall(Retriever retriever) {
    ExactRetriever exact = ExactRetriever.fused(events, D, new float[] {1});
    double sum = 0;
    for (int t = 0; t < ASKED; t++) {
      float[] target = Arrays.copyOfRange(targets, t * D, (t + 1) * D);
      int[] found = retriever.search(target, K).top().indices();
      sum += Recall.among(found, exact.scores(target), K);
    }
    return sum / ASKED;
  }

  private static ProductQuantizer pieces(int subspaces, int centroids) {
    ProductQuantizer.Options options = ProductQuantizer.Options.of(subspaces, centroids);
    return ProductQuantizer.fit(learning, D, options, Rng.stream("test/real", 1), WORKERS);
  }

  private static CodeRetriever codes(Quantizer quantizer) {
    return CodeRetriever.of(quantizer, quantizer.encode(events, WORKERS));
  }

  @Test
  void moreBytesOfCodesLeaveLessErrorAndFindMore() {
    double error = Double.POSITIVE_INFINITY;
    double found = 0;
    for (int subspaces : new int[] {8, 16, 32, 64}) {
      ProductQuantizer quantizer = pieces(subspaces, 256);
      double left = quantizer.error(events, WORKERS);
      double now = recall(codes(quantizer));
      assertTrue(left < error && now > found, subspaces + " bytes: " + left + ", " + now);
      error = left;
      found = now;
    }
    assertTrue(found > 0.9, "64 bytes: " + found);
  }

  @Test
  void codesOfRealVectorsKeepMoreThanThoseOfNoiseWithTheSameSpread() {
    float[] noise = learning.clone();
    float[] other = events.clone();
    for (int n = 0; n < D; n++) { // every number from another vector
      SplittableRandom rng = Rng.stream("test/shuffle", n);
      shuffle(noise, n, rng);
      shuffle(other, n, rng);
    }
    ProductQuantizer.Options options = ProductQuantizer.Options.of(16, 256);
    ProductQuantizer ofNoise =
        ProductQuantizer.fit(noise, D, options, Rng.stream("test/real", 1), WORKERS);
    double real = pieces(16, 256).error(events, WORKERS);
    double shuffled = ofNoise.error(other, WORKERS);
    assertTrue(real < 0.8 * shuffled, real + " against " + shuffled);
  }

  private static void shuffle(float[] rows, int column, SplittableRandom rng) {
    for (int i = rows.length / D - 1; i > 0; i--) {
      int j = rng.nextInt(i + 1);
      float kept = rows[i * D + column];
      rows[i * D + column] = rows[j * D + column];
      rows[j * D + column] = kept;
    }
  }

  @Test
  void fourBitCodesWithRefinementFindNearlyAll() {
    ProductQuantizer quantizer = pieces(64, 16);
    ScanRetriever scan = FastScanRetriever.of(quantizer, quantizer.encode(events, WORKERS));
    RefinedRetriever refined =
        RefinedRetriever.of(scan, events, RefinedRetriever.Options.standard());
    double first = recall(scan);
    double found = recall(refined);
    assertTrue(found >= 0.99 && found > first, first + ", refined " + found);
  }

  /**
   * Expected values: faiss 1.15.1, IndexHNSWFlat over the first 4,900 descriptors, the same 100
   * targets, K = 10; means over five seeds, whose standard deviation is .001 and .013.
   */
  @Test
  void aGraphFindsAsMuchAsThatOfFaiss() {
    float[] all = Arrays.copyOf(learning, learning.length + events.length);
    System.arraycopy(events, 0, all, learning.length, events.length);
    for (Metric metric : Metric.values()) {
      double wide = foundByGraphs(all, metric, new GraphOptions(64, 64, 32, 1), 1);
      double narrow = foundByGraphs(all, metric, new GraphOptions(16, 40, 16, 1), 3);
      assertTrue(wide > 0.9966 - 0.005, metric + ", M = 64: " + wide);
      assertTrue(narrow > 0.8744 - 0.01, metric + ", M = 16: " + narrow);
    }
  }

  /** The mean recall of the best 10 over some seeds of graphs. */
  private static double foundByGraphs(float[] keys, Metric metric, GraphOptions first, int seeds) {
    HnswRetriever all = HnswRetriever.of(keys, D, metric, first).withSearchWidth(keys.length / D);
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      GraphOptions options =
          new GraphOptions(first.links(), first.constructionWidth(), first.searchWidth(), seed);
      HnswRetriever graph = HnswRetriever.of(keys, D, metric, options);
      for (int t = 0; t < ASKED; t++) {
        float[] target = Arrays.copyOfRange(targets, t * D, (t + 1) * D);
        float least = all.search(target, 10).top().scores()[9]; // all events: exact
        for (float score : graph.search(target, 10).top().scores()) {
          sum += score >= least ? 0.1 / ASKED / seeds : 0;
        }
      }
    }
    return sum;
  }

  @Test
  void aGraphFindsNearlyAllAndSumsOfCodesMoreThanPieces() {
    CascadeRetriever graph =
        CascadeRetriever.hnsw(events, 1, D, Metric.INNER_PRODUCT, GraphOptions.script(), WORKERS);
    double walked = recall(graph.weighted(new float[] {1}));
    ResidualQuantizer sums =
        ResidualQuantizer.fit(
            learning, D, 8, KMeans.Options.of(256), Rng.stream("test/sums", 1), WORKERS);
    double summed = recall(codes(sums));
    double cut = recall(codes(pieces(8, 256)));
    assertTrue(walked > 0.95, "graph: " + walked);
    assertTrue(cut > 0.4, "eight pieces: " + cut); // chance finds .02
    assertTrue(summed > cut + 0.05, "sums " + summed + ", pieces " + cut);
  }
}
