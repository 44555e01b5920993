package seminar.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.math.Rng;
import seminar.measure.Auc;
import seminar.options.OptionPaths;

class ClicksTest {
  private static final World WORLD = World.of(WorldOptions.quick());
  private static final Exposures SHOWN = WORLD.corpus().exposures().orElseThrow();
  private static final Histories HISTORIES = WORLD.corpus().histories();

  @Test
  void theTruthTellsClicksFarBetterThanPopularityAndShuffledScoresTellNothing() {
    int n = Math.toIntExact(SHOWN.size());
    float[] truth = new float[n];
    float[] popularity = new float[n];
    float[] shuffled = new float[n];
    boolean[] clicks = new boolean[n];
    int[] order = Rng.permutation(Rng.stream("shuffle", 1), n);
    for (int i = 0; i < n; i++) {
      truth[i] = (float) WORLD.truth().clickLogOdds(i);
      shuffled[order[i]] = truth[i];
      popularity[i] = (float) WORLD.truth().popularity(SHOWN.item(i));
      clicks[i] = SHOWN.clicked(i);
    }
    double best = Auc.of(truth, clicks);
    double popular = Auc.of(popularity, clicks);
    assertTrue(best > 0.9, "truth " + best);
    assertTrue(best > Math.max(popular, 1 - popular) + 0.15, best + " " + popular);
    assertEquals(0.5, Auc.of(shuffled, clicks), 0.006);
  }

  @Test
  void aClickIsAsLikelyAsItsOddsSay() {
    double[] said = new double[10];
    double[] came = new double[10];
    double[] all = new double[10];
    for (long exposure = 0; exposure < SHOWN.size(); exposure++) {
      double chance = 1 / (1 + Math.exp(-WORLD.truth().clickLogOdds(exposure)));
      int bin = Math.min(9, (int) (10 * chance));
      said[bin] += chance;
      came[bin] += SHOWN.clicked(exposure) ? 1 : 0;
      all[bin]++;
    }
    for (int bin = 0; bin < 10; bin++) {
      assertTrue(all[bin] > 500);
      double error = 4 * Math.sqrt(0.25 / all[bin]);
      assertEquals(said[bin] / all[bin], came[bin] / all[bin], 0.01 + error);
    }
  }

  @Test
  void eachEventIsTheItemTakenFromASlateOfUnseenItems() {
    long exposure = 0;
    int first = 0;
    for (int user = 0; user < HISTORIES.users(); user++) {
      assertEquals(exposure, SHOWN.start(user));
      Set<Integer> seen = new HashSet<>();
      for (int at = 0; at < HISTORIES.length(user); at++) {
        long event = HISTORIES.start(user) + at;
        Set<Integer> slate = new HashSet<>();
        for (int i = 0; i < 2; i++, exposure++) {
          int item = SHOWN.item(exposure);
          assertEquals(HISTORIES.item(event) == item, SHOWN.clicked(exposure));
          assertEquals(at, SHOWN.position(exposure));
          assertEquals(HISTORIES.time(event), SHOWN.time(exposure));
          assertEquals(HISTORIES.query(event), SHOWN.query(exposure));
          assertFalse(seen.contains(item));
          assertTrue(slate.add(item));
          first += i == 0 && SHOWN.clicked(exposure) ? 1 : 0;
        }
        assertTrue(slate.contains(HISTORIES.item(event)));
        seen.add(HISTORIES.item(event));
      }
    }
    assertEquals(SHOWN.size(), exposure);
    assertEquals(0.5, (double) first / HISTORIES.events(), 0.01);
  }

  @Test
  void theShareOfClicksFollowsFromTheSizeOfSlates() {
    for (int beside : new int[] {1, 4}) {
      WorldOptions options =
          WorldOptions.quick().withUsers(10).withClicks(new WorldOptions.Clicks(beside, 0.5));
      Exposures shown = World.of(options).corpus().exposures().orElseThrow();
      long clicks = 0;
      for (long exposure = 0; exposure < shown.size(); exposure++) {
        clicks += shown.clicked(exposure) ? 1 : 0;
      }
      assertEquals(shown.size(), clicks * (1 + beside));
    }
  }

  @Test
  void aWorldWithoutSlatesHasNoExposures() {
    WorldOptions options =
        WorldOptions.quick().withUsers(3).withClicks(new WorldOptions.Clicks(0, 0.5));
    World world = World.of(options);
    assertTrue(world.corpus().exposures().isEmpty());
    assertThrows(IndexOutOfBoundsException.class, () -> world.truth().clickLogOdds(0));
  }

  @Test
  void itemsThatAreNearAreHarderToTell() {
    double[] auc = new double[2];
    for (int i = 0; i < 2; i++) {
      WorldOptions options =
          WorldOptions.quick().withUsers(150).withClicks(new WorldOptions.Clicks(1, 0.9 * i));
      World world = World.of(options);
      Exposures shown = world.corpus().exposures().orElseThrow();
      float[] scores = new float[(int) shown.size()];
      boolean[] clicks = new boolean[scores.length];
      for (int at = 0; at < scores.length; at++) {
        scores[at] = (float) world.truth().clickLogOdds(at);
        clicks[at] = shown.clicked(at);
      }
      auc[i] = Auc.of(scores, clicks);
    }
    assertTrue(auc[1] < auc[0] - 0.01, auc[0] + " " + auc[1]);
  }

  @Test
  void badDialsAreNamed() {
    for (double near : new double[] {-0.1, 1, Double.NaN}) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> new WorldOptions.Clicks(1, near));
      assertTrue(e.getMessage().contains("near"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> new WorldOptions.Clicks(-1, 0));
    WorldOptions.Clicks many = new WorldOptions.Clicks(400, 0);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> WorldOptions.quick().withClicks(many));
    assertTrue(e.getMessage().contains("shownBeside 400"), e.getMessage());
  }

  @Test
  void optionsComeBackFromTheirDescription() {
    WorldOptions options = WorldOptions.full().withSeed(77);
    assertEquals(options, OptionPaths.of(WorldOptions.class, OptionPaths.describe(options)));
    assertEquals("0.7", OptionPaths.describe(options).get("clicks.near"));
    Map<String, String> less = new HashMap<>(OptionPaths.describe(options));
    less.remove("behaviour.drift");
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> OptionPaths.of(WorldOptions.class, less));
    assertTrue(e.getMessage().contains("behaviour.drift is missing"), e.getMessage());
    less.put("behaviour.drift", "much");
    Exception text =
        assertThrows(
            IllegalArgumentException.class, () -> OptionPaths.of(WorldOptions.class, less));
    assertTrue(text.getMessage().contains("'much'"), text.getMessage());
    less.put("behaviour.drift", "2");
    Exception out =
        assertThrows(
            IllegalArgumentException.class, () -> OptionPaths.of(WorldOptions.class, less));
    assertTrue(out.getMessage().contains("drift is 2.0"), out.getMessage());
    assertArrayEquals(
        new String[] {"users", "items", "intents"},
        OptionPaths.describe(options).keySet().stream().limit(3).toArray());
  }
}
