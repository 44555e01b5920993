package seminar.lesson;

import java.util.function.IntBinaryOperator;
import seminar.lesson.ChosenEvents.Relatedness;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Vectors;

/**
 * Whether vectors know which items belong together: of the items nearest to an item by cosine, how
 * many are related to it, beside what a choice at random has. Items without a vector (length zero)
 * are left out.
 *
 * @param items how many items have a vector
 * @param share of related items among the nearest, mean over items
 * @param chance of related items among all others, mean over items
 */
public record NearestRelated(int items, double share, double chance) {
  /**
   * Counts.
   *
   * @param vectors of the items 1 … n [n, d]
   * @param dims d
   * @param nearest how many neighbours of each item are looked at
   * @throws IllegalArgumentException if there are no more than {@code nearest} vectors
   */
  public static NearestRelated of(float[] vectors, int dims, int nearest, Relatedness relatedness) {
    int n = vectors.length / dims;
    float[] units = vectors.clone();
    int[] items = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (Vectors.norm(units, i * dims, dims) > 0) {
        Vectors.normalize(units, i * dims, dims);
        items[count++] = i;
      }
    }
    Checks.atLeast(nearest + 1, "items with a vector", count);
    double share = 0;
    double chance = 0;
    for (int a = 0; a < count; a++) {
      int item = items[a];
      float[] cosines = new float[count];
      for (int b = 0; b < count; b++) {
        cosines[b] =
            a == b
                ? Float.NEGATIVE_INFINITY
                : Vectors.dot(units, item * dims, units, items[b] * dims, dims);
      }
      IntBinaryOperator related = (one, other) -> relatedness.related(one + 1, other + 1) ? 1 : 0;
      for (int b : TopK.of(cosines, nearest).indices()) {
        share += (double) related.applyAsInt(items[b], item) / nearest;
      }
      for (int b = 0; b < count; b++) {
        chance += b == a ? 0 : (double) related.applyAsInt(items[b], item) / (count - 1);
      }
    }
    return new NearestRelated(count, share / count, chance / count);
  }
}
