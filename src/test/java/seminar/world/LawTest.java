package seminar.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

/** The law that histories follow: what is drawn and what is said of its chances agree. */
class LawTest {
  private static final int ITEMS = 120;
  private static final int INTENTS = 4;
  private static final int DRAWS = 200_000;
  private static final double[] POPULARITY = {0.4, 0.3, 0.2, 0.1};
  private static final WorldOptions.Behaviour BEHAVIOUR =
      new WorldOptions.Behaviour(3, 20, 60, 0.3, 2, 0.3, 5, 0.2, 3, 0.25);
  private static final WorldOptions OPTIONS =
      WorldOptions.quick().withBehaviour(BEHAVIOUR).withUsers(1).withItems(ITEMS, INTENTS);
  private static final ItemTable TABLE = ItemTable.of(OPTIONS);
  private static final ItemStrata STRATA = new ItemStrata(TABLE, INTENTS, 5);

  private final SplittableRandom rng = Rng.stream("law", 1);
  private final UnseenItems unseen = new UnseenItems(STRATA, INTENTS);
  private final UserIntents userIntents = new UserIntents(BEHAVIOUR, OPTIONS.memory(), POPULARITY);
  private final Phrases phrases = new Phrases(INTENTS);
  private final NextItemLaw law =
      new NextItemLaw(BEHAVIOUR, STRATA, phrases, userIntents, unseen, INTENTS);

  LawTest() {
    unseen.reset();
    userIntents.draw(rng);
    userIntents.beginSession(rng, 0);
  }

  @Test
  void weightsOfAnIntentSumToOneAndFallByZipf() {
    double[] sums = new double[INTENTS];
    double[] highest = new double[INTENTS];
    for (int item = 1; item <= ITEMS; item++) {
      sums[TABLE.intents()[item]] += TABLE.weights()[item];
      highest[TABLE.intents()[item]] =
          Math.max(highest[TABLE.intents()[item]], TABLE.weights()[item]);
    }
    double harmonic = IntStream.rangeClosed(1, 30).mapToDouble(r -> Math.pow(r, -1.3)).sum();
    for (int intent = 0; intent < INTENTS; intent++) {
      assertEquals(1, sums[intent], 1e-6);
      assertEquals(1 / harmonic, highest[intent], 1e-6);
    }
  }

  @Test
  void aStratumHoldsTheItemsOfOneKind() {
    int seen = 0;
    for (int stratum = 0; stratum < STRATA.count(); stratum++) {
      double mass = 0;
      for (int place = 0; place < STRATA.size(stratum, stratum + 1); place++) {
        int item = STRATA.item(stratum, place);
        assertEquals(stratum, STRATA.of(item));
        mass += STRATA.weight(item);
        seen++;
      }
      assertEquals(mass, STRATA.mass(stratum), 1e-12);
    }
    assertEquals(ITEMS, seen);
  }

  @Test
  void drawsFollowTheWeightsOfWhatIsUnseenHoweverMuchIsSeen() {
    int favourite = 2;
    int[] order = heaviestFirst(1);
    for (int leave : new int[] {order.length, order.length / 2, 3, 1}) {
      unseen.reset();
      for (int i = 0; i < order.length - leave; i++) {
        unseen.see(order[i]);
      }
      double[] expected = new double[ITEMS + 1];
      for (int i = order.length - leave; i < order.length; i++) {
        boolean liked = TABLE.brands()[order[i]] == favourite;
        expected[order[i]] = TABLE.weights()[order[i]] * (liked ? 3.0 : 1);
      }
      double sum = Arrays.stream(expected).sum();
      assertEquals(sum, unseen.left(1, false, favourite, 3), 1e-9 * sum);
      Arrays.setAll(expected, item -> expected[item] / sum);
      assertDrawn(expected, () -> unseen.draw(rng, 1, false, favourite, 3));
    }
  }

  /** The warm items of an intent. */
  private static int[] heaviestFirst(int intent) {
    return IntStream.rangeClosed(1, ITEMS)
        .filter(item -> TABLE.intents()[item] == intent && !TABLE.cold()[item])
        .boxed()
        .sorted((a, b) -> Float.compare(TABLE.weights()[b], TABLE.weights()[a]))
        .mapToInt(item -> item)
        .toArray();
  }

  @Test
  void aSteepLawKeepsItsDigitsWhenTheHeavyItemsAreSeen() {
    WorldOptions.Behaviour plain = new WorldOptions.Behaviour(3, 20, 60, 0, 1, 0, 5, 0, 1, 0);
    WorldOptions steep = OPTIONS.withBehaviour(plain).withPopularitySkew(4).withItems(4000, 1);
    ItemTable table = ItemTable.of(steep);
    ItemStrata strata = new ItemStrata(table, 1, 5);
    UnseenItems worn = new UnseenItems(strata, 1);
    worn.reset();
    int[] items =
        IntStream.rangeClosed(1, 4000)
            .filter(item -> strata.of(item) == 0)
            .boxed()
            .sorted((a, b) -> Float.compare(table.weights()[b], table.weights()[a]))
            .mapToInt(item -> item)
            .toArray();
    for (int i = 0; i < items.length - 5; i++) {
      worn.see(items[i]);
    }
    double left = 0;
    for (int i = items.length - 5; i < items.length; i++) {
      left += table.weights()[items[i]];
    }
    double others = worn.left(0, false, 0, 1) - worn.left(0, false, 0, 0);
    assertEquals(left, others, 1e-3 * left + 1e-15);
  }

  @Test
  void whatIsLeftIsCounted() {
    assertFalse(unseen.anyUsedUp());
    for (int item = 1; item <= ITEMS; item++) {
      if (TABLE.cold()[item]) {
        assertTrue(unseen.hasCold());
        unseen.see(item);
      }
    }
    assertFalse(unseen.hasCold());
    assertTrue(unseen.anyUsedUp() && unseen.usedUp(3, true) && !unseen.usedUp(3, false));
    assertEquals(unseen.count(2, false), unseen.count(2, true));
    assertEquals(unseen.left(2, false), unseen.left(2, true));
  }

  @Test
  void theNextIntentIsExpectedAsOftenAsItComes() {
    for (boolean begins : new boolean[] {false, true}) {
      NextTaste next = new NextTaste(INTENTS, 5);
      userIntents.expect(begins, 1, UserIntents.EVERYTHING, next);
      double[] expected = IntStream.range(0, INTENTS).mapToDouble(next::usual).toArray();
      assertEquals(1, Arrays.stream(expected).sum(), 1e-12);
      double[] came = new double[INTENTS];
      for (int i = 0; i < 20_000; i++) {
        SplittableRandom random = Rng.stream("userIntents/" + i, 1);
        UserIntents copy = sameUser();
        if (begins) {
          copy.beginSession(random, 1);
        }
        came[random.nextDouble() < BEHAVIOUR.wander() ? copy.any(random) : copy.session()] +=
            1 / 20_000.0;
      }
      assertEqualsWithin(expected, came, 20_000);
    }
  }

  /** The user up to the same event. */
  private static UserIntents sameUser() {
    SplittableRandom rng = Rng.stream("law", 1);
    UserIntents userIntents = new UserIntents(BEHAVIOUR, OPTIONS.memory(), POPULARITY);
    userIntents.draw(rng);
    userIntents.beginSession(rng, 0);
    return userIntents;
  }

  @Test
  void theChancesOfAllUnseenItemsSumToOne() {
    for (int seen = 0; seen < 80; seen++) {
      for (boolean old : new boolean[] {false, true}) {
        for (boolean begins : new boolean[] {false, true}) {
          law.expect(begins, 1, UserIntents.EVERYTHING, old);
          assertEquals(1, sumOfChances(), 1e-9);
          law.observe(phrases.draw(rng, userIntents.session()));
          assertEquals(1, sumOfChances(), 1e-6);
        }
      }
      int next = seen;
      unseen.see(
          IntStream.rangeClosed(1, ITEMS)
              .filter(item -> !unseen.seen(item) && (next % 2 == 0 || TABLE.cold()[item]))
              .findFirst()
              .orElseGet(this::firstUnmet));
    }
    assertTrue(unseen.anyUsedUp());
  }

  private int firstUnmet() {
    return IntStream.rangeClosed(1, ITEMS).filter(i -> !unseen.seen(i)).findFirst().orElseThrow();
  }

  private double sumOfChances() {
    double sum = 0;
    for (int item = 1; item <= ITEMS; item++) {
      sum += unseen.seen(item) ? 0 : law.of(item);
    }
    return sum;
  }

  @Test
  void theSlateShowsWhatItsChancesSay() {
    Slate slate = new Slate(STRATA, 0.6, POPULARITY);
    IntStream.range(1, 60).forEach(unseen::see);
    for (boolean old : new boolean[] {true, false}) {
      slate.prepare(userIntents, unseen, old);
      double[] expected = new double[ITEMS + 1];
      for (int item = 60; item <= ITEMS; item++) {
        expected[item] = TABLE.cold()[item] && !old ? 0 : slate.chance(item);
      }
      assertEquals(1, Arrays.stream(expected).sum(), 1e-6);
      assertDrawn(expected, () -> slate.draw(rng, unseen, new int[1], 0));
    }
  }

  @Test
  void theSlateNeverShowsAnItemTwiceEvenWhenLittleIsLeft() {
    Slate slate = new Slate(STRATA, 0.99, POPULARITY);
    IntStream.rangeClosed(1, 110).filter(item -> !TABLE.cold()[item]).forEach(unseen::see);
    slate.prepare(userIntents, unseen, false);
    int left = (int) IntStream.rangeClosed(111, ITEMS).filter(i -> !TABLE.cold()[i]).count();
    int[] shown = new int[left];
    for (int i = 0; i < left; i++) {
      shown[i] = slate.draw(rng, unseen, shown, i);
      assertTrue(shown[i] > 110 && !TABLE.cold()[shown[i]]);
    }
    assertEquals(left, Arrays.stream(shown).distinct().count());
  }

  @Test
  void phrasesComeAsOftenAsTheirChancesSay() {
    Phrases wide = new Phrases(60);
    for (int intent : new int[] {0, 4, 30}) {
      double[] expected = new double[wide.size()];
      Arrays.setAll(expected, phrase -> wide.chance(phrase, intent));
      assertEquals(1, Arrays.stream(expected).sum(), 1e-5);
      assertDrawn(expected, () -> wide.draw(rng, intent));
    }
    double lanterns = 0;
    for (int phrase = 0; phrase < wide.size(); phrase++) {
      lanterns += wide.text(phrase).equals("lantern") ? wide.chance(phrase, 4) : 0;
    }
    assertEquals(1 / 36.0, lanterns, 1e-6);
  }

  private void assertDrawn(double[] expected, IntSupplier draw) {
    double[] drawn = new double[expected.length];
    for (int i = 0; i < DRAWS; i++) {
      drawn[draw.getAsInt()] += 1.0 / DRAWS;
    }
    assertEqualsWithin(expected, drawn, DRAWS);
  }

  /** Within five standard errors. */
  private static void assertEqualsWithin(double[] expected, double[] drawn, int draws) {
    for (int i = 0; i < expected.length; i++) {
      double error = Math.sqrt(expected[i] * (1 - Math.min(1, expected[i])) / draws);
      assertEquals(expected[i], drawn[i], 5 * error + 1e-9 + (expected[i] > 0 ? 1e-6 : 0));
    }
  }
}
