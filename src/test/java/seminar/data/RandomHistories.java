package seminar.data;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import seminar.math.Rng;

/** Small corpora for tests. */
final class RandomHistories {
  private RandomHistories() {}

  /** Three items, two queries, histories of 3, 0 and 2 events with times and actions. */
  static Corpus tiny() {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("a", "Walnut lamp", List.of("brand:X", "category:light"), 0, Catalog.ABSENT);
    catalog.add("b", "", List.of(), Catalog.ABSENT, 0);
    catalog.add("ç", "Tèa ☕", List.of("category:light", "category:light"), 1, 1);
    Queries.Builder queries = new Queries.Builder();
    int lamp = queries.add("Desk Lamp");
    int tea = queries.add("lamp, tea");
    Histories.Builder histories = new Histories.Builder(true, true);
    histories.user("u1").add(1, lamp, 30, Histories.SEARCH).add(2, 0, 10, Histories.BROWSE);
    histories.add(3, 0, 10, Histories.SEARCH);
    histories.user("u2");
    histories.user("u3").add(3, tea, 5, Histories.SEARCH).add(1, 0, 6, Histories.BROWSE);
    return new Corpus(
        Manifest.of("tiny", "test/1"),
        catalog.build(),
        queries.build(),
        histories.build(),
        FeatureFiles.none());
  }

  /** Histories of the given lengths over items drawn at random. */
  static Histories random(int items, int... lengths) {
    SplittableRandom rng = Rng.stream("test/lives", 1);
    Histories.Builder histories = new Histories.Builder(false, false);
    for (int user = 0; user < lengths.length; user++) {
      histories.user("u" + user);
      for (int i = 0; i < lengths[user]; i++) {
        histories.add(1 + rng.nextInt(items), 0);
      }
    }
    return histories.build();
  }

  /**
   * A random corpus with everything that a log may have: 7 queries, times with ties, actions,
   * exposures, items without text, picture or attributes, empty and short histories.
   */
  static Corpus corpus(long seed, int users, int items) {
    SplittableRandom rng = Rng.stream("test/corpus", seed);
    Catalog.Builder catalog = new Catalog.Builder();
    for (int item = 1; item <= items; item++) {
      List<String> attributes = rng.nextInt(3) == 0 ? List.of() : List.of("kind:" + item % 3);
      catalog.add("i" + item, "word" + item, attributes, rng.nextInt(2) - 1, rng.nextInt(4) - 1);
    }
    Queries.Builder queries = new Queries.Builder();
    for (int query = 1; query <= 7; query++) {
      queries.add("word" + query);
    }
    Histories.Builder histories = new Histories.Builder(true, true);
    Exposures.Builder exposures = new Exposures.Builder(true);
    for (int user = 0; user < users; user++) {
      histories.user("u" + user);
      exposures.user();
      int length = rng.nextInt(13);
      for (int i = 0; i < length; i++) {
        int query = Math.max(0, rng.nextInt(12) - 4);
        byte action = rng.nextInt(3) == 0 ? Histories.SEARCH : Histories.BROWSE;
        histories.add(1 + rng.nextInt(items), query, rng.nextInt(20), action);
      }
      for (int i = 0; i < length; i++) {
        exposures.add(1 + rng.nextInt(items), 0, rng.nextInt(4) == 0, i, 2 * i);
      }
    }
    return new Corpus(
        Manifest.of("random", "test/1"),
        catalog.build(),
        queries.build(),
        histories.build(),
        Optional.of(exposures.build()),
        Optional.empty(),
        FeatureFiles.none());
  }
}
