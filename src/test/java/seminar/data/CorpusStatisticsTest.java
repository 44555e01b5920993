package seminar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.CorpusStatistics.Clicks;
import seminar.data.CorpusStatistics.Coverage;
import seminar.data.CorpusStatistics.Lengths;
import seminar.data.CorpusStatistics.Sizes;

class CorpusStatisticsTest {
  private static final double EXACT = 1e-12;

  @Test
  void aTinyCorpusIsCountedByHand() {
    CorpusStatistics s = RandomHistories.tiny().statistics();
    assertEquals(new Sizes(3, 3, 2, 5), s.sizes());
    assertEquals(new Lengths(5 / 3.0, 2, 3), s.lengths());
    assertEquals(new Coverage(0.4, 0.8, 0.6, 0.8), s.ofEvents());
    assertEquals(new Coverage(2 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0), s.ofItems());
    assertEquals(0.6, s.searchShare(), EXACT);
    assertEquals(0, s.repeatShare());
    assertEquals(new Clicks(0, 0), s.clicks());
    // u1 sees items 2 and 3 before its test target; u3 is for training only, its target is item 1.
    assertEquals(new ColdShare(1, 1), s.coldSliding());
  }

  @Test
  void aCorpusWithoutUsersHasNoShares() {
    Corpus tiny = RandomHistories.tiny();
    Histories none = new Histories.Builder(true, true).build();
    CorpusStatistics s =
        new Corpus(tiny.manifest(), tiny.catalog(), tiny.queries(), none, FeatureFiles.none())
            .statistics();
    assertEquals(new Sizes(0, 3, 2, 0), s.sizes());
    assertEquals(new Lengths(0, 0, 0), s.lengths());
    assertEquals(new Coverage(0, 0, 0, 0), s.ofEvents());
    assertEquals(new Coverage(0, 2 / 3.0, 2 / 3.0, 2 / 3.0), s.ofItems());
    assertEquals(new ColdShare(0, 0), s.coldSliding());
    assertEquals(0, s.searchShare() + s.repeatShare());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sharesOfEventsAgreeWithBruteForce(long seed) {
    Corpus corpus = RandomHistories.corpus(seed, 30, 12);
    Histories h = corpus.histories();
    CorpusStatistics s = corpus.statistics();
    double events = h.events();
    double searches = 0;
    double repeats = 0;
    double attributes = 0;
    double images = 0;
    for (int user = 0; user < h.users(); user++) {
      Set<Integer> met = new HashSet<>();
      for (long e = h.start(user); e < h.start(user + 1); e++) {
        searches += h.action(e) == Histories.SEARCH ? 1 : 0;
        repeats += met.add(h.item(e)) ? 0 : 1;
        attributes += corpus.catalog().attributes(h.item(e)).length > 0 ? 1 : 0;
        images += corpus.catalog().imageRow(h.item(e)) >= 0 ? 1 : 0;
      }
    }
    assertEquals(searches / events, s.searchShare(), EXACT);
    assertEquals(repeats / events, s.repeatShare(), EXACT);
    assertEquals(attributes / events, s.ofEvents().attributes(), EXACT);
    assertEquals(images / events, s.ofEvents().image(), EXACT);
    int[] lengths = IntStream.range(0, 30).map(h::length).sorted().toArray();
    assertEquals((lengths[14] + lengths[15]) / 2.0, s.lengths().median(), EXACT);
    Exposures shown = corpus.exposures().orElseThrow();
    long clicked = 0;
    for (long e = 0; e < shown.size(); e++) {
      clicked += shown.clicked(e) ? 1 : 0;
    }
    assertEquals(new Clicks(shown.size(), clicked / (double) shown.size()), s.clicks());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void insufficientLearningAgreesWithItsDefinition(long seed) {
    Corpus corpus = RandomHistories.corpus(seed, 9, 40);
    Histories h = corpus.histories();
    CorpusStatistics s = corpus.statistics();
    assertEquals(cold(h, Split.leaveOneOut(h)), s.coldSliding());
    assertEquals(cold(h, Split.lastOnly(h)), s.coldLastOnly());
    assertTrue(s.coldLastOnly().events() >= s.coldSliding().events());
    Split byTime = Split.byTime(h, 6, 12);
    assertEquals(cold(h, byTime), ColdShare.of(h, byTime, 40));
  }

  private static ColdShare cold(Histories h, Split split) {
    Set<Integer> targets = new HashSet<>();
    for (int user = 0; user < h.users(); user++) {
      for (int p = split.trainStart(user); p < split.trainEnd(user); p++) {
        targets.add(h.item(h.start(user) + p));
      }
    }
    Set<Integer> visible = new HashSet<>();
    double seen = 0;
    double cold = 0;
    for (int user : split.testUsers()) {
      for (int p = 0; p < split.testEnd(user) - 1; p++) {
        int item = h.item(h.start(user) + p);
        visible.add(item);
        seen++;
        cold += targets.contains(item) ? 0 : 1;
      }
    }
    double coldItems = visible.stream().filter(item -> !targets.contains(item)).count();
    return new ColdShare(cold / seen, coldItems / visible.size());
  }
}
