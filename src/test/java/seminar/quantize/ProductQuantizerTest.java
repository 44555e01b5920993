package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seminar.math.Rng;
import seminar.math.Workers;

class ProductQuantizerTest {
  private static final Workers WORKERS = Workers.common();

  @ParameterizedTest
  @CsvSource({"16,16,256", "64,8,512", "32,4,1024", "8,2,16", "6,3,1", "2,1,65536"})
  void codesAreExactWhenDataIsBuiltFromTheCentroids(int dims, int subspaces, int centroids) {
    SplittableRandom rng = Rng.stream("test/pq", 1);
    float[] codebook = new float[centroids * dims];
    for (int i = 0; i < codebook.length; i++) {
      codebook[i] = i; // distinct centroids
    }
    ProductQuantizer quantizer = ProductQuantizer.of(codebook, dims, subspaces);
    int[] drawn = new int[100 * subspaces];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = rng.nextInt(centroids);
    }
    Codes codes = Codes.of(drawn, subspaces, centroids);
    float[] vectors = quantizer.decode(codes);
    assertEquals(codes, quantizer.encode(vectors, WORKERS));
    assertEquals(0, quantizer.error(vectors, WORKERS));
    assertEquals(drawn.length * (centroids <= 256 ? 1 : 2), codes.bytes());
  }

  @Test
  void isExactWithAsManyCentroidsAsDistinctSubVectors() {
    SplittableRandom rng = Rng.stream("test/pq", 2);
    float[] vectors = new float[500 * 8];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = rng.nextInt(4); // at most 16 distinct pairs
    }
    ProductQuantizer quantizer = fit(vectors, 8, 4, 16);
    assertEquals(0, quantizer.error(vectors, WORKERS));
    assertArrayEquals(vectors, quantizer.decode(quantizer.encode(vectors, WORKERS)));
  }

  @Test
  void fourTimesTheCentroidsMakeASmallerError() {
    float[] vectors = gaussian(3000 * 32, 3);
    double before = Double.POSITIVE_INFINITY;
    for (int centroids : new int[] {16, 64, 256, 1024}) {
      double error = fit(vectors, 32, 4, centroids).error(vectors, WORKERS);
      assertTrue(error < before, centroids + " centroids");
      before = error;
    }
  }

  @Test
  void ofMoreVectorsThanTheSampleSomeAreDrawnAndLearnedFrom() {
    float[] vectors = gaussian(900 * 8, 5);
    KMeans.Options means = KMeans.Options.of(16);
    SplittableRandom rng = Rng.stream("pq", 2);
    int[] rows = Rng.permutation(rng, 900);
    float[] drawn = new float[300 * 8];
    int next = 0;
    for (int row : java.util.Arrays.stream(rows).limit(300).sorted().toArray()) {
      System.arraycopy(vectors, row * 8, drawn, 8 * next++, 8);
    }
    ProductQuantizer.Options all = new ProductQuantizer.Options(4, means, 300);
    ProductQuantizer byHand = ProductQuantizer.fit(drawn, 8, all, rng, WORKERS);
    ProductQuantizer sampled = ProductQuantizer.fit(vectors, 8, all, Rng.stream("pq", 2), WORKERS);
    assertArrayEquals(byHand.codebook(), sampled.codebook());
    RotatedQuantizer turned =
        RotatedQuantizer.fit(vectors, 8, all, 2, Rng.stream("pq", 2), WORKERS);
    SplittableRandom same = Rng.stream("pq", 2);
    Rng.permutation(same, 900);
    assertArrayEquals(
        codebook(RotatedQuantizer.fit(drawn, 8, all, 2, same, WORKERS)), codebook(turned));
  }

  @Test
  void everyIterationIsKeptAndTheErrorNeverRises() {
    float[] vectors = gaussian(700 * 12, 6);
    ProductQuantizer quantizer = fit(vectors, 12, 3, 32);
    double before = Double.POSITIVE_INFINITY;
    for (KMeans.Iteration iteration : quantizer.history()) {
      assertTrue(iteration.objective() <= before);
      before = iteration.objective();
    }
    assertEquals(3 * 700, quantizer.history().getFirst().moved());
    double error = quantizer.error(vectors, WORKERS);
    assertEquals(error, before / 700, 1e-5 * error);
    assertEquals(0, ProductQuantizer.of(quantizer.codebook(), 12, 3).history().size());
  }

  @Test
  void oneThreadAndFourGiveTheSameCodebook() {
    float[] vectors = gaussian(1000 * 16, 4);
    ProductQuantizer.Options options = ProductQuantizer.Options.of(4, 32);
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      ProductQuantizer a = ProductQuantizer.fit(vectors, 16, options, Rng.stream("pq", 1), one);
      ProductQuantizer b = ProductQuantizer.fit(vectors, 16, options, Rng.stream("pq", 1), four);
      assertArrayEquals(a.codebook(), b.codebook());
      assertEquals(a.encode(vectors, one), b.encode(vectors, four));
    }
  }

  @Test
  void encodesNoVectorsToNoCodes() {
    ProductQuantizer quantizer = ProductQuantizer.of(new float[] {1, 2, 3, 4}, 2, 1);
    assertEquals(0, quantizer.encode(new float[0], WORKERS).rows());
    assertEquals(0, quantizer.decode(quantizer.encode(new float[0], WORKERS)).length);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    refused("d=10 is not a multiple of subspaces S=4", () -> fit(new float[20], 10, 4, 2));
    refused("n is 0", () -> fit(new float[0], 8, 4, 2));
    ProductQuantizer quantizer = fit(gaussian(80, 5), 8, 4, 4);
    refused("multiple", () -> quantizer.encode(new float[7], WORKERS));
    refused("row of codes", () -> quantizer.decode(Codes.of(new int[6], 3, 4)));
    refused("C=5", () -> quantizer.decode(Codes.of(new int[4], 4, 5)));
    refused("code is 4", () -> Codes.of(new int[] {0, 4}, 2, 4));
    refused(
        "must be finite",
        () ->
            quantizer.encode(new float[] {1, 2, 3, 4, 5, 6, 7, Float.POSITIVE_INFINITY}, WORKERS));
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static ProductQuantizer fit(float[] vectors, int dims, int subspaces, int centroids) {
    ProductQuantizer.Options options = ProductQuantizer.Options.of(subspaces, centroids);
    return ProductQuantizer.fit(vectors, dims, options, Rng.stream("test/fit", 1), WORKERS);
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }

  private static float[] codebook(RotatedQuantizer turned) {
    return ((ProductQuantizer) turned.quantizer()).codebook();
  }
}
