package seminar.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import seminar.feature.PictureDescriptor;
import seminar.math.Vectors;

class PainterTest {
  private static final int INTENTS = 24;
  private static final int TAUGHT = 20;
  private static final int ASKED = 20;

  @Test
  void thePictureTellsWhichOfTheTopicsItShows() {
    double asDialled = accuracy(WorldOptions.quick().image().noise());
    assertTrue(asDialled > 0.95, "accuracy " + asDialled);
    double noisy = accuracy(1);
    assertTrue(noisy < asDialled - 0.1, "accuracy in noise " + noisy);
  }

  /** How often the nearest centroid of descriptors is that of the intent. */
  private static double accuracy(double noise) {
    Painter painter = new Painter(noise, 3);
    float[][] centroids = new float[INTENTS][PictureDescriptor.DIMS];
    for (int i = 0; i < INTENTS * TAUGHT; i++) {
      float[] seen = PictureDescriptor.encode(painter.paint(i, i % INTENTS));
      for (int d = 0; d < seen.length; d++) {
        centroids[i % INTENTS][d] += seen[d] / TAUGHT;
      }
    }
    int right = 0;
    for (int i = 0; i < INTENTS * ASKED; i++) {
      float[] seen = PictureDescriptor.encode(painter.paint(10_000 + i, i % INTENTS));
      right += nearest(centroids, seen) == i % INTENTS ? 1 : 0;
    }
    return right / (double) (INTENTS * ASKED);
  }

  private static int nearest(float[][] centroids, float[] seen) {
    int best = 0;
    for (int k = 1; k < centroids.length; k++) {
      best = distance(centroids[k], seen) < distance(centroids[best], seen) ? k : best;
    }
    return best;
  }

  private static double distance(float[] a, float[] b) {
    return Vectors.squaredDistance(a, 0, b, 0, a.length);
  }
}
