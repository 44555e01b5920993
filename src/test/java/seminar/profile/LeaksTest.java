package seminar.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.ItemQueries;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.world.World;
import seminar.world.WorldOptions;

class LeaksTest {
  /** Four items, each named by a query of its own; histories of three events over them. */
  private static Corpus corpus(int[][] items, boolean queried) {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("1", "Red lamp", List.of("brand:Acme"), -1, -1);
    catalog.add("2", "Blue chair", List.of("brand:Bolt"), -1, -1);
    catalog.add("3", "", List.of("category:Tea"), -1, -1);
    catalog.add("4", "Green tent", List.of(), -1, -1);
    Queries.Builder queries = new Queries.Builder();
    int[] names = {
      0, queries.add("ACME lamp"), queries.add("chair"), queries.add("tea"), queries.add("brand")
    };
    Histories.Builder histories = new Histories.Builder(false, false);
    for (int user = 0; user < items.length; user++) {
      histories.user("u" + user);
      for (int item : items[user]) {
        histories.add(item, queried ? names[item] : 0);
      }
    }
    return new Corpus(
        Manifest.of("leaky", "test/1"),
        catalog.build(),
        queries.build(),
        histories.build(),
        FeatureFiles.none());
  }

  private static Leaks of(Corpus corpus) {
    return Leaks.of(corpus, Split.leaveOneOut(corpus.histories()), 1);
  }

  @Test
  void aQueryNamesAnItemWhoseTextOrAttributesHoldAllItsWords() {
    Corpus corpus = corpus(new int[][] {{1, 2, 3}}, true);
    boolean[][] expected = {
      {true, false, false, false}, // ACME lamp: one word from the text, one from the brand
      {false, true, false, false},
      {false, false, true, false},
      {false, false, false, false} // "brand" is a kind of attribute, not a name
    };
    for (int query = 1; query <= 4; query++) {
      for (int item = 1; item <= 4; item++) {
        assertEquals(expected[query - 1][item - 1], Leaks.names(corpus, query, item));
      }
    }
  }

  @Test
  void queriesMadeFromItemsGiveTheAnswerAwayInSearchMode() {
    Leaks leaks = of(corpus(new int[][] {{1, 2, 3}, {3, 2, 1}, {1, 3, 2}, {1, 2, 4}}, true));
    assertEquals(4, leaks.targets());
    assertEquals(1, leaks.queried());
    assertEquals(0.75, leaks.ownItem(), "'brand' names nothing");
    assertEquals(0, leaks.otherItem());
    assertTrue(leaks.searchLeaks());
    assertEquals(
        "search mode leaks: of 4 queries 75.0 % are words of the item's own text, 0.0 % of a random"
            + " item's (too few to be sure)",
        leaks.sentences().get(1));
  }

  @Test
  void inPairModeAQueryThatNegativesLackMarksThePositive() {
    // Items 1 and 3 are found in training; users 0 and 1 have not met item 4, user 2 not item 2.
    Leaks leaks = of(corpus(new int[][] {{1, 2, 3}, {3, 2, 1}, {1, 3, 4}}, true));
    assertEquals(0, leaks.queriedNegatives());
    assertTrue(leaks.pairLeaks());
    assertEquals(
        "pair mode leaks: 100.0 % of positives have a query, 0.0 % of negatives: having one marks"
            + " the positive",
        leaks.sentences().get(2));
    Leaks even = new Leaks(10, 0.5, 0.3, 0.25, 0.45);
    assertFalse(even.pairLeaks() || even.searchLeaks());
    assertEquals(
        "search mode: of 1,000 queries 30.0 % are words of the item's own text, 25.0 % of a random"
            + " item's",
        new Leaks(2000, 0.5, 0.3, 0.25, 0.45).sentences().get(1));
    assertTrue(even.sentences().get(2).endsWith("having one does not mark the positive"));
    assertTrue(
        new Leaks(10, 0.1, 0, 0, 0.9)
            .sentences()
            .get(2)
            .endsWith("having none marks the positive"));
  }

  @Test
  void withoutQueriesThereIsNoSearchMode() {
    Leaks leaks = of(corpus(new int[][] {{1, 2, 3}}, false));
    assertEquals(new Leaks(1, 0, 0, 0, 0), leaks);
    assertTrue(leaks.sentences().get(1).contains("no test target has a query"));
    assertEquals(new Leaks(0, 0, 0, 0, 0), of(corpus(new int[][] {{1}, {}}, true)));
  }

  @Test
  void theShareOfNegativesWithAQueryIsTheMeanOverUnmetItems() {
    Corpus corpus = World.of(WorldOptions.quick().withUsers(30)).corpus();
    Histories histories = corpus.histories();
    Split split = Split.leaveOneOut(histories);
    ItemQueries own = ItemQueries.fit(histories, split, corpus.catalog().size());
    double sum = 0;
    for (int user : split.testUsers()) {
      Set<Integer> met = new HashSet<>();
      for (long e = histories.start(user); e < histories.start(user + 1); e++) {
        met.add(histories.item(e));
      }
      double queried = 0;
      for (int item = 1; item <= corpus.catalog().size(); item++) {
        queried += !met.contains(item) && own.query(item) > 0 ? 1 : 0;
      }
      sum += queried / (corpus.catalog().size() - met.size());
    }
    Leaks leaks = Leaks.of(corpus, split, 1);
    assertEquals(sum / split.testUsers().length, leaks.queriedNegatives(), 1e-12);
    assertEquals(leaks, Leaks.of(corpus, split, 1));
  }
}
