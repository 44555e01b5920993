package seminar.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusStatistics;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.file.Progress;
import seminar.math.Workers;

class WorldTest {
  private static final World QUICK = World.of(WorldOptions.quick());

  @Test
  void theSameSeedMakesTheSameWorldAndAnotherSeedAnother() {
    World again = World.of(WorldOptions.quick());
    assertEquals(QUICK.corpus().hash(), again.corpus().hash());
    assertArrayEquals(
        pixels(QUICK.picture(firstPictured())), pixels(again.picture(firstPictured())));
    World other = World.of(WorldOptions.quick().withSeed(2));
    assertNotEquals(QUICK.corpus().hash(), other.corpus().hash());
  }

  @Test
  void anyNumberOfThreadsMakesTheSameWorld() {
    WorldOptions options = WorldOptions.quick().withUsers(60);
    World one = null;
    for (int threads : new int[] {1, 2, 5}) {
      try (Workers workers = Workers.of(threads)) {
        World world = World.of(options, workers, Progress.silent());
        one = one == null ? world : one;
        assertEquals(one.corpus().hash(), world.corpus().hash());
        for (long shown = 0; shown < 2 * world.corpus().histories().events(); shown++) {
          assertEquals(one.truth().clickLogOdds(shown), world.truth().clickLogOdds(shown));
        }
      }
    }
  }

  @Test
  void aHistoryDoesNotDependOnHowManyOthersThereAre() {
    Histories few = World.of(WorldOptions.quick().withUsers(5)).corpus().histories();
    Histories many = QUICK.corpus().histories();
    for (long event = 0; event < few.events(); event++) {
      assertEquals(few.item(event), many.item(event));
      assertEquals(few.time(event), many.time(event));
    }
  }

  @Test
  void whatIsHeardCountsHistories() {
    List<String> heard = new ArrayList<>();
    World.of(
        WorldOptions.quick().withUsers(3),
        Workers.common(),
        (what, done, total) -> heard.add("%s %d/%d".formatted(what, done, total)));
    assertEquals(
        List.of("writing histories 0/3", "writing histories 3/3", "writing titles 0/0"), heard);
  }

  @Test
  void idsArePlainNumbersAndTimesWholeSeconds() {
    Histories histories = QUICK.corpus().histories();
    assertEquals("world/2", QUICK.corpus().manifest().reader());
    assertEquals("1", histories.userId(0));
    assertEquals("400", histories.userId(399));
    for (int item = 1; item <= 1500; item++) {
      assertEquals(Integer.toString(item), QUICK.corpus().catalog().originalId(item));
    }
    for (long event = 0; event < histories.events(); event++) {
      assertEquals(0, histories.time(event) % 1000);
    }
  }

  @Test
  void sizesAndSharesAreAsDialled() {
    CorpusStatistics statistics = QUICK.corpus().statistics();
    assertEquals(400, statistics.users());
    assertEquals(1500, statistics.items());
    assertEquals(0.257, statistics.queryShare(), 0.01);
    assertEquals(150, statistics.meanLength(), 20);
    assertTrue(statistics.maxLength() > 400 && statistics.maxLength() <= 600);
    assertEquals(0.97, statistics.textShare(), 0.03);
    assertEquals(0.95, statistics.imageShare(), 0.03);
  }

  @Test
  void aHistoryHasAnItemAtMostOnceInTimeOrder() {
    Histories histories = QUICK.corpus().histories();
    for (int user = 0; user < histories.users(); user++) {
      boolean[] seen = new boolean[QUICK.corpus().catalog().size() + 1];
      for (long e = histories.start(user); e < histories.start(user + 1); e++) {
        assertFalse(seen[histories.item(e)]);
        seen[histories.item(e)] = true;
        assertTrue(e == histories.start(user) || histories.time(e) > histories.time(e - 1));
        assertEquals(
            histories.query(e) == Queries.EMPTY ? Histories.BROWSE : Histories.SEARCH,
            histories.action(e));
      }
    }
  }

  @Test
  void coldItemsAreSeenInTheOlderHalfAlone() {
    Histories histories = QUICK.corpus().histories();
    int cold = 0;
    for (int user = 0; user < histories.users(); user++) {
      int length = histories.length(user);
      for (int at = 0; at < length; at++) {
        if (QUICK.truth().cold(histories.item(histories.start(user) + at))) {
          assertTrue(2 * at < length);
          cold++;
        }
      }
    }
    assertEquals(0.15 / 2, (double) cold / histories.events(), 0.01);
  }

  @Test
  void theTruthRanksFarBetterThanPopularity() {
    Histories histories = QUICK.corpus().histories();
    int items = QUICK.corpus().catalog().size();
    Split split = Split.leaveOneOut(histories);
    double[] popularity = new double[items + 1];
    for (int user = 0; user < split.users(); user++) {
      for (int at = 0; at < split.trainEnd(user); at++) {
        popularity[histories.item(histories.start(user) + at)]++;
      }
    }
    double byPopularity = ndcg(split, user -> item -> popularity[item]);
    double byIntent = ndcg(split, user -> intentOracle(user, split));
    assertTrue(byPopularity > 0.2 && byPopularity < 0.35, "popularity " + byPopularity);
    assertTrue(byIntent > 0.6, "intent oracle " + byIntent);
  }

  /** Knows the intents behind the events of the prefix, recent ones counting more. */
  private static IntToDoubleFunction intentOracle(int user, Split split) {
    Truth truth = QUICK.truth();
    long start = QUICK.corpus().histories().start(user);
    double[] interest = new double[truth.intents()];
    for (int at = 0; at < split.testPosition(user); at++) {
      int intent = truth.eventIntent(start + at);
      if (intent != Truth.WANDERING) {
        double age = split.testPosition(user) - at;
        interest[intent] += Math.exp(-age / 4) + 0.3 * Math.exp(-age / 60);
      }
    }
    return item -> truth.cold(item) ? 0 : interest[truth.intent(item)] * truth.popularity(item);
  }

  private interface Scorer {
    IntToDoubleFunction of(int user);
  }

  /** NDCG@10 of the test target among 99 uniform negatives; ties count against it. */
  private static double ndcg(Split split, Scorer scorer) {
    Corpus corpus = QUICK.corpus();
    int[] users = split.testUsers();
    Negatives negatives = Negatives.uniform(corpus, users, 99, "test", 1);
    double sum = 0;
    for (int i = 0; i < users.length; i++) {
      IntToDoubleFunction score = scorer.of(users[i]);
      long event = corpus.histories().start(users[i]) + split.testPosition(users[i]);
      double target = score.applyAsDouble(corpus.histories().item(event));
      int rank = 0;
      for (int item : negatives.of(i)) {
        rank += score.applyAsDouble(item) >= target ? 1 : 0;
      }
      sum += rank < 10 ? Math.log(2) / Math.log(rank + 2) : 0;
    }
    return sum / users.length;
  }

  @Test
  void picturesOfOneIntentAreLikerThanPicturesOfTwo() {
    Truth truth = QUICK.truth();
    double same = 0;
    double other = 0;
    int sames = 0;
    int others = 0;
    int[] items = IntStream.rangeClosed(1, 150).filter(WorldTest::pictured).toArray();
    int[][] pictures =
        IntStream.of(items).mapToObj(i -> pixels(QUICK.picture(i))).toArray(int[][]::new);
    for (int a = 0; a < items.length; a++) {
      for (int b = a + 1; b < items.length; b++) {
        double distance = distance(pictures[a], pictures[b]);
        if (truth.imageIntent(items[a]) == truth.imageIntent(items[b])) {
          same += distance;
          sames++;
        } else {
          other += distance;
          others++;
        }
      }
    }
    assertTrue(same / sames < 0.7 * other / others, same / sames + " " + other / others);
  }

  @Test
  void anItemWithoutAPictureSaysSo() {
    int item = 1;
    while (pictured(item)) {
      item++;
    }
    int absent = item;
    assertThrows(IllegalArgumentException.class, () -> QUICK.picture(absent));
  }

  @Test
  void dialsOutsideTheirRangeAreNamed() {
    WorldOptions quick = WorldOptions.quick();
    Exception e = assertThrows(IllegalArgumentException.class, () -> quick.withItems(500, 24));
    assertTrue(e.getMessage().contains("maxLength 600"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> quick.withItems(1500, 97));
    assertThrows(IllegalArgumentException.class, () -> new WorldOptions.Modality(1.5, 0, 0, 1));
  }

  @Test
  void misalignmentAndMissingModalitiesFollowTheirDials() {
    World clean =
        World.of(
            WorldOptions.quick()
                .withUsers(10)
                .withText(new WorldOptions.Modality(0, 0, 0, 1))
                .withImage(new WorldOptions.Modality(0, 1, 0.5, 1)));
    Truth truth = clean.truth();
    int shifted = 0;
    int missing = 0;
    for (int item = 1; item <= 1500; item++) {
      assertEquals(truth.intent(item), truth.textIntent(item));
      assertNotEquals(Catalog.ABSENT, clean.corpus().catalog().textRow(item));
      shifted += truth.intent(item) == truth.imageIntent(item) ? 0 : 1;
      missing += clean.corpus().catalog().imageRow(item) == Catalog.ABSENT ? 1 : 0;
    }
    assertEquals(1500 * 23 / 24, shifted, 40);
    assertEquals(750, missing, 80);
  }

  @Test
  void aWorldWithFewColdItemsUsesThemUpAndGoesOn() {
    WorldOptions.Behaviour behaviour = new WorldOptions.Behaviour(3, 20, 60, 0, 1, 0, 6, 0, 1, 1);
    World small =
        World.of(WorldOptions.quick().withBehaviour(behaviour).withUsers(50).withItems(120, 30));
    assertEquals(0, small.corpus().statistics().queryShare());
    assertTrue(small.corpus().histories().events() > 500);
  }

  @Test
  void thereMayBeMoreIntentsThanTopics() {
    World wide = World.of(WorldOptions.quick().withUsers(20).withItems(1500, 60));
    assertEquals("modern coffee", wide.truth().name(26));
    assertEquals(60, wide.truth().intents());
  }

  private static boolean pictured(int item) {
    return QUICK.corpus().catalog().imageRow(item) != Catalog.ABSENT;
  }

  private static int firstPictured() {
    int item = 1;
    while (!pictured(item)) {
      item++;
    }
    return item;
  }

  private static int[] pixels(BufferedImage picture) {
    int w = picture.getWidth();
    return picture.getRGB(0, 0, w, picture.getHeight(), null, 0, w);
  }

  private static double distance(int[] a, int[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        sum += Math.abs((a[i] >> shift & 255) - (b[i] >> shift & 255));
      }
    }
    return sum / a.length;
  }
}
