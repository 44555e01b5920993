package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.math.Rng;

class ContentSimilarityTest {
  private static final int ITEMS = 9;
  private static final int DIMS = 5;
  private static final int[][] HISTORIES = TinyCorpus.histories(12, ITEMS, 10, 2);
  private static final Corpus CORPUS = TinyCorpus.of(ITEMS, HISTORIES);
  private static final float[] VALUES = values();
  private static final Features FEATURES =
      new Features(FeatureStore.of(DIMS, VALUES), FeatureStore.of(DIMS, VALUES));

  private static float[] values() {
    float[] values = new float[ITEMS * DIMS];
    SplittableRandom rng = Rng.stream("test/content", 1);
    Rng.gaussian(rng, values, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] += 3;
    }
    return values;
  }

  @Test
  void isTheCosineWithTheMeanOfTheLastEventsByBruteForce() {
    ContentSimilarity ranker = ContentSimilarity.text(CORPUS, FEATURES, 4);
    for (int user = 0; user < HISTORIES.length; user++) {
      int position = HISTORIES[user].length - 1;
      double[] mean = new double[DIMS];
      for (int p = Math.max(0, position - 4); p < position; p++) {
        double[] unit = unit(HISTORIES[user][p]);
        Arrays.setAll(mean, d -> mean[d] + unit[d]);
      }
      double norm = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
      float[] scores = TinyCorpus.scores(ranker, CORPUS, user, position);
      for (int item = 1; item <= ITEMS; item++) {
        double dot = 0;
        for (int d = 0; d < DIMS; d++) {
          dot += unit(item)[d] * mean[d] / norm;
        }
        assertEquals(dot, scores[item - 1], 1e-5);
      }
    }
  }

  private static double[] unit(int item) {
    double[] unit = new double[DIMS];
    for (int d = 0; d < DIMS; d++) {
      double centre = 0;
      for (int other = 0; other < ITEMS; other++) {
        centre += VALUES[other * DIMS + d] / ITEMS;
      }
      unit[d] = VALUES[(item - 1) * DIMS + d] - centre;
    }
    double norm = Math.sqrt(Arrays.stream(unit).map(x -> x * x).sum());
    Arrays.setAll(unit, d -> unit[d] / norm);
    return unit;
  }

  @Test
  void aMissingPictureIsNeutralAmongTheCandidates() {
    Corpus corpus = TinyCorpus.withoutPictures(CORPUS, 3, 5);
    ContentSimilarity ranker = ContentSimilarity.image(corpus, FEATURES, 4);
    float[] scores = TinyCorpus.scores(ranker, corpus, 2, 3);
    double sum = 0;
    for (int item = 1; item <= ITEMS; item++) {
      sum += item == 3 || item == 5 ? 0 : scores[item - 1];
    }
    assertEquals(sum / (ITEMS - 2), scores[2], 1e-6);
    assertEquals(scores[2], scores[4]);
    assertTrue(Arrays.stream(new int[] {0, 1, 3}).anyMatch(i -> scores[i] != scores[2]));
  }

  @Test
  void eventsWithoutAPictureAreSteppedOverAndNobodyIsPreferredWithoutAny() {
    int[] history = {2, 4, 3, 5, 1, 1, 1};
    Corpus whole = TinyCorpus.of(ITEMS, history, new int[] {3, 5, 2, 2});
    Corpus corpus = TinyCorpus.withoutPictures(whole, 3, 5);
    ContentSimilarity ranker = ContentSimilarity.image(corpus, FEATURES, 2);
    assertArrayEquals(
        TinyCorpus.scores(ranker, corpus, 0, 2), TinyCorpus.scores(ranker, corpus, 0, 4));
    assertArrayEquals(new float[ITEMS], TinyCorpus.scores(ranker, corpus, 1, 2));
  }

  @Test
  void withoutAnyPictureThereIsNoRanker() {
    Corpus corpus = TinyCorpus.withoutPictures(CORPUS, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> ContentSimilarity.image(corpus, FEATURES, 4));
    assertTrue(e.getMessage().contains("picture"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ContentSimilarity.text(CORPUS, FEATURES, 0));
  }
}
