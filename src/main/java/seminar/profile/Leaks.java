package seminar.profile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.ItemQueries;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.data.TestMode;
import seminar.math.Rng;

/**
 * What the queries beside candidates give away, from the data alone: on logs whose queries were
 * made from the items themselves the query nearly names the positive ({@link TestMode#SEARCH}), and
 * where only some items have a query, having one may mark the positive ({@link TestMode#PAIR}).
 *
 * @param targets how many test targets there are
 * @param queried share of test targets with a query
 * @param ownItem share of those queries of which every word stands in the text or the attributes of
 *     the item that was found
 * @param otherItem the same share for a random other item: the control
 * @param queriedNegatives share of uniform negatives that bring a query of their own in {@link
 *     TestMode#PAIR}, in expectation over all draws
 */
public record Leaks(
    int targets, double queried, double ownItem, double otherItem, double queriedNegatives) {
  /** A mode is flagged where its two shares lie further apart than this. */
  public static final double SUSPICIOUS_GAP = 0.1;

  /** Shares of fewer queries than this say little. */
  private static final int FEW = 100;

  /**
   * Looks at every test target of a split.
   *
   * @param seed of the random other items
   */
  public static Leaks of(Corpus corpus, Split split, long seed) {
    Histories histories = corpus.histories();
    Split.Targets targets = split.testTargets();
    SplittableRandom rng = Rng.stream("leaks/other", seed);
    int items = corpus.catalog().size();
    int queried = 0;
    int own = 0;
    int other = 0;
    for (int i = 0; i < targets.size(); i++) {
      long event = histories.start(targets.users()[i]) + targets.positions()[i];
      int query = histories.query(event);
      if (query != Queries.EMPTY) {
        int item = histories.item(event);
        queried++;
        own += names(corpus, query, item) ? 1 : 0;
        other += items > 1 && names(corpus, query, otherThan(item, items, rng)) ? 1 : 0;
      }
    }
    return new Leaks(
        targets.size(),
        share(queried, targets.size()),
        share(own, queried),
        share(other, queried),
        queriedNegatives(corpus, split, targets));
  }

  private static double share(double part, long all) {
    return part / Math.max(1, all);
  }

  private static int otherThan(int item, int items, SplittableRandom rng) {
    int drawn = 1 + rng.nextInt(items - 1);
    return drawn < item ? drawn : drawn + 1;
  }

  /**
   * Whether every word of the query stands in the item's text or in the name of one of its
   * attributes, without the kind before the colon.
   */
  static boolean names(Corpus corpus, int query, int item) {
    Catalog catalog = corpus.catalog();
    Set<String> words = new HashSet<>(Queries.tokenize(catalog.text(item)));
    for (int attribute : catalog.attributes(item)) {
      String name = catalog.attributeName(attribute);
      words.addAll(Queries.tokenize(name.substring(name.indexOf(':') + 1)));
    }
    return Arrays.stream(corpus.queries().tokens(query))
        .mapToObj(corpus.queries()::keyword)
        .allMatch(words::contains);
  }

  /** Mean over targets of the share of unmet items that have a query in training. */
  private static double queriedNegatives(Corpus corpus, Split split, Split.Targets targets) {
    Histories histories = corpus.histories();
    int items = corpus.catalog().size();
    ItemQueries own = ItemQueries.fit(histories, split, items);
    int queried = own.queried();
    BitSet met = new BitSet(items + 1);
    double sum = 0;
    for (int user : targets.users()) {
      met.clear();
      int metQueried = 0;
      for (long event = histories.start(user); event < histories.start(user + 1); event++) {
        int item = histories.item(event);
        metQueried += !met.get(item) && own.query(item) != Queries.EMPTY ? 1 : 0;
        met.set(item);
      }
      sum += share(queried - metQueried, items - met.cardinality());
    }
    return share(sum, targets.size());
  }

  /** Whether the query in search mode tells the positive from other items. */
  boolean searchLeaks() {
    return ownItem - otherItem > SUSPICIOUS_GAP;
  }

  /** Whether in pair mode having a query tells the positive from negatives. */
  boolean pairLeaks() {
    return Math.abs(queried - queriedNegatives) > SUSPICIOUS_GAP;
  }

  /** What follows for each mode, in one sentence each. */
  public List<String> sentences() {
    return List.of(
        "recommendation mode: no candidate has a query, so none gives anything away",
        search(),
        pair());
  }

  private String search() {
    if (queried == 0) {
      return "search mode: no test target has a query, so it is the same as recommendation mode";
    }
    return String.format(
        Locale.ROOT,
        "search mode%s: of %,d queries %.1f %% are words of the item's own text, %.1f %% of a"
            + " random item's%s",
        searchLeaks() ? " leaks" : "",
        Math.round(queried * targets),
        100 * ownItem,
        100 * otherItem,
        queried * targets < FEW ? " (too few to be sure)" : "");
  }

  private String pair() {
    return String.format(
        Locale.ROOT,
        "pair mode%s: %.1f %% of positives have a query, %.1f %% of negatives: having %s the"
            + " positive",
        pairLeaks() ? " leaks" : "",
        100 * queried,
        100 * queriedNegatives,
        !pairLeaks()
            ? "one does not mark"
            : queried > queriedNegatives ? "one marks" : "none marks");
  }
}
