package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import seminar.math.Rng;
import seminar.math.Workers;

class KMeansTest {
  private static final Workers ONE = Workers.of(1);

  @ParameterizedTest
  @CsvSource({"1,1,1", "7,5,3", "50,8,1", "301,33,8", "64,64,16", "200,300,2"})
  void assignsEveryPointToItsNearestCentroidWithTheLowestNumber(int n, int count, int dims) {
    float[] points = smallWholeNumbers(n * dims, n);
    KMeans means = KMeans.fit(points, dims, KMeans.Options.of(count), Rng.stream("t", 1), ONE);
    int[] assigned = means.assign(points, ONE);
    for (int p = 0; p < n; p++) {
      assertEquals(nearest(points, p, means.centroids(), dims), assigned[p]);
    }
  }

  @Test
  void theObjectiveNeverRisesAndDescribesTheReturnedCentroids() {
    float[] points = clusters(2000, 4, 12, 7);
    KMeans.Options options = new KMeans.Options(64, 40, 0);
    KMeans means = KMeans.fit(points, 4, options, Rng.stream("t", 2), ONE);
    List<KMeans.Iteration> history = means.history();
    assertTrue(history.size() > 3 && history.size() <= 41);
    for (int i = 1; i < history.size(); i++) {
      assertTrue(history.get(i).objective() <= history.get(i - 1).objective() * (1 + 1e-6));
    }
    assertEquals(2000, history.getFirst().moved());
    assertEquals(objective(points, means.centroids(), 4), means.objective(), 1e-3);
    assertTrue(history.getLast().imbalance() >= 1);
  }

  @Test
  void oneThreadAndFourGiveTheSameBits() {
    float[] points = clusters(3000, 8, 20, 3);
    KMeans alone = KMeans.fit(points, 8, KMeans.Options.of(50), Rng.stream("t", 4), ONE);
    try (Workers four = Workers.of(4)) {
      KMeans together = KMeans.fit(points, 8, KMeans.Options.of(50), Rng.stream("t", 4), four);
      assertArrayEquals(alone.centroids(), together.centroids());
      assertEquals(alone.history(), together.history());
    }
  }

  @Test
  void fewerDistinctPointsThanCentroidsAreAllCentroids() {
    float[] points = {1, 2, 3, 4, 1, 2, 5, 6, 3, 4};
    KMeans means = KMeans.fit(points, 2, KMeans.Options.of(9), Rng.stream("t", 5), ONE);
    assertEquals(0, means.objective());
    int[] assigned = means.assign(points, ONE);
    for (int centroid : assigned) {
      assertTrue(centroid < 3);
    }
    assertEquals(assigned[0], assigned[2]);
    for (int rest = 3; rest < 9; rest++) {
      assertEquals(means.centroids()[0], means.centroids()[2 * rest]);
    }
  }

  @Test
  void refiningPlacesEmptyCentroidsOnTheFarthestPointsAndLowersTheObjective() {
    KMeans.Options options = new KMeans.Options(5, 25, 0);
    KMeans few = KMeans.fit(new float[] {0, 1}, 1, options, Rng.stream("t", 6), ONE);
    float[] points = {0, 0, 1, 1, 100, 300, 301};
    KMeans refined = few.refine(points, options, ONE);
    assertEquals(3, refined.history().getFirst().reseeded());
    float[] centroids = refined.centroids();
    Arrays.sort(centroids);
    assertArrayEquals(new float[] {0, 1, 100, 300, 301}, centroids);
    assertEquals(0, refined.objective());
    assertTrue(refined.history().getFirst().objective() > 1e5);
    assertEquals(0, few.objective());
  }

  @Test
  void isAsGoodAsTribuosOnClusteredData() {
    int dims = 5;
    float[] points = clusters(1500, dims, 12, 11);
    KMeans.Options options = new KMeans.Options(12, 50, 0);
    double ours = Double.POSITIVE_INFINITY;
    double theirs = Double.POSITIVE_INFINITY;
    for (int seed = 1; seed <= 3; seed++) {
      SplittableRandom rng = Rng.stream("t", seed);
      ours = Math.min(ours, KMeans.fit(points, dims, options, rng, ONE).objective());
      theirs = Math.min(theirs, objective(points, tribuo(points, dims, 12, seed), dims));
    }
    assertTrue(ours <= theirs * 1.02, () -> "our objective is larger than Tribuo's");
  }

  @Test
  void refusesWhatHasNoAnswer() {
    KMeans.Options options = KMeans.Options.of(2);
    SplittableRandom rng = Rng.stream("t", 1);
    refused("number of points n is 0", () -> KMeans.fit(new float[0], 2, options, rng, ONE));
    refused("multiple", () -> KMeans.fit(new float[3], 2, options, rng, ONE));
    float[] broken = {1, 2, 3, Float.NaN};
    refused("row 1, column 1", () -> KMeans.fit(broken, 2, options, rng, ONE));
    KMeans two = KMeans.fit(new float[] {1, 2}, 1, options, rng, ONE);
    refused("centroids", () -> two.refine(new float[] {1}, KMeans.Options.of(3), ONE));
    refused("centroids C", () -> KMeans.Options.of(0));
    refused("centroids C", () -> KMeans.Options.of(65_537));
    assertFalse(KMeans.fit(new float[] {1}, 1, options, rng, ONE).history().isEmpty());
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static float[] tribuo(float[] points, int dims, int count, int seed) {
    SimpleDataSourceProvenance provenance =
        new SimpleDataSourceProvenance("test", new ClusteringFactory());
    MutableDataset<ClusterID> data = new MutableDataset<>(provenance, new ClusteringFactory());
    String[] names = new String[dims];
    for (int j = 0; j < dims; j++) {
      names[j] = "x" + j;
    }
    for (int p = 0; p < points.length / dims; p++) {
      double[] values = new double[dims];
      for (int j = 0; j < dims; j++) {
        values[j] = points[p * dims + j];
      }
      data.add(new ArrayExample<>(new ClusterID(0), names, values));
    }
    KMeansModel model =
        new KMeansTrainer(
                count,
                50,
                DistanceType.L2.getDistance(),
                KMeansTrainer.Initialisation.PLUSPLUS,
                1,
                seed)
            .train(data);
    float[] centroids = new float[count * dims];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < dims; j++) {
        centroids[c * dims + j] = (float) model.getCentroidVectors()[c].get(j);
      }
    }
    return centroids;
  }

  static float[] clusters(int n, int dims, int clusters, long seed) {
    SplittableRandom rng = Rng.stream("test/clusters", seed);
    float[] centres = new float[clusters * dims];
    Rng.gaussian(rng, centres, 4);
    float[] points = new float[n * dims];
    Rng.gaussian(rng, points, 0.5);
    for (int p = 0; p < n; p++) {
      int centre = rng.nextInt(clusters);
      for (int j = 0; j < dims; j++) {
        points[p * dims + j] += centres[centre * dims + j];
      }
    }
    return points;
  }

  private static float[] smallWholeNumbers(int size, long seed) {
    SplittableRandom rng = Rng.stream("test/whole", seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = rng.nextInt(9);
    }
    return values;
  }

  private static double objective(float[] points, float[] centroids, int dims) {
    double sum = 0;
    for (int p = 0; p < points.length / dims; p++) {
      sum += distance(points, p, centroids, nearest(points, p, centroids, dims), dims);
    }
    return sum;
  }

  private static int nearest(float[] points, int p, float[] centroids, int dims) {
    int best = 0;
    for (int c = 1; c < centroids.length / dims; c++) {
      if (distance(points, p, centroids, c, dims) < distance(points, p, centroids, best, dims)) {
        best = c;
      }
    }
    return best;
  }

  private static float distance(float[] points, int p, float[] centroids, int c, int dims) {
    float sum = 0;
    for (int j = 0; j < dims; j++) {
      float difference = centroids[c * dims + j] - points[p * dims + j];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }
}
