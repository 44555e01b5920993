package seminar.data;

import java.util.List;
import java.util.SplittableRandom;
import seminar.math.Rng;

/** Small corpora for tests. */
final class Lives {
  private Lives() {}

  /** Three items, two queries, lives of 3, 0 and 2 events with times and actions. */
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

  /** Lives of the given lengths over items drawn at random. */
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
}
