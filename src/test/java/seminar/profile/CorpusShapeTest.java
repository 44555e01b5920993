package seminar.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Lengths of histories, popularity of items, and the line of one history. */
class CorpusShapeTest {
  private static final Corpus WORLD = World.of(WorldOptions.quick().withUsers(50)).corpus();

  private static Corpus corpus(List<List<String>> attributes, Histories histories) {
    Catalog.Builder catalog = new Catalog.Builder();
    for (int i = 0; i < attributes.size(); i++) {
      catalog.add("i" + i, "", attributes.get(i), -1, -1);
    }
    Queries.Builder queries = new Queries.Builder();
    queries.add("tea");
    return new Corpus(
        Manifest.of("shape", "test/1"),
        catalog.build(),
        queries.build(),
        histories,
        FeatureFiles.none());
  }

  private static Histories none() {
    return new Histories.Builder(false, false).build();
  }

  @Test
  void theCurveOfLengthsIsTheShareOfHistoriesAtLeastThatLong() {
    HistoryLengths lengths = HistoryLengths.of(WORLD);
    Histories histories = WORLD.histories();
    assertEquals(50, lengths.users());
    assertEquals(
        IntStream.range(0, 50).map(histories::length).distinct().count(), lengths.points().size());
    for (HistoryLengths.Point point : lengths.points()) {
      long atLeast =
          IntStream.range(0, 50).filter(u -> histories.length(u) >= point.length()).count();
      assertEquals(atLeast / 50.0, point.share(), 1e-12);
    }
    assertTrue(HistoryLengths.of(corpus(List.of(), none())).points().isEmpty());
  }

  @Test
  void theCurveOfPopularityHoldsTheSortedCounts() {
    ItemPopularity popularity = ItemPopularity.of(WORLD);
    int[] counts = new int[WORLD.catalog().size()];
    for (long e = 0; e < WORLD.histories().events(); e++) {
      counts[WORLD.histories().item(e) - 1]--;
    }
    Arrays.sort(counts);
    for (ItemPopularity.Point point : popularity.points()) {
      assertEquals(-counts[point.rank() - 1], point.events(), "rank " + point.rank());
    }
    int occurring = (int) Arrays.stream(counts).filter(c -> c < 0).count();
    assertEquals(occurring, popularity.occurring());
    assertEquals(1, popularity.points().getFirst().rank());
    assertEquals(occurring, popularity.points().getLast().rank());
    double top = -Arrays.stream(counts).limit(Math.round(occurring * 0.1)).sum();
    assertEquals(top / WORLD.histories().events(), popularity.topTenth(), 1e-12);
    assertEquals(10, popularity.fit().orElseThrow().fromRank());
  }

  @Test
  void thePowerLawThatMadeTheCountsIsFound() {
    List<ItemPopularity.Point> points = new ArrayList<>();
    for (int rank = 1; rank <= 1000; rank += 1 + rank / 20) {
      points.add(new ItemPopularity.Point(rank, (int) Math.round(1e8 * Math.pow(rank, -1.3))));
    }
    ItemPopularity.Zipf zipf = ItemPopularity.fit(points, 10, 500).orElseThrow();
    assertEquals(1.3, zipf.exponent(), 1e-4);
    assertEquals(1e8, zipf.at(1), 1e5);
    assertTrue(zipf.fromRank() >= 10 && zipf.toRank() <= 500);
    assertTrue(ItemPopularity.fit(points.subList(0, 1), 1, 9).isEmpty());
    ItemPopularity nothing = ItemPopularity.of(corpus(List.of(List.of()), none()));
    assertEquals(0, nothing.occurring());
    assertEquals(0, nothing.topPercent());
    assertTrue(nothing.points().isEmpty() && nothing.fit().isEmpty());
  }

  @Test
  void theCategoriesAreOfTheKindThatTellsTheEventsApart() {
    List<List<String>> attributes =
        List.of(
            List.of("country:USA", "genre:Comedy", "director:A"),
            List.of("country:USA", "genre:Drama", "director:B"),
            List.of("country:USA", "genre:Comedy", "genre:Drama"),
            List.of());
    Histories.Builder histories = new Histories.Builder(true, true).user("u");
    histories.add(1, 0, 10, Histories.BROWSE).add(2, 1, 20, Histories.SEARCH);
    histories.add(3, 0, 30, Histories.BROWSE).add(4, 0, 40, Histories.SEARCH);
    HistoryLine history = HistoryLine.of(corpus(attributes, histories.build()), 0, 9);
    assertEquals("genre", history.kind());
    assertEquals(List.of("Comedy", "Drama"), history.categories());
    assertEquals(
        List.of("Comedy", "Drama", "Comedy", HistoryLine.OTHER),
        history.events().stream().map(HistoryLine.Event::category).toList());
    assertEquals(new HistoryLine.Event(1, 20, true, "tea", 2, "Drama"), history.events().get(1));
    assertTrue(history.timed());
  }

  @Test
  void onlyTheLatestEventsAreShownAndOnlyTheMostFrequentCategoriesNamed() {
    List<List<String>> attributes = new ArrayList<>();
    Histories.Builder histories = new Histories.Builder(false, false).user("u").add(1, 0).add(1, 0);
    for (int item = 1; item <= 9; item++) {
      attributes.add(List.of("a" + item));
      histories.add(item, 0).add(Math.max(item, 4), 0);
    }
    HistoryLine history = HistoryLine.of(corpus(attributes, histories.build()), 0, 18);
    assertEquals(20, history.length());
    assertEquals(2, history.events().getFirst().position());
    assertEquals("", history.kind());
    assertEquals(List.of("a4", "a5", "a6", "a7", "a8", "a9"), history.categories());
    assertEquals(HistoryLine.OTHER, history.events().getFirst().category());
    assertFalse(history.timed());
  }

  @Test
  void aTellingHistoryHasSearchesAndBrowsing() {
    Histories.Builder histories = new Histories.Builder(false, false);
    histories.user("browses").add(1, 0).add(1, 0).add(1, 0).add(1, 0);
    histories.user("both").add(1, 0).add(1, 1);
    histories.user("both, longer").add(1, 0).add(1, 1).add(1, 1);
    Corpus corpus = corpus(List.of(List.of()), histories.build());
    assertEquals("both, longer", HistoryLine.telling(corpus, 10).user());
    assertTrue(HistoryLine.telling(corpus, 10).categories().isEmpty());
    assertEquals("both", HistoryLine.telling(corpus, 2).user());
    assertThrows(IllegalArgumentException.class, () -> HistoryLine.of(corpus, 3, 10));
    Corpus empty = corpus(List.of(), new Histories.Builder(false, false).user("nothing").build());
    assertThrows(IllegalArgumentException.class, () -> HistoryLine.of(empty, 0, 10));
    assertThrows(
        IllegalArgumentException.class, () -> HistoryLine.telling(corpus(List.of(), none()), 10));
  }
}
