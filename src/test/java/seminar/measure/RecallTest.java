package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.TopK;

class RecallTest {
  @Test
  void isTheShareOfTheTruthThatWasFound() {
    assertEquals(0.5, Recall.of(new int[] {7, 2, 9, 4}, new int[] {4, 3, 2, 1}));
    assertEquals(1, Recall.of(new int[] {2, 1}, new int[] {1, 2}));
    assertEquals(0, Recall.of(new int[] {}, new int[] {1, 2}));
  }

  @Test
  void countsDistinctEventsOfANonEmptyTruth() {
    assertThrows(IllegalArgumentException.class, () -> Recall.of(new int[] {1}, new int[] {}));
    assertThrows(
        IllegalArgumentException.class, () -> Recall.of(new int[] {1, 1}, new int[] {1, 2}));
    assertThrows(IllegalArgumentException.class, () -> Recall.of(new int[] {1}, new int[] {2, 2}));
  }

  @Test
  void ofRepeatedVectorsCountsAnyOfThoseThatTie() {
    float[] scores = {1, 5, 3, 3, 3, 0}; // the best three: event 1 and two of 2, 3, 4
    assertEquals(1, Recall.among(new int[] {4, 1, 3}, scores, 3));
    assertEquals(1, Recall.among(new int[] {2, 3, 4}, scores, 3));
    assertEquals(1, Recall.among(new int[] {1, 2, 3, 4}, scores, 3));
    assertEquals(1 / 3.0, Recall.among(new int[] {0, 5, 4}, scores, 3));
    assertEquals(0, Recall.among(new int[] {2, 3}, scores, 1));
  }

  @Test
  void ofDistinctScoresIsTheShareOfTheBest() {
    float[] scores = new float[200];
    Rng.gaussian(Rng.stream("scores", 3), scores, 1);
    int[] found = Rng.stream("found", 3).ints(0, scores.length).distinct().limit(40).toArray();
    for (int k : new int[] {1, 10, 40, 200}) {
      int[] truth = TopK.of(scores, k).indices();
      assertEquals(Recall.of(found, truth), Recall.among(found, scores, k));
    }
  }

  @Test
  void refusesEventsThatAreNot() {
    float[] scores = {1, 2};
    assertThrows(IllegalArgumentException.class, () -> Recall.among(new int[] {2}, scores, 1));
    assertThrows(IllegalArgumentException.class, () -> Recall.among(new int[] {0, 0}, scores, 1));
    assertThrows(IllegalArgumentException.class, () -> Recall.among(new int[] {0}, scores, 3));
    assertThrows(IllegalArgumentException.class, () -> Recall.among(new int[] {0}, scores, 0));
  }
}
