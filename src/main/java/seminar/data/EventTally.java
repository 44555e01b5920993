package seminar.data;

import java.util.BitSet;

/** What one pass over the events finds out. */
final class EventTally {
  private final long events;
  private final int[] occurrences;
  private final BitSet queried;
  private long queries;
  private long searches;
  private long repeats;

  EventTally(Histories histories, int items) {
    events = histories.events();
    occurrences = new int[items + 1];
    queried = new BitSet(items + 1);
    int[] lastUser = new int[items + 1];
    for (int user = 0; user < histories.users(); user++) {
      for (long event = histories.start(user); event < histories.start(user + 1); event++) {
        int item = histories.item(event);
        occurrences[item] = Math.incrementExact(occurrences[item]);
        repeats += lastUser[item] == user + 1 ? 1 : 0;
        lastUser[item] = user + 1;
        searches += histories.action(event) == Histories.SEARCH ? 1 : 0;
        if (histories.query(event) != Queries.EMPTY) {
          queries++;
          queried.set(item);
        }
      }
    }
  }

  double searchShare() {
    return share(searches, events);
  }

  double repeatShare() {
    return share(repeats, events);
  }

  CorpusStatistics.Coverage ofEvents(Catalog catalog) {
    long[] having = new long[3];
    for (int item = 1; item <= catalog.size(); item++) {
      add(catalog, item, occurrences[item], having);
    }
    return coverage(queries, having, events);
  }

  CorpusStatistics.Coverage ofItems(Catalog catalog) {
    long[] having = new long[3];
    for (int item = 1; item <= catalog.size(); item++) {
      add(catalog, item, 1, having);
    }
    return coverage(queried.cardinality(), having, catalog.size());
  }

  private static void add(Catalog catalog, int item, int times, long[] having) {
    having[0] += catalog.textRow(item) == Catalog.ABSENT ? 0 : times;
    having[1] += catalog.imageRow(item) == Catalog.ABSENT ? 0 : times;
    having[2] += catalog.attributeCount(item) == 0 ? 0 : times;
  }

  private static CorpusStatistics.Coverage coverage(long queries, long[] having, long all) {
    return new CorpusStatistics.Coverage(
        share(queries, all), share(having[0], all), share(having[1], all), share(having[2], all));
  }

  private static double share(long part, long all) {
    return (double) part / Math.max(1, all);
  }
}
