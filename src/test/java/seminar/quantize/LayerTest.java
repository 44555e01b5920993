package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

/** Grids, directions, means taken away, score-aware codes, and their files. */
class LayerTest {
  private static final int N = 600;
  private static final int D = 12;
  private static final Workers WORKERS = Workers.common();

  private final float[] vectors = drawn(N, 1);

  private List<Quantizer> all() {
    ProductQuantizer.Options pieces = ProductQuantizer.Options.of(4, 16);
    ProductQuantizer product =
        ProductQuantizer.fit(vectors, D, pieces, Rng.stream("l", 1), WORKERS);
    ScoreAwareQuantizer scores = ScoreAwareQuantizer.of(product, 3);
    Rotation turn = Rotation.random(D, Rng.stream("l", 2));
    float[] mean = CenteredQuantizer.mean(vectors, D);
    return List.of(
        scores,
        GridQuantizer.of(D, 1),
        GridQuantizer.of(D, 3),
        GridQuantizer.rabitq(vectors, D, 2, Rng.stream("l", 3)),
        DirectionQuantizer.of(product),
        DirectionQuantizer.of(RotatedQuantizer.of(turn, scores)),
        RotatedQuantizer.of(turn, DirectionQuantizer.of(product)),
        RotatedQuantizer.of(turn, RotatedQuantizer.of(turn, product)),
        CenteredQuantizer.of(mean, product),
        CenteredQuantizer.of(mean, DirectionQuantizer.of(GridQuantizer.of(D, 2))));
  }

  @Test
  void shiftScaleAndTablesMakeInnerProductsWithDecodedVectors() {
    float[] query = drawn(1, 2);
    for (Quantizer quantizer : all()) {
      Codes codes = quantizer.encode(vectors, WORKERS);
      float[] decoded = quantizer.decode(codes);
      float[][] tables = quantizer.newTables();
      quantizer.tables(query, tables);
      for (int l = 0; l < N; l++) {
        double sum = 0;
        for (int s = 0; s < quantizer.columns(); s++) {
          sum += tables[s][codes.get(l, s)];
        }
        double score = quantizer.shift(query) + codes.scale(l) * sum;
        double truth = Vectors.dot(query, 0, decoded, l * D, D);
        assertEquals(truth, score, 1e-3 + 1e-4 * Math.abs(truth), quantizer.toString());
      }
      try (Workers one = Workers.of(1);
          Workers four = Workers.of(4)) {
        assertEquals(quantizer.encode(vectors, one), quantizer.encode(vectors, four));
      }
    }
  }

  @Test
  void aFileBringsEveryLayerBack(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("codebook");
    for (Quantizer quantizer : all()) {
      CodebookFile.write(quantizer, file);
      Quantizer read = CodebookFile.read(file);
      assertEquals(CodebookFile.id(quantizer), CodebookFile.id(read));
      assertEquals(quantizer.encode(vectors, WORKERS), read.encode(vectors, WORKERS));
      assertArrayEquals(
          quantizer.decode(quantizer.encode(vectors, WORKERS)),
          read.decode(read.encode(vectors, WORKERS)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,4", "2,3", "3,2", "4,2"})
  void aGridHasTheVectorOfTheLeastAngle(int bits, int dims) {
    float[] some = drawn(40, 3);
    GridQuantizer grid = GridQuantizer.of(dims, bits);
    float[] few = java.util.Arrays.copyOf(some, 40 * dims);
    float[] decoded = grid.decode(grid.encode(few, WORKERS));
    int levels = 1 << bits;
    for (int l = 0; l < 40; l++) {
      double best = 0;
      for (int all = 0; all < Math.pow(levels, dims); all++) {
        float[] point = new float[dims];
        for (int j = 0, rest = all; j < dims; j++, rest /= levels) {
          point[j] = 2 * (rest % levels) - (levels - 1);
        }
        best = Math.max(best, cosine(few, l * dims, point, 0, dims));
      }
      assertEquals(best, cosine(few, l * dims, decoded, l * dims, dims), 1e-6);
      float square = Vectors.dot(few, l * dims, few, l * dims, dims);
      assertEquals(square, Vectors.dot(few, l * dims, decoded, l * dims, dims), 1e-5 * square);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void overRotationsEstimatesAreUnbiasedAndTheirErrorIsTheBoundThatIsStated(int bits) {
    int turns = 400;
    float[] x = drawn(1, 4);
    float[] query = drawn(1, 5);
    double truth = Vectors.dot(query, x);
    double sum = 0;
    double squares = 0; // of errors in units of the bound
    for (int t = 0; t < turns; t++) {
      Rotation turn = Rotation.random(D, Rng.stream("turn", t));
      GridQuantizer grid = GridQuantizer.of(D, bits);
      float[] turned = turn.apply(x, WORKERS);
      Codes codes = grid.encode(turned, WORKERS);
      double error = Vectors.dot(turn.apply(query, WORKERS), grid.decode(codes)) - truth;
      double bound = grid.bound(turned, codes)[0] * Vectors.norm(query, 0, D);
      sum += error / bound;
      squares += error * error / (bound * bound);
    }
    double sine = Math.sqrt(1 - Math.pow(cosine(x, 0, query, 0, D), 2));
    assertEquals(0, sum / turns, 4 / Math.sqrt(turns));
    assertEquals(sine, Math.sqrt(squares / turns), 0.15);
  }

  @Test
  void aGridOfEightBitsIsNearlyExactAndZerosStayZero() {
    float[] some = drawn(3, 6);
    GridQuantizer grid = GridQuantizer.of(D, 8);
    assertTrue(grid.error(some, WORKERS) < 1e-4 * Vectors.dot(some, some));
    assertArrayEquals(new float[D], grid.decode(grid.encode(new float[D], WORKERS)));
    assertEquals(256, grid.centroids());
    assertEquals(3, GridQuantizer.of(D, 1).columns());
    assertEquals(4, GridQuantizer.of(13, 1).columns());
  }

  @Test
  void withoutWeightAlongTheVectorScoreAwareCodesAreTheNearest() {
    ProductQuantizer product = product();
    assertEquals(
        product.encode(vectors, WORKERS),
        ScoreAwareQuantizer.of(product, 1).encode(vectors, WORKERS));
    assertEquals(
        product.error(vectors, WORKERS),
        ScoreAwareQuantizer.of(product, 1).loss(vectors, WORKERS),
        1e-4);
  }

  @Test
  void scoreAwareCodesAreTheBestOfOneSubspaceGivenTheOthers() {
    ProductQuantizer product = product();
    ScoreAwareQuantizer scores = ScoreAwareQuantizer.of(product, 4);
    Codes codes = scores.encode(vectors, WORKERS);
    Codes nearest = product.encode(vectors, WORKERS);
    for (int l = 0; l < 50; l++) {
      double found = loss(product, codes, l, 4);
      assertTrue(found <= loss(product, nearest, l, 4) + 1e-6);
      for (int s = 0; s < 4; s++) {
        int[] other = new int[4];
        for (int c = 0; c < 16; c++) {
          for (int j = 0; j < 4; j++) {
            other[j] = j == s ? c : codes.get(l, j);
          }
          assertTrue(found <= loss(product, Codes.of(other, 4, 16), 0, l, 4) + 1e-5);
        }
      }
    }
  }

  @Test
  void everyRoundLowersTheScoreAwareLoss() {
    double before = Double.POSITIVE_INFINITY;
    for (int rounds : new int[] {0, 1, 2, 5}) {
      ScoreAwareQuantizer.Options options =
          new ScoreAwareQuantizer.Options(ProductQuantizer.Options.of(4, 16), 0.6, rounds);
      ScoreAwareQuantizer fitted =
          ScoreAwareQuantizer.fit(vectors, D, options, Rng.stream("s", 1), WORKERS);
      double loss = fitted.loss(vectors, WORKERS);
      assertTrue(loss < before, loss + " after " + rounds + ", " + before + " before");
      before = loss;
    }
  }

  @Test
  void centroidsAreWhereTheLossHasNoSlope() {
    // one subspace and two vectors a centroid: the round's solution against central differences
    float[] few = {3, 1, 2, 2, -1, 4, -2, 3};
    ProductQuantizer start = ProductQuantizer.of(new float[] {2.5f, 1.5f, -1.5f, 3.5f}, 2, 1);
    ScoreAwareQuantizer.Options options =
        new ScoreAwareQuantizer.Options(
            new ProductQuantizer.Options(1, new KMeans.Options(2, 0, 0)), 0.9, 50);
    ScoreAwareQuantizer fitted =
        ScoreAwareQuantizer.fit(few, 2, options, Rng.stream("c", 1), WORKERS);
    Codes codes = fitted.encode(few, WORKERS);
    assertEquals(start.centroids(), fitted.centroids());
    float[] codebook = fitted.quantizer().codebook();
    for (int i = 0; i < codebook.length; i++) {
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = codebook.clone();
        moved[i] += side == 0 ? -0.01f : 0.01f;
        ProductQuantizer other = ProductQuantizer.of(moved, 2, 1);
        for (int l = 0; l < 4; l++) {
          losses[side] += loss(few, 2, other, codes, l, l, fitted.eta());
        }
      }
      assertEquals(0, (losses[1] - losses[0]) / 0.02, 1e-3);
    }
  }

  @Test
  void oneVeryLongVectorDoesNotMoveTheMean() {
    float[] one = vectors.clone();
    for (int j = 0; j < D; j++) {
      one[j] *= 1e6f;
    }
    float[] mean = CenteredQuantizer.mean(one, D);
    float[] before = CenteredQuantizer.mean(vectors, D);
    for (int j = 0; j < D; j++) {
      assertEquals(before[j], mean[j], 0.1f);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    Quantizer centered = CenteredQuantizer.of(new float[D], GridQuantizer.of(D, 1));
    refused("outermost", () -> DirectionQuantizer.of(centered));
    refused("outermost", () -> RotatedQuantizer.of(Rotation.identity(D), centered));
    refused("outermost", () -> CenteredQuantizer.of(new float[D], centered));
    refused("center", () -> CenteredQuantizer.of(new float[3], GridQuantizer.of(D, 1)));
    refused("bits b is 9", () -> GridQuantizer.of(D, 9));
    refused("bits b is 0", () -> GridQuantizer.of(D, 0));
    refused("threshold T", () -> new ScoreAwareQuantizer.Options(pieces(), 1, 1));
    refused("η", () -> ScoreAwareQuantizer.of(product(), 0.5f));
    Codes codes = GridQuantizer.of(D, 1).encode(vectors, WORKERS);
    refused("list of scales", () -> codes.scaled(new float[2]));
    float[] negative = new float[N];
    negative[7] = -1;
    refused("row 7", () -> codes.scaled(negative));
    Codes plain = Codes.of(new int[3], 3, 16);
    refused("both or none", () -> codes.plus(plain));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e-19f, 1e19f, 3e38f})
  void lengthsOfWhichNoInnerProductCanBeToldAreRefusedWithTheirValue(float length) {
    float[] one = new float[2 * D];
    one[D + 3] = length;
    for (Quantizer quantizer : all()) {
      refused("in row 1: it must be 0 or within", () -> quantizer.encode(one, WORKERS));
    }
    refused("length " + length, () -> NormCodes.of(one, D));
    refused(
        "vectors has length",
        () -> ProductQuantizer.fit(one, D, pieces(), Rng.stream("r", 1), WORKERS));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-16f, 1e16f})
  void allOtherLengthsAreWritten(float factor) {
    float[] scaled = vectors.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    for (Quantizer quantizer : List.of(GridQuantizer.of(D, 4), DirectionQuantizer.of(product()))) {
      float[] near = quantizer.decode(quantizer.encode(scaled, WORKERS));
      float[] before = quantizer.decode(quantizer.encode(vectors, WORKERS));
      for (int i = 0; i < near.length; i++) {
        assertEquals(before[i], near[i] / factor, 0.05f + 0.05f * Math.abs(before[i]));
      }
    }
  }

  private static ProductQuantizer.Options pieces() {
    return ProductQuantizer.Options.of(4, 16);
  }

  private ProductQuantizer product() {
    return ProductQuantizer.fit(vectors, D, pieces(), Rng.stream("p", 1), WORKERS);
  }

  private double loss(ProductQuantizer product, Codes codes, int row, double eta) {
    return loss(product, codes, row, row, eta);
  }

  private double loss(ProductQuantizer product, Codes codes, int row, int vector, double eta) {
    return loss(vectors, D, product, codes, row, vector, eta);
  }

  private static double loss(
      float[] x, int dims, ProductQuantizer product, Codes codes, int row, int vector, double eta) {
    float[] decoded = product.decode(codes);
    double left = 0;
    double along = 0;
    double square = 0;
    for (int j = 0; j < dims; j++) {
      double own = x[vector * dims + j];
      double r = own - decoded[row * dims + j];
      left += r * r;
      along += r * own;
      square += own * own;
    }
    return left + (eta - 1) * along * along / square;
  }

  private static double cosine(float[] x, int at, float[] y, int from, int dims) {
    return Vectors.dot(x, at, y, from, dims)
        / ((double) Vectors.norm(x, at, dims) * Vectors.norm(y, from, dims));
  }

  private static float[] drawn(int rows, long seed) {
    float[] values = new float[rows * D];
    Rng.gaussian(Rng.stream("test/layers", seed), values, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * (1 + i % D) + 2;
    }
    return values;
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }
}
