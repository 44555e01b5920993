package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class GroupedAucTest {
  @Test
  void weighsTheAreaOfEachUserByImpressions() {
    int[] users = {4, 9, 4, 9, 4, 9, 7};
    float[] scores = {3, 1, 2, 2, 1, 0, 5};
    boolean[] labels = {true, true, false, false, true, false, true};
    GroupedAuc auc = GroupedAuc.of(users, scores, labels);
    assertEquals((3 * 0.5 + 3 * 0.5) / 6, auc.value(), 1e-15);
    assertEquals(2, auc.users());
    assertEquals(1, auc.leftOut());
    assertEquals(6, auc.impressions());
  }

  @Test
  void isPairsWithinUsersByBruteForceInAnyOrder() {
    SplittableRandom rng = Rng.stream("test/gauc", 1);
    for (int trial = 0; trial < 50; trial++) {
      int n = 60;
      int[] users = new int[n];
      float[] scores = new float[n];
      boolean[] labels = new boolean[n];
      for (int i = 0; i < n; i++) {
        users[i] = rng.nextInt(8);
        scores[i] = rng.nextInt(5);
        labels[i] = rng.nextInt(3) == 0;
      }
      double sum = 0;
      double weight = 0;
      for (int user = 0; user < 8; user++) {
        double won = 0;
        int pairs = 0;
        int own = 0;
        for (int i = 0; i < n; i++) {
          own += users[i] == user ? 1 : 0;
          for (int j = 0; j < n; j++) {
            if (users[i] == user && users[j] == user && labels[i] && !labels[j]) {
              won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
              pairs++;
            }
          }
        }
        sum += pairs == 0 ? 0 : own * won / pairs;
        weight += pairs == 0 ? 0 : own;
      }
      assertEquals(sum / weight, GroupedAuc.of(users, scores, labels).value(), 1e-12);
    }
  }

  @Test
  void aScoreOfTheUserAloneEarnsNothing() {
    int[] users = {1, 1, 1, 2, 2, 2};
    float[] scores = {9, 9, 9, 0, 0, 0};
    boolean[] labels = {true, true, false, false, false, true};
    assertEquals(0.5, GroupedAuc.of(users, scores, labels).value());
    assertTrue(Auc.of(scores, labels) > 0.6);
  }

  @Test
  void namesThatNoUserIsLeft() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> GroupedAuc.of(new int[] {1, 2}, new float[] {1, 2}, new boolean[] {true, false}));
    assertTrue(e.getMessage().contains("none of the 2 users"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> GroupedAuc.of(new int[] {1}, new float[] {1, 2}, new boolean[] {true, false}));
    assertThrows(
        IllegalArgumentException.class,
        () -> GroupedAuc.of(new int[0], new float[0], new boolean[0]));
  }

  @Test
  void refusesNotANumberEvenWhereNobodyIsCounted() {
    float[] scores = {0.1f, 0.2f, Float.NaN, 0.3f};
    boolean[] labels = {true, false, false, false};
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> GroupedAuc.of(new int[] {0, 0, 1, 1}, scores, labels));
    assertTrue(refused.getMessage().contains("user 1"), refused.getMessage());
  }
}
