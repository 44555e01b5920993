package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

/** Beam search against plain loops, and stages learned along more and more components. */
class ResidualQuantizerTest {
  private static final int N = 1200;
  private static final int D = 12;
  private static final Workers WORKERS = Workers.common();

  private final float[] vectors = uneven(N, 1);

  /** A sum of centroids so far. */
  private record Sum(int[] path, float[] left) {
    private double error() {
      double error = 0;
      for (float value : left) {
        error += (double) value * value;
      }
      return error;
    }

    private Sum and(int code, float[] centroid) {
      int[] longer = Arrays.copyOf(path, path.length + 1);
      longer[path.length] = code;
      float[] less = left.clone();
      for (int j = 0; j < less.length; j++) {
        less[j] -= centroid[j];
      }
      return new Sum(longer, less);
    }
  }

  private static int[] beamOf(float[] x, float[] codebook, int stages, int width) {
    int dims = x.length;
    int count = codebook.length / dims / stages;
    List<Sum> sums = List.of(new Sum(new int[0], x));
    for (int s = 0; s < stages; s++) {
      List<Sum> longer = new ArrayList<>();
      for (Sum sum : sums) {
        for (int c = 0; c < count; c++) {
          int at = (s * count + c) * dims;
          longer.add(sum.and(c, Arrays.copyOfRange(codebook, at, at + dims)));
        }
      }
      longer.sort(Comparator.comparingDouble(Sum::error)); // stable: of equal ones the first
      sums = longer.subList(0, Math.min(width, longer.size()));
    }
    return sums.getFirst().path;
  }

  @ParameterizedTest
  @CsvSource({"1,3,4,2", "2,3,4,3", "5,4,6,3", "3,2,20,1", "7,17,5,2", "16,3,2,4", "64,5,4,3"})
  void aBeamFindsWhatAPlainLoopFinds(int width, int dims, int count, int stages) {
    float[] codebook = wholeNumbers(stages * count * dims, 7);
    float[] points = wholeNumbers(50 * dims, 8);
    ResidualQuantizer quantizer = ResidualQuantizer.of(codebook, dims, stages).withBeam(width);
    Codes codes = quantizer.encode(points, WORKERS);
    for (int l = 0; l < 50; l++) {
      float[] x = Arrays.copyOfRange(points, l * dims, (l + 1) * dims);
      int[] expected = beamOf(x, codebook, stages, width);
      for (int s = 0; s < stages; s++) {
        assertEquals(expected[s], codes.get(l, s), "vector " + l + ", stage " + s);
      }
    }
  }

  @Test
  void aBeamOfAllSumsFindsTheNearestOfAll() {
    int count = 5;
    int stages = 3;
    float[] codebook = uneven(stages * count, 2);
    float[] points = uneven(40, 3);
    ResidualQuantizer all = ResidualQuantizer.of(codebook, D, stages).withBeam(125);
    float[] decoded = all.decode(all.encode(points, WORKERS));
    int[] every = new int[125 * stages];
    for (int i = 0; i < every.length; i++) {
      every[i] = i / stages / (i % 3 == 0 ? 25 : i % 3 == 1 ? 5 : 1) % count;
    }
    float[] sums = all.decode(Codes.of(every, stages, count));
    for (int l = 0; l < 40; l++) {
      float least = Float.POSITIVE_INFINITY;
      for (int i = 0; i < 125; i++) {
        least = Math.min(least, Vectors.squaredDistance(points, l * D, sums, i * D, D));
      }
      assertEquals(least, Vectors.squaredDistance(points, l * D, decoded, l * D, D), 1e-3f);
    }
  }

  @Test
  void aWiderBeamLeavesLessInTheMean() {
    ResidualQuantizer quantizer = fit(ResidualQuantizer.Options.of(6, 16));
    assertEquals(ResidualQuantizer.BEAM, quantizer.beam());
    double before = Double.POSITIVE_INFINITY;
    for (int width : new int[] {1, 2, 5, 20}) {
      double error = quantizer.withBeam(width).error(vectors, WORKERS);
      assertTrue(error < before, width + ": " + error + " against " + before);
      before = error;
    }
  }

  @Test
  void aBeamAndProgressiveStagesLearnBetterCodebooks() {
    KMeans.Options means = KMeans.Options.of(16);
    double greedy = fit(ResidualQuantizer.Options.greedy(6, means)).error(vectors, WORKERS);
    double wide = fit(new ResidualQuantizer.Options(6, means, false, 5)).error(vectors, WORKERS);
    double both = fit(new ResidualQuantizer.Options(6, means)).error(vectors, WORKERS);
    assertTrue(wide < 0.95 * greedy, wide + " against " + greedy);
    assertTrue(both < 0.95 * greedy, both + " against " + greedy);
  }

  @Test
  void withoutEitherStagesAreKMeansOfWhatIsLeft() {
    KMeans.Options means = KMeans.Options.of(9);
    ResidualQuantizer greedy = fit(ResidualQuantizer.Options.greedy(3, means));
    SplittableRandom rng = Rng.stream("rq", 1);
    float[] left = vectors.clone();
    int[] codes = new int[N * 3];
    for (int s = 0; s < 3; s++) {
      KMeans stage = KMeans.fit(left, D, means, rng.split(), WORKERS);
      float[] centroids = stage.centroids();
      int[] nearest = stage.assign(left, WORKERS);
      assertArrayEquals(
          centroids, Arrays.copyOfRange(greedy.codebook(), s * 9 * D, (s + 1) * 9 * D));
      for (int l = 0; l < N; l++) {
        codes[l * 3 + s] = nearest[l];
        for (int j = 0; j < D; j++) {
          left[l * D + j] -= centroids[nearest[l] * D + j];
        }
      }
    }
    assertEquals(Codes.of(codes, 3, 9), greedy.encode(vectors, WORKERS));
  }

  @Test
  void componentsFallInVarianceAndDoNotDependOnEachOther() {
    float[] shifted = vectors.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += i % D;
    }
    Principal axes = Principal.of(shifted, D, WORKERS);
    float[] turned = axes.rotation().apply(shifted, WORKERS);
    double[] mean = Principal.mean(turned, D);
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < D; i++) {
      assertEquals(mean[i], axes.mean()[i], 1e-4);
      for (int j = 0; j <= i; j++) {
        double covariance = 0;
        for (int l = 0; l < N; l++) {
          covariance += (turned[l * D + i] - mean[i]) * (turned[l * D + j] - mean[j]) / N;
        }
        if (i == j) {
          assertTrue(covariance <= before);
          before = covariance;
        } else {
          assertEquals(0, covariance, 1e-4);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12})
  void progressiveMeansAreNoWorseThanKMeans(int dims) {
    float[] points = gaussian(1500 * dims, 5);
    KMeans.Options options = KMeans.Options.of(24);
    double plain = 0;
    double progressive = 0;
    for (int seed = 1; seed <= 4; seed++) {
      SplittableRandom rng = Rng.stream("t", seed);
      plain += KMeans.fit(points, dims, options, rng, WORKERS).objective();
      rng = Rng.stream("t", seed);
      progressive += ProgressiveMeans.fit(points, dims, options, rng, WORKERS).objective();
    }
    assertTrue(progressive <= 1.01 * plain, progressive + " against " + plain);
  }

  @Test
  void degenerateVectorsHaveStatedAnswers() {
    float[] few = {1, 2, 3, 4, 1, 2, 5, 6, 3, 4};
    KMeans.Options nine = KMeans.Options.of(9);
    assertEquals(0, ProgressiveMeans.fit(few, 2, nine, Rng.stream("t", 5), WORKERS).objective());
    ResidualQuantizer.Options options = ResidualQuantizer.Options.of(2, 4);
    for (float[] same : List.of(new float[3 * D], new float[D])) {
      ResidualQuantizer quantizer =
          ResidualQuantizer.fit(same, D, options, Rng.stream("t", 6), WORKERS);
      assertEquals(0, quantizer.error(same, WORKERS));
    }
    ResidualQuantizer one =
        ResidualQuantizer.fit(
            vectors, D, ResidualQuantizer.Options.of(3, 1), Rng.stream("t", 7), WORKERS);
    assertEquals(0, one.encode(vectors, WORKERS).get(5, 2));
    String beam = assertThrows(IllegalArgumentException.class, () -> one.withBeam(0)).getMessage();
    assertTrue(beam.contains("beam B"), beam);
  }

  @Test
  void oneThreadAndFourGiveTheSameBits() {
    ResidualQuantizer.Options options = ResidualQuantizer.Options.of(4, 12);
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      ResidualQuantizer a = ResidualQuantizer.fit(vectors, D, options, Rng.stream("r", 1), one);
      ResidualQuantizer b = ResidualQuantizer.fit(vectors, D, options, Rng.stream("r", 1), four);
      assertArrayEquals(a.codebook(), b.codebook());
      assertEquals(a.encode(vectors, one), b.encode(vectors, four));
    }
  }

  private ResidualQuantizer fit(ResidualQuantizer.Options options) {
    return ResidualQuantizer.fit(vectors, D, options, Rng.stream("rq", 1), WORKERS);
  }

  /** Numbers of which sums of squares are exact. */
  private static float[] wholeNumbers(int size, long seed) {
    SplittableRandom rng = Rng.stream("test/whole", seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = rng.nextInt(-9, 10);
    }
    return values;
  }

  private static float[] uneven(int n, long seed) {
    float[] values = gaussian(n * D, seed);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 3f / (1 + i % D);
    }
    return Rotation.random(D, Rng.stream("test/uneven", 5)).apply(values, WORKERS);
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
