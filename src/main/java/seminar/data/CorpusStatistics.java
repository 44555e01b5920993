package seminar.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * Sizes and shares of a corpus (paper Table 1, with what it leaves out). A share of nothing is 0.
 *
 * @param sizes how many there are of everything
 * @param lengths how long histories are
 * @param ofEvents what the events have
 * @param ofItems what the items of the catalogue have
 * @param searchShare share of events that came from a search, by what the log says of the action
 * @param repeatShare share of events whose item occurred before in the same history
 * @param clicks what users were shown
 * @param coldSliding insufficient learning when all but the last two events are training targets
 *     ({@link Split#leaveOneOut})
 * @param coldLastOnly insufficient learning with one training target for each user ({@link
 *     Split#lastOnly}, the released code)
 */
public record CorpusStatistics(
    Sizes sizes,
    Lengths lengths,
    Coverage ofEvents,
    Coverage ofItems,
    double searchShare,
    double repeatShare,
    Clicks clicks,
    ColdShare coldSliding,
    ColdShare coldLastOnly) {
  /**
   * How many there are.
   *
   * @param users histories
   * @param items items in the catalogue
   * @param queries distinct queries beside the empty one
   * @param events events in all histories
   */
  public record Sizes(int users, int items, int queries, long events) {}

  /**
   * Events in a history.
   *
   * @param mean over users
   * @param median over users; the mean of the two in the middle where their number is even
   * @param max of the longest history
   */
  public record Lengths(double mean, double median, int max) {
    /** Measures every history; all 0 without users. */
    public static Lengths of(Histories histories) {
      int users = histories.users();
      if (users == 0) {
        return new Lengths(0, 0, 0);
      }
      int[] lengths = new int[users];
      Arrays.setAll(lengths, histories::length);
      Arrays.sort(lengths);
      double median = (lengths[(users - 1) / 2] + (double) lengths[users / 2]) / 2;
      return new Lengths((double) histories.events() / users, median, lengths[users - 1]);
    }
  }

  /**
   * Shares that have a modality.
   *
   * @param query were found with a query (an item: in at least one event)
   * @param text whose item has text features
   * @param image whose item has picture features
   * @param attributes whose item has at least one attribute
   */
  public record Coverage(double query, double text, double image, double attributes) {}

  /**
   * Exposures.
   *
   * @param exposures how many there are; 0 where the log has none
   * @param rate share of them that were clicked
   */
  public record Clicks(long exposures, double rate) {}

  /** Counts a corpus: one pass over the events, one over items and exposures. */
  public static CorpusStatistics of(Corpus corpus) {
    Histories histories = corpus.histories();
    int items = corpus.catalog().size();
    EventTally events = new EventTally(histories, items);
    return new CorpusStatistics(
        new Sizes(histories.users(), items, corpus.queries().size(), histories.events()),
        Lengths.of(histories),
        events.ofEvents(corpus.catalog()),
        events.ofItems(corpus.catalog()),
        events.searchShare(),
        events.repeatShare(),
        corpus.exposures().map(CorpusStatistics::clicks).orElse(new Clicks(0, 0)),
        ColdShare.of(histories, Split.leaveOneOut(histories), items),
        ColdShare.of(histories, Split.lastOnly(histories), items));
  }

  private static Clicks clicks(Exposures exposures) {
    long clicked = 0;
    for (long shown = 0; shown < exposures.size(); shown++) {
      clicked += exposures.clicked(shown) ? 1 : 0;
    }
    return new Clicks(exposures.size(), (double) clicked / Math.max(1, exposures.size()));
  }

  /** How many histories. */
  public int users() {
    return sizes.users;
  }

  /** How many items are in the catalogue. */
  public int items() {
    return sizes.items;
  }

  /** How many distinct queries there are beside the empty one. */
  public int queries() {
    return sizes.queries;
  }

  /** How many events all histories have. */
  public long events() {
    return sizes.events;
  }

  /** Events per history. */
  public double meanLength() {
    return lengths.mean;
  }

  /** Events of the longest history. */
  public int maxLength() {
    return lengths.max;
  }

  /** Share of events with a query. */
  public double queryShare() {
    return ofEvents.query;
  }

  /** Share of events whose item has text features. */
  public double textShare() {
    return ofEvents.text;
  }

  /** Share of events whose item has picture features. */
  public double imageShare() {
    return ofEvents.image;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d users, %,d items, %,d queries, %,d events, mean length %.1f, longest %,d, "
            + "%.1f %% with a query, %.1f %% with text, %.1f %% with a picture",
        users(),
        items(),
        queries(),
        events(),
        meanLength(),
        maxLength(),
        100 * queryShare(),
        100 * textShare(),
        100 * imageShare());
  }
}
