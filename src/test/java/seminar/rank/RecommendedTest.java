package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;

class RecommendedTest {
  private final Corpus corpus = TinyCorpus.of(6, new int[] {2, 5, 2}, new int[] {1, 2, 3, 4, 5, 6});

  /** Every item scores minus its distance to 4. */
  private static final Ranker NEAR_FOUR =
      requests -> {
        float[] scores = new float[requests.candidates()[0].length];
        for (int c = 0; c < scores.length; c++) {
          scores[c] = -Math.abs(requests.candidates()[0][c] - 4);
        }
        return new float[][] {scores};
      };

  private List<Integer> items(int user, int k) {
    return Recommended.best(NEAR_FOUR, corpus, user, k).stream().map(Recommended::item).toList();
  }

  @Test
  void theBestOfWhatTheUserHasNotMetComesFirstAndTiesGoToTheLowerNumber() {
    assertEquals(List.of(4, 3, 6, 1), items(0, 10));
    assertEquals(List.of(4, 3), items(0, 2));
    Recommended first = Recommended.best(NEAR_FOUR, corpus, 0, 1).getFirst();
    assertEquals(new Recommended(4, "item 4", "text", 0f), first);
  }

  @Test
  void theMomentIsAfterTheWholeHistory() {
    Ranker looking =
        requests -> {
          assertArrayEquals(new int[] {3}, requests.positions());
          return new float[][] {new float[requests.candidates()[0].length]};
        };
    assertEquals(4, Recommended.best(looking, corpus, 0, 9).size());
  }

  @Test
  void aUserWhoHasMetEverythingIsRecommendedNothing() {
    assertEquals(List.of(), items(1, 3));
  }

  @Test
  void usersAndCountsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> items(0, 0));
    assertThrows(IllegalArgumentException.class, () -> items(2, 1));
    assertThrows(IllegalArgumentException.class, () -> items(-1, 1));
  }
}
