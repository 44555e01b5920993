package seminar.rank;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;

/**
 * Every ranker that learns no attention, with its usual options: what a table of models has above
 * its first line. One that a corpus cannot have is a line that says so.
 */
public enum PlainRankers {
  /** {@link Popularity}. */
  POPULARITY("popularity"),
  /** {@link Recency}. */
  RECENCY("recency"),
  /** {@link ItemNeighbours} over whole histories. */
  NEIGHBOURS("item neighbours"),
  /** {@link ItemNeighbours} of events that are near in time. */
  NEAR_NEIGHBOURS("item neighbours, near events"),
  /** {@link ItemTransitions}. */
  TRANSITIONS("item transitions"),
  /** {@link ContentSimilarity} of texts. */
  TEXT("text alone"),
  /** {@link ContentSimilarity} of pictures. */
  PICTURE("pictures alone"),
  /** {@link FieldModel#logisticRegression} of Tribuo. */
  REGRESSION("logistic regression"),
  /** {@link FieldModel#factorizationMachine} of Tribuo. */
  FACTORIZATION("factorization machine");

  private final String title;

  PlainRankers(String title) {
    this.title = title;
  }

  /** As it stands in tables. */
  public String title() {
    return title;
  }

  /** All of them, fitted one after the other. */
  public static List<PlainRanker> all(Corpus corpus, Features features, Split split, long seed) {
    return Arrays.stream(values()).map(one -> one.fit(corpus, features, split, seed)).toList();
  }

  /**
   * Fits this one to the training part of the histories.
   *
   * @param seed of what is drawn at random; only Tribuo's models are
   */
  public PlainRanker fit(Corpus corpus, Features features, Split split, long seed) {
    return switch (this) {
      case POPULARITY ->
          PlainRanker.of(
              title, Popularity.fit(corpus.histories(), split, corpus.catalog().size()), Map.of());
      case RECENCY -> PlainRanker.of(title, Recency.fit(corpus, split), Map.of());
      case NEIGHBOURS -> neighbours(corpus, split, ItemNeighbours.Options.usual());
      case NEAR_NEIGHBOURS -> neighbours(corpus, split, ItemNeighbours.Options.near());
      case TRANSITIONS -> {
        ItemTransitions.Options options = ItemTransitions.Options.usual();
        yield PlainRanker.of(title, ItemTransitions.fit(corpus, split, options), options.asMap());
      }
      case TEXT, PICTURE -> content(corpus, features);
      case REGRESSION, FACTORIZATION -> learned(corpus, split, seed);
    };
  }

  private PlainRanker neighbours(Corpus corpus, Split split, ItemNeighbours.Options options) {
    return PlainRanker.of(title, ItemNeighbours.fit(corpus, split, options), options.asMap());
  }

  private PlainRanker content(Corpus corpus, Features features) {
    Catalog catalog = corpus.catalog();
    IntUnaryOperator row = this == TEXT ? catalog::textRow : catalog::imageRow;
    if (IntStream.rangeClosed(1, catalog.size()).allMatch(i -> row.applyAsInt(i) < 0)) {
      return PlainRanker.notApplicable(
          title, "no item has a " + (this == TEXT ? "text" : "picture"));
    }
    int last = ContentSimilarity.LAST;
    Ranker ranker =
        this == TEXT
            ? ContentSimilarity.text(corpus, features, last)
            : ContentSimilarity.image(corpus, features, last);
    return PlainRanker.of(title, ranker, Map.of("last", "" + last));
  }

  private PlainRanker learned(Corpus corpus, Split split, long seed) {
    if (split.trainTargets() == 0) {
      return PlainRanker.notApplicable(title, "no history has a training target");
    }
    FieldOptions options = FieldOptions.usual();
    FieldModel model =
        this == REGRESSION
            ? FieldModel.logisticRegression(corpus, split, options, seed)
            : FieldModel.factorizationMachine(corpus, split, options, seed);
    return new PlainRanker(title, Optional.of(model), model.options(), model.provenance());
  }
}
