package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.math.TopK;

class CountedRankersTest {
  private static final int ITEMS = 12;
  private static final int[][] HISTORIES = TinyCorpus.histories(30, ITEMS, 14, 1);
  private static final Corpus CORPUS = TinyCorpus.of(ITEMS, HISTORIES);
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());

  private static int clicks(int item) {
    int clicks = 0;
    for (int[] history : HISTORIES) {
      for (int p = 0; p < history.length - 2; p++) {
        clicks += history[p] == item ? 1 : 0;
      }
    }
    return clicks;
  }

  @Test
  void recencyPutsWhatTheUserHadLastBeforeWhatIsPopular() {
    Corpus corpus = TinyCorpus.of(5, new int[] {3, 1, 3, 2, 5, 4}, new int[] {4, 4, 4, 4, 1});
    Ranker recency = Recency.fit(corpus, Split.leaveOneOut(corpus.histories()));
    float[] scores = TinyCorpus.scores(recency, corpus, 0, 4);
    assertTrue(scores[1] > scores[2] && scores[2] > scores[0], Arrays.toString(scores));
    assertTrue(scores[0] > scores[3] && scores[3] > scores[4], Arrays.toString(scores));
    float[] nobody = TinyCorpus.scores(recency, corpus, 1, 0);
    assertTrue(nobody[3] > nobody[2] && nobody[2] > nobody[0], Arrays.toString(nobody));
  }

  @Test
  void neighboursAreCosinesOfHistoriesByBruteForce() {
    for (int window : new int[] {2, 1000}) {
      ItemNeighbours neighbours =
          ItemNeighbours.fit(CORPUS, SPLIT, new ItemNeighbours.Options(window, ITEMS, 4));
      for (int user = 0; user < HISTORIES.length; user++) {
        int position = HISTORIES[user].length - 1;
        float[] scores = TinyCorpus.scores(neighbours, CORPUS, user, position);
        for (int item = 1; item <= ITEMS; item++) {
          double expected = 0;
          for (int p = Math.max(0, position - 4); p < position; p++) {
            expected += HISTORIES[user][p] == item ? 0 : cosine(HISTORIES[user][p], item, window);
          }
          if (expected == 0) {
            expected = (double) clicks(item) / (1 + trainingEvents()) - 1;
          }
          assertEquals(expected, scores[item - 1], 1e-5);
        }
      }
    }
  }

  private static double cosine(int a, int b, int window) {
    int both = 0;
    int[] alone = new int[2];
    for (int[] history : HISTORIES) {
      boolean met = false;
      Set<Integer> known = new HashSet<>();
      for (int p = 0; p < history.length - 2; p++) {
        known.add(history[p]);
        for (int q = 0; q < history.length - 2; q++) {
          met |= history[p] == a && history[q] == b && Math.abs(p - q) <= window;
        }
      }
      both += met ? 1 : 0;
      alone[0] += known.contains(a) ? 1 : 0;
      alone[1] += known.contains(b) ? 1 : 0;
    }
    return both == 0 ? 0 : both / Math.sqrt((double) alone[0] * alone[1]);
  }

  private static int trainingEvents() {
    return Arrays.stream(HISTORIES).mapToInt(history -> history.length - 2).sum();
  }

  @Test
  void transitionsAreSmoothedCountsByBruteForce() {
    ItemTransitions.Options options = new ItemTransitions.Options(3, 0.5, 2, ITEMS);
    ItemTransitions transitions = ItemTransitions.fit(CORPUS, SPLIT, options);
    for (int user = 0; user < HISTORIES.length; user++) {
      int position = HISTORIES[user].length - 1;
      float[] scores = TinyCorpus.scores(transitions, CORPUS, user, position);
      for (int item = 1; item <= ITEMS; item++) {
        double expected = 0;
        double weight = 1;
        for (int d = 1; d <= Math.min(3, position); d++, weight /= 2) {
          int from = HISTORIES[user][position - d];
          double all = 0;
          for (int to = 1; to <= ITEMS; to++) {
            all += following(from, to);
          }
          double share = (double) clicks(item) / (1 + trainingEvents());
          expected += weight * (following(from, item) + 2 * share) / (all + 2);
        }
        assertEquals(expected, scores[item - 1], 1e-5);
      }
    }
  }

  @Test
  void weightsTooSmallForAFloatTouchNothing() {
    int[] history = {1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 1, 1}; // the last two are held out
    Corpus corpus = TinyCorpus.of(3, history, history, history);
    Split split = Split.leaveOneOut(corpus.histories());
    ItemTransitions.Options options = new ItemTransitions.Options(10, 1e-6, 5, 3);
    ItemTransitions transitions = ItemTransitions.fit(corpus, split, options);
    float[] scores = TinyCorpus.scores(transitions, corpus, 0, 1); // what follows item 1
    assertEquals(3, scores.length);
    assertTrue(scores[1] > scores[2], "item 2 follows at once, item 3 far behind");
  }

  private static double following(int from, int to) {
    double sum = 0;
    for (int[] history : HISTORIES) {
      for (int p = 0; p < history.length - 2; p++) {
        for (int t = 1; t <= 3 && p + t < history.length - 2; t++) {
          sum += history[p] == from && history[p + t] == to ? Math.pow(0.5, t - 1) : 0;
        }
      }
    }
    return sum;
  }

  @Test
  void onlyTheHeaviestLinksAreKept() {
    ItemLinks all = links(ITEMS);
    ItemLinks three = links(3);
    for (int item = 1; item <= ITEMS; item++) {
      assertArrayEquals(Arrays.copyOf(all.items(item), 3), three.items(item));
      assertArrayEquals(Arrays.copyOf(all.weights(item), 3), three.weights(item));
    }
  }

  /** From item i to all others, the weight of j being (i · j) mod 5 + 1. */
  private static ItemLinks links(int most) {
    return ItemLinks.of(
        ITEMS,
        most,
        () ->
            (item, sums) -> {
              for (int other = 1; other <= ITEMS; other++) {
                sums.add(other, item * other % 5 + 1f);
              }
            });
  }

  @Test
  void someoneWithoutEventsGetsPopularity() {
    Ranker popularity = Popularity.fit(CORPUS.histories(), SPLIT, ITEMS);
    int[] expected = order(TinyCorpus.scores(popularity, CORPUS, 3, 0));
    for (Ranker ranker :
        new Ranker[] {
          Recency.fit(CORPUS, SPLIT),
          ItemNeighbours.fit(CORPUS, SPLIT, ItemNeighbours.Options.usual()),
          ItemTransitions.fit(CORPUS, SPLIT, ItemTransitions.Options.usual())
        }) {
      assertArrayEquals(expected, order(TinyCorpus.scores(ranker, CORPUS, 3, 0)));
    }
  }

  private static int[] order(float[] scores) {
    return TopK.of(scores, scores.length).indices();
  }

  @Test
  void optionsThatMeanNothingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ItemNeighbours.Options(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ItemNeighbours.Options(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ItemNeighbours.Options(1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new ItemTransitions.Options(1, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ItemTransitions.Options(1, 1, -1, 1));
  }
}
