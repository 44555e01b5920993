package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BeyondAccuracyTest {
  private static final int ITEMS = 23;
  private static final int SHOWN = 5;

  /** Lists of distinct items, the small numbers more often, and clicks with ties and zeros. */
  private static int[][] lists(SplittableRandom rng, int users) {
    int[][] lists = new int[users][];
    for (int user = 0; user < users; user++) {
      Set<Integer> list = new HashSet<>();
      while (list.size() < SHOWN) {
        list.add(1 + Math.min(rng.nextInt(ITEMS), rng.nextInt(ITEMS)));
      }
      lists[user] = list.stream().mapToInt(item -> item).toArray();
    }
    return lists;
  }

  private static int[] clicks(SplittableRandom rng) {
    int[] clicks = new int[ITEMS + 1];
    for (int item = 1; item <= ITEMS; item++) {
      clicks[item] = rng.nextInt(6);
    }
    return clicks;
  }

  @Test
  void everyNumberIsThatOfAPlainLoop() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom rng = new SplittableRandom(seed);
      int[][] lists = lists(rng, 9);
      int[] clicks = clicks(rng);
      BeyondAccuracy measured = BeyondAccuracy.of(SHOWN, lists, clicks);

      List<Integer> all = new ArrayList<>();
      Arrays.stream(lists).forEach(list -> Arrays.stream(list).forEach(all::add));
      assertEquals(new HashSet<>(all).size() / (double) ITEMS, measured.coverage(), 1e-12);

      double sum = Arrays.stream(clicks).sum() + ITEMS;
      double popularity = 0;
      double novelty = 0;
      for (int item : all) {
        for (int other = 1; other <= ITEMS; other++) {
          popularity += clicks[other] < clicks[item] ? 1 : clicks[other] == clicks[item] ? 0.5 : 0;
        }
        novelty -= Math.log((clicks[item] + 1) / sum) / Math.log(2);
      }
      assertEquals(popularity / ITEMS / all.size(), measured.popularity(), 1e-12);
      assertEquals(novelty / all.size(), measured.novelty(), 1e-12);

      // The Gini coefficient is half the mean difference of two items over the mean of one.
      double differences = 0;
      for (int a = 1; a <= ITEMS; a++) {
        for (int b = 1; b <= ITEMS; b++) {
          differences += Math.abs(count(all, a) - count(all, b));
        }
      }
      assertEquals(differences / (2.0 * ITEMS * all.size()), measured.gini(), 1e-12);
    }
  }

  private static long count(List<Integer> all, int item) {
    return all.stream().filter(one -> one == item).count();
  }

  @Test
  void everyItemOnceIsWholeCoverageAndNoInequalityAndThePopularityOfTheMiddle() {
    int[] clicks = clicks(new SplittableRandom(3));
    int[][] each =
        IntStream.rangeClosed(1, ITEMS).mapToObj(i -> new int[] {i}).toArray(int[][]::new);
    BeyondAccuracy measured = BeyondAccuracy.of(SHOWN, each, clicks);
    assertEquals(1, measured.coverage());
    assertEquals(0, measured.gini(), 1e-12);
    assertEquals(0.5, measured.popularity(), 1e-12);
  }

  @Test
  void alwaysTheSameItemIsOneOfAllAndTheMostUnequal() {
    int[] clicks = new int[ITEMS + 1];
    clicks[7] = 9;
    int[][] same = {{7}, {7}, {7}};
    BeyondAccuracy measured = BeyondAccuracy.of(1, same, clicks);
    assertEquals(1.0 / ITEMS, measured.coverage(), 1e-12);
    assertEquals(1 - 1.0 / ITEMS, measured.gini(), 1e-12);
    assertEquals(1 - 0.5 / ITEMS, measured.popularity(), 1e-12);
    assertEquals(Math.log((9.0 + ITEMS) / 10) / Math.log(2), measured.novelty(), 1e-12);
  }

  @Test
  void noveltyOfEquallyPopularItemsIsTheLogarithmOfTheirNumber() {
    int[] clicks = new int[9];
    Arrays.fill(clicks, 4);
    assertEquals(3, BeyondAccuracy.of(2, new int[][] {{1, 2}, {8, 5}}, clicks).novelty(), 1e-12);
  }

  @Test
  void nothingAndWhatDoesNotExistAreRefused() {
    int[] clicks = new int[4];
    assertThrows(
        IllegalArgumentException.class, () -> BeyondAccuracy.of(10, new int[][] {{}, {}}, clicks));
    assertThrows(
        IllegalArgumentException.class, () -> BeyondAccuracy.of(10, new int[][] {{4}}, clicks));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> BeyondAccuracy.of(1, new int[][] {{1, 2}}, clicks))
            .getMessage();
    assertTrue(message.contains("2"), message);
  }

  @Test
  void columnsOfTablesNameTheCutoff() {
    BeyondAccuracy measured = BeyondAccuracy.of(10, new int[][] {{1}}, new int[] {0, 1, 2});
    assertEquals(
        List.of("coverage@10", "Gini@10", "popularity@10", "novelty@10"),
        List.copyOf(measured.summary().keySet()));
  }
}
