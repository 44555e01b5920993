package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

/** Rotations, residual quantizers, norms, and what all quantizers promise. */
class QuantizerTest {
  private static final int N = 1500;
  private static final int D = 12;
  private static final Workers WORKERS = Workers.common();

  private final float[] vectors = mixed(N, 1);

  @Test
  void tablesAddUpToInnerProductsWithDecodedVectors() {
    float[] query = gaussian(D, 2);
    for (Quantizer quantizer : List.of(product(4, 20), product(12, 3), rotated(3), residual(4))) {
      Codes codes = quantizer.encode(vectors, WORKERS);
      float[] decoded = quantizer.decode(codes);
      float[][] tables = quantizer.newTables();
      quantizer.tables(query, tables);
      for (int l = 0; l < N; l++) {
        double sum = 0;
        for (int s = 0; s < quantizer.columns(); s++) {
          sum += tables[s][codes.get(l, s)];
        }
        assertEquals(Vectors.dot(query, 0, decoded, l * D, D), sum, 1e-3);
      }
    }
  }

  @Test
  void aRotationKeepsLengthsAndUndoesItself() {
    Rotation rotation = Rotation.random(D, Rng.stream("t", 1));
    float[] turned = rotation.apply(vectors, WORKERS);
    assertArrayEquals(vectors, rotation.undo(turned), 1e-4f);
    for (int l = 0; l < N; l++) {
      assertEquals(Vectors.norm(vectors, l * D, D), Vectors.norm(turned, l * D, D), 1e-3f);
    }
    assertArrayEquals(vectors, Rotation.identity(D).apply(vectors, WORKERS));
    assertArrayEquals(rotation.rows(), Rotation.of(rotation.rows(), D).rows());
  }

  @Test
  void theRightRotationLowersTheErrorWhereDimensionsAreMixed() {
    double plain = product(4, 16).error(vectors, WORKERS);
    double turned = rotated(12).error(vectors, WORKERS);
    assertTrue(turned < 0.9 * plain, turned + " against " + plain);
    RotatedQuantizer still =
        RotatedQuantizer.fit(
            vectors,
            D,
            ProductQuantizer.Options.of(4, 16),
            0,
            RotatedQuantizer.Start.IDENTITY,
            Rng.stream("q", 1),
            WORKERS);
    assertEquals(still.rotation().rows()[0], 1, "no turns leave it as it is");
  }

  @Test
  void rotationsAreThoseOfAPlainLoopFromEitherStart() {
    ProductQuantizer.Options options = ProductQuantizer.Options.of(4, 16);
    KMeans.Options few = new KMeans.Options(16, 4, options.clustering().tolerance());
    ProductQuantizer.Options brief = new ProductQuantizer.Options(4, few);
    for (RotatedQuantizer.Start start : RotatedQuantizer.Start.values()) {
      boolean random = start == RotatedQuantizer.Start.RANDOM;
      RotatedQuantizer fitted =
          RotatedQuantizer.fit(vectors, D, options, 2, start, Rng.stream("q", 1), WORKERS);
      SplittableRandom rng = Rng.stream("q", 1);
      SplittableRandom seeding = rng.split();
      Rotation rotation = random ? Rotation.random(D, rng.split()) : Rotation.identity(D);
      float[] turned = rotation.apply(vectors, WORKERS);
      ProductQuantizer codes = ProductQuantizer.fit(turned, D, brief, seeding, WORKERS);
      for (int turn = 1; turn <= 2; turn++) {
        float[] decoded = codes.decode(codes.encode(turned, WORKERS));
        rotation = Rotation.nearest(products(decoded, vectors, random));
        turned = rotation.apply(vectors, WORKERS);
        codes = codes.refine(turned, turn == 2 ? options : brief, WORKERS);
      }
      assertArrayEquals(rotation.rows(), fitted.rotation().rows(), random ? 1e-4f : 0);
      assertArrayEquals(codes.codebook(), codebook(fitted), random ? 1e-2f : 0);
    }
  }

  /** Yᵀ X, about the means or not. */
  private static double[][] products(float[] y, float[] x, boolean centred) {
    double[][] product = new double[D][D];
    double[] meanY = new double[D];
    double[] meanX = new double[D];
    for (int l = 0; centred && l < N; l++) {
      for (int i = 0; i < D; i++) {
        meanY[i] += (double) y[l * D + i] / N;
        meanX[i] += (double) x[l * D + i] / N;
      }
    }
    for (int l = 0; l < N; l++) {
      for (int i = 0; i < D; i++) {
        for (int j = 0; j < D; j++) {
          product[i][j] += (y[l * D + i] - meanY[i]) * (x[l * D + j] - meanX[j]);
        }
      }
    }
    return product;
  }

  @Test
  void aRandomStartLeavesLessThanTheGivenAxesWherePiecesAreUneven() {
    float[] uneven = gaussian(N * D, 4);
    for (int i = 0; i < uneven.length; i++) { // two pieces say nearly all
      uneven[i] = (i % D < 6 ? 3 : 0.1f) * uneven[i] + 20;
    }
    ProductQuantizer.Options options = ProductQuantizer.Options.of(4, 16);
    double[] errors = new double[2];
    for (RotatedQuantizer.Start start : RotatedQuantizer.Start.values()) {
      RotatedQuantizer fitted =
          RotatedQuantizer.fit(uneven, D, options, 20, start, Rng.stream("q", 1), WORKERS);
      errors[start.ordinal()] = fitted.error(uneven, WORKERS);
    }
    assertTrue(errors[0] < 0.9 * errors[1], errors[0] + " against " + errors[1]);
    RotatedQuantizer still =
        RotatedQuantizer.fit(uneven, D, options, 0, Rng.stream("q", 1), WORKERS);
    assertTrue(still.rotation().rows()[0] < 0.999f, "no turns leave the random rotation");
  }

  @Test
  void fewVectorsStillGiveARotation() {
    float[] few = Arrays.copyOf(vectors, 3 * D);
    for (float[] learned : List.of(few, new float[2 * D])) {
      RotatedQuantizer fitted =
          RotatedQuantizer.fit(
              learned, D, ProductQuantizer.Options.of(4, 2), 3, Rng.stream("q", 1), WORKERS);
      Rotation.of(fitted.rotation().rows(), D); // refuses what is not orthonormal
    }
  }

  @Test
  void moreStagesLeaveLess() {
    double before = Double.POSITIVE_INFINITY;
    for (int stages = 1; stages <= 4; stages++) {
      double error = residual(stages).error(vectors, WORKERS);
      assertTrue(error < before);
      before = error;
    }
    assertTrue(residual(4).error(vectors, WORKERS) < product(4, 20).error(vectors, WORKERS));
  }

  @Test
  void residualCodesOfSumsOfCentroidsAreExact() {
    float[] codebook = {0, 0, 100, 0, 0, 100, 0, 0, 1, 0, 0, 1};
    ResidualQuantizer known = ResidualQuantizer.of(codebook, 2, 2);
    assertEquals(3, known.centroids());
    Codes codes = known.encode(new float[] {101, 0, 0, 101, 100, 1, 0, 0}, WORKERS);
    assertEquals(Codes.of(new int[] {1, 1, 2, 2, 1, 2, 0, 0}, 2, 3), codes);
    assertArrayEquals(new float[] {101, 0, 0, 101, 100, 1, 0, 0}, known.decode(codes));
    assertEquals(0, known.encode(new float[0], WORKERS).rows());
  }

  @Test
  void oneThreadAndFourGiveTheSameBits() {
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      KMeans.Options few = KMeans.Options.of(9);
      ResidualQuantizer a = ResidualQuantizer.fit(vectors, D, 3, few, Rng.stream("r", 1), one);
      ResidualQuantizer b = ResidualQuantizer.fit(vectors, D, 3, few, Rng.stream("r", 1), four);
      assertArrayEquals(a.codebook(), b.codebook());
      assertEquals(a.encode(vectors, one), b.encode(vectors, four));
      ProductQuantizer.Options options = ProductQuantizer.Options.of(4, 16);
      RotatedQuantizer c = RotatedQuantizer.fit(vectors, D, options, 2, Rng.stream("o", 1), one);
      RotatedQuantizer d = RotatedQuantizer.fit(vectors, D, options, 2, Rng.stream("o", 1), four);
      assertArrayEquals(c.rotation().rows(), d.rotation().rows());
      assertArrayEquals(codebook(c), codebook(d));
    }
  }

  @Test
  void refiningACodebookOnNewVectorsLowersTheirErrorAndLeavesTheOldOne() {
    ProductQuantizer before = product(4, 20);
    float[] codebook = before.codebook();
    float[] others = mixed(N, 9);
    for (int i = 0; i < others.length; i++) {
      others[i] += 3;
    }
    ProductQuantizer after = before.refine(others, ProductQuantizer.Options.of(4, 20), WORKERS);
    assertTrue(after.error(others, WORKERS) < 0.5 * before.error(others, WORKERS));
    assertArrayEquals(codebook, before.codebook());
  }

  @Test
  void movingAResidualCodebookTakesEveryStageToTheMeansOfItsVectors() {
    float[] codebook = {0, 0, 100, 0, 0, 0, 0, 5};
    ResidualQuantizer before = ResidualQuantizer.of(codebook, 2, 2);
    float[] others = {2, 0, 4, 0, 103, 0, 103, 8};
    ResidualQuantizer after = before.moved(others, WORKERS);
    // stage 1: {2, 0}, {4, 0} and {103, 0}, {103, 8}; they leave {-1, 0}, {1, 0}, {0, -4}, {0, 4}
    assertArrayEquals(new float[] {3, 0, 103, 4, 0, -4f / 3, 0, 4}, after.codebook(), 1e-6f);
    assertArrayEquals(codebook, before.codebook());
    ResidualQuantizer known = residual(3);
    float[] shifted = vectors.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += 1;
    }
    ResidualQuantizer moved = known.moved(shifted, WORKERS);
    assertTrue(moved.error(shifted, WORKERS) < known.error(shifted, WORKERS));
    refused("n is 0", () -> known.moved(new float[0], WORKERS));
  }

  @Test
  void aLengthIsCloseAtEverySize() {
    float[] long1 = vectors.clone();
    for (int j = 0; j < D; j++) {
      long1[j] *= 1e6f; // one long vector does not coarsen the others
    }
    for (float[] each : List.of(vectors, long1)) {
      NormCodes norms = NormCodes.of(each, D);
      double worst = 0;
      for (int l = 0; l < N; l++) {
        double norm = Vectors.norm(each, l * D, D);
        worst = Math.max(worst, Math.abs(norms.norm(l) - norm) / norm);
        assertEquals(1, Vectors.norm(DirectionQuantizer.units(each, D), l * D, D), 1e-5f);
      }
      assertTrue(worst < 0.01, "off by " + worst);
    }
    float[] same = {3, 4, 5, 0, 0, 0};
    assertArrayEquals(new float[] {5, 5, 0}, NormCodes.of(same, 2).norms(), 1e-5f);
    assertEquals(0, NormCodes.of(new float[0], 2).rows());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    refused("orthonormal", () -> Rotation.of(new float[] {1, 1, 0, 1}, 2));
    refused("list of rows", () -> Rotation.of(new float[] {1, 0}, 2));
    ProductQuantizer other = ProductQuantizer.of(new float[4], 2, 1);
    refused("rotation", () -> RotatedQuantizer.of(Rotation.identity(3), other));
    refused("stages S=2", () -> ResidualQuantizer.of(new float[6], 2, 2));
    SplittableRandom rng = Rng.stream("t", 1);
    refused(
        "n is 0",
        () -> ResidualQuantizer.fit(new float[0], 2, 1, KMeans.Options.of(2), rng, WORKERS));
    refused("multiple", () -> NormCodes.of(new float[3], 2));
    float[] broken = new float[D];
    broken[1] = Float.NaN;
    refused("must be finite", () -> residual(1).encode(broken, WORKERS));
    refused("must be finite", () -> DirectionQuantizer.units(broken, D));
    refused(
        "subspaces S",
        () -> product(4, 20).refine(vectors, ProductQuantizer.Options.of(3, 20), WORKERS));
  }

  private ProductQuantizer product(int subspaces, int centroids) {
    return ProductQuantizer.fit(
        vectors, D, ProductQuantizer.Options.of(subspaces, centroids), Rng.stream("q", 1), WORKERS);
  }

  private RotatedQuantizer rotated(int turns) {
    return RotatedQuantizer.fit(
        vectors, D, ProductQuantizer.Options.of(4, 16), turns, Rng.stream("q", 1), WORKERS);
  }

  private ResidualQuantizer residual(int stages) {
    return ResidualQuantizer.fit(
        vectors, D, stages, KMeans.Options.of(20), Rng.stream("q", 1), WORKERS);
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  /** Directions of very different spread, turned at random. */
  private static float[] mixed(int n, long seed) {
    float[] values = gaussian(n * D, seed);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 3f / (1 + i % D);
    }
    return Rotation.random(D, Rng.stream("test/mixed", 5)).apply(values, WORKERS);
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
