package seminar.data;

import java.util.Locale;

/**
 * Sizes and shares of a corpus (paper Table 1, with what it leaves out).
 *
 * @param users how many lives
 * @param items how many items in the catalogue
 * @param queries how many distinct queries beside the empty one
 * @param events how many events in all lives
 * @param meanLength events per life; 0 without users
 * @param maxLength events of the longest life
 * @param queryShare share of events with a query
 * @param textShare share of events whose item has text features
 * @param imageShare share of events whose item has picture features
 */
public record CorpusStatistics(
    int users,
    int items,
    int queries,
    long events,
    double meanLength,
    int maxLength,
    double queryShare,
    double textShare,
    double imageShare) {
  /** Counts a corpus; a share of no events is 0. */
  public static CorpusStatistics of(Corpus corpus) {
    Histories histories = corpus.histories();
    Catalog catalog = corpus.catalog();
    int longest = 0;
    for (int user = 0; user < histories.users(); user++) {
      longest = Math.max(longest, histories.length(user));
    }
    long queried = 0;
    long texts = 0;
    long images = 0;
    for (long event = 0; event < histories.events(); event++) {
      int item = histories.item(event);
      queried += histories.query(event) == Queries.EMPTY ? 0 : 1;
      texts += catalog.textRow(item) == Catalog.ABSENT ? 0 : 1;
      images += catalog.imageRow(item) == Catalog.ABSENT ? 0 : 1;
    }
    double events = Math.max(1, histories.events());
    return new CorpusStatistics(
        histories.users(),
        catalog.size(),
        corpus.queries().size(),
        histories.events(),
        (double) histories.events() / Math.max(1, histories.users()),
        longest,
        queried / events,
        texts / events,
        images / events);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d users, %,d items, %,d queries, %,d events, mean length %.1f, longest %,d, "
            + "%.1f %% with a query, %.1f %% with text, %.1f %% with a picture",
        users,
        items,
        queries,
        events,
        meanLength,
        maxLength,
        100 * queryShare,
        100 * textShare,
        100 * imageShare);
  }
}
