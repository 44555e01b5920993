package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TestModeTest {
  private final Corpus corpus = RandomHistories.corpus(3, 50, 9);
  private final Split split = Split.leaveOneOut(corpus.histories());
  private final ItemQueries own = ItemQueries.fit(corpus.histories(), split, 9);

  @Test
  void anItemsQueryIsItsMostFrequentOneInTrainingAndTheLowestOfEquals() {
    Histories histories = corpus.histories();
    int queried = 0;
    for (int item = 1; item <= 9; item++) {
      Map<Integer, Integer> counts = new TreeMap<>();
      for (int user = 0; user < histories.users(); user++) {
        for (int p = 0; p < split.trainEnd(user); p++) {
          long event = histories.start(user) + p;
          if (histories.item(event) == item && histories.query(event) > 0) {
            counts.merge(histories.query(event), 1, Integer::sum);
          }
        }
      }
      int expected = 0;
      for (int query : counts.keySet()) {
        expected = expected == 0 || counts.get(query) > counts.get(expected) ? query : expected;
      }
      assertEquals(expected, own.query(item), "item " + item);
      queried += expected > 0 ? 1 : 0;
    }
    assertEquals(queried, own.queried());
    assertEquals(9, own.items());
  }

  @Test
  void queriesOfHeldOutEventsAreNotKnown() {
    Histories one =
        new Histories.Builder(false, false)
            .user("u")
            .add(1, 2)
            .add(1, 1)
            .add(2, 0)
            .add(3, 4)
            .add(3, 4)
            .build();
    ItemQueries known = ItemQueries.fit(one, Split.leaveOneOut(one), 4);
    assertEquals(1, known.query(1), "of equally frequent ones the lowest");
    assertEquals(0, known.query(2), "found without a query");
    assertEquals(0, known.query(3), "found with a query in held-out events alone");
    assertEquals(0, known.query(4), "never found");
  }

  @Test
  void eachModePutsItsQueriesBesideTheCandidates() {
    int[] candidates = {4, 1, 2, 3};
    assertArrayEquals(new int[4], TestMode.RECOMMENDATION.queries(6, candidates, own));
    assertArrayEquals(new int[] {6, 6, 6, 6}, TestMode.SEARCH.queries(6, candidates, own));
    assertArrayEquals(
        new int[] {6, own.query(1), own.query(2), own.query(3)},
        TestMode.PAIR.queries(6, candidates, own));
    assertArrayEquals(new int[4], TestMode.SEARCH.queries(0, candidates, own));
  }
}
