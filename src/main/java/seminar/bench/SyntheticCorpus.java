package seminar.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.math.Rng;

/**
 * Corpora of stated sizes without any meaning: items, queries, keywords and attributes are drawn
 * uniformly, features are noise. Nothing repeats more than chance has it, so a batch has as many
 * distinct items as it can: no real log is harder.
 */
final class SyntheticCorpus {
  private static final int KEYWORDS = 20_000;
  private static final int ATTRIBUTES = 1_000;
  private static final int ATTRIBUTES_OF_AN_ITEM = 3;

  private final TrainShape shape;
  private final long seed;
  private final Catalog catalog;
  private final Queries queries;
  private final Features features;

  SyntheticCorpus(TrainShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
    catalog = catalog();
    queries = queries();
    features = new Features(noise("text"), noise("image"));
  }

  private Catalog catalog() {
    SplittableRandom rng = Rng.stream("bench/attributes", seed);
    Catalog.Builder items = new Catalog.Builder();
    for (int item = 0; item < shape.items(); item++) {
      List<String> attributes =
          IntStream.range(0, ATTRIBUTES_OF_AN_ITEM)
              .mapToObj(i -> "attribute:" + rng.nextInt(ATTRIBUTES))
              .toList();
      items.add("item" + item, "", attributes, item, item);
    }
    return items.build();
  }

  private Queries queries() {
    SplittableRandom rng = Rng.stream("bench/keywords", seed);
    Queries.Builder texts = new Queries.Builder();
    for (int query = 0; query < shape.queries(); query++) {
      List<String> words =
          IntStream.range(0, shape.keywords())
              .mapToObj(i -> "keyword" + rng.nextInt(KEYWORDS))
              .toList();
      texts.add("query " + query, words);
    }
    return texts.build();
  }

  private FeatureStore noise(String name) {
    SplittableRandom rng = Rng.stream("bench/features/" + name, seed);
    float[] values = new float[Math.multiplyExact(shape.items(), shape.features())];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * rng.nextFloat() - 1;
    }
    return FeatureStore.of(shape.features(), values);
  }

  /** Histories whose last {@code targets} training targets see {@code events} events or more. */
  Corpus corpus(int users, int events, int targets) {
    SplittableRandom rng = Rng.stream("bench/lives/" + events + "/" + targets, seed);
    Histories.Builder histories = new Histories.Builder(false, false);
    int heldOut = 2; // validation and test
    for (int user = 0; user < users; user++) {
      histories.user("user" + user);
      for (int event = 0; event < events + targets + heldOut; event++) {
        histories.add(1 + rng.nextInt(shape.items()), 1 + rng.nextInt(shape.queries()));
      }
    }
    return new Corpus(
        Manifest.of("bench", "bench/1"), catalog, queries, histories.build(), FeatureFiles.none());
  }

  /** Features of every item. */
  Features features() {
    return features;
  }
}
