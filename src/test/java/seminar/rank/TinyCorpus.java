package seminar.rank;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.math.Rng;

/** Corpora small enough to count by hand. */
final class TinyCorpus {
  private TinyCorpus() {}

  /** Histories given as items; item i has text row and picture row i - 1. */
  static Corpus of(int items, int[]... histories) {
    Catalog.Builder catalog = new Catalog.Builder();
    for (int item = 1; item <= items; item++) {
      catalog.add("item " + item, "text", List.of("kind:" + item % 3), item - 1, item - 1);
    }
    Histories.Builder builder = new Histories.Builder(false, false);
    for (int user = 0; user < histories.length; user++) {
      builder.user("user " + user);
      Arrays.stream(histories[user]).forEach(item -> builder.add(item, Queries.EMPTY));
    }
    return new Corpus(
        Manifest.of("tiny", "test/1"),
        catalog.build(),
        new Queries.Builder().build(),
        builder.build(),
        FeatureFiles.none());
  }

  /** The same corpus, in which some items have no picture. */
  static Corpus withoutPictures(Corpus corpus, int... items) {
    int[] rows = new int[corpus.catalog().size() + 1];
    Arrays.setAll(rows, item -> item - 1);
    int[] pictures = rows.clone();
    for (int item : items) {
      pictures[item] = Catalog.ABSENT;
    }
    return new Corpus(
        corpus.manifest(),
        corpus.catalog().withRows(rows, pictures),
        corpus.queries(),
        corpus.histories(),
        corpus.features());
  }

  /** Random histories, some items more frequent than others. */
  static int[][] histories(int users, int items, int most, long seed) {
    SplittableRandom rng = Rng.stream("test/lives", seed);
    int[][] histories = new int[users][];
    for (int user = 0; user < users; user++) {
      histories[user] = new int[3 + rng.nextInt(most - 2)];
      Arrays.setAll(histories[user], p -> 1 + Math.min(rng.nextInt(items), rng.nextInt(items)));
    }
    return histories;
  }

  /** All items at one request of one user. */
  static float[] scores(Ranker ranker, Corpus corpus, int user, int position) {
    int[] all = new int[corpus.catalog().size()];
    Arrays.setAll(all, i -> i + 1);
    return ranker
        .score(new Ranker.Requests(new int[] {user}, new int[] {position}, new int[][] {all}))[0];
  }
}
