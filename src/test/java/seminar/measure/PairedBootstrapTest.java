package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class PairedBootstrapTest {
  private static final PairedBootstrap.Options OPTIONS = new PairedBootstrap.Options(2000, 0.95, 3);

  @Test
  void theIntervalIsNearTheOneOfTheNormalLaw() {
    SplittableRandom rng = Rng.stream("test/bootstrap", 1);
    int n = 2000;
    double[] common = new double[n];
    double[] gain = new double[n];
    for (int i = 0; i < n; i++) {
      common[i] = 10 * rng.nextGaussian();
      gain[i] = 0.1 + rng.nextGaussian();
    }
    PairedBootstrap difference =
        PairedBootstrap.of(values(add(common, gain)), values(common), OPTIONS);
    MeanInterval normal = MeanInterval.of(gain);
    assertEquals(normal.mean(), difference.difference(), 1e-9);
    assertEquals(normal.mean() - normal.halfWidth(), difference.low(), 0.006);
    assertEquals(normal.mean() + normal.halfWidth(), difference.high(), 0.006);
    assertEquals(n, difference.users());
  }

  @Test
  void theIntervalShrinksWithTheRootOfTheUsers() {
    double wide = width(400);
    double narrow = width(6400);
    assertEquals(4, wide / narrow, 0.8);
  }

  private static double width(int n) {
    SplittableRandom rng = Rng.stream("test/bootstrap", 2);
    PairedBootstrap difference =
        PairedBootstrap.of(values(gaussian(rng, n)), values(gaussian(rng, n)), OPTIONS);
    return difference.high() - difference.low();
  }

  @Test
  void theIntervalHoldsTheTruthInNineteenOfTwentyTrialsAndPIsUniform() {
    PairedBootstrap.Options options = new PairedBootstrap.Options(400, 0.95, 1);
    SplittableRandom rng = Rng.stream("test/bootstrap", 3);
    int trials = 1000;
    int covered = 0;
    int significant = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] easy = gaussian(rng, 150);
      UserValues first = values(add(easy, gaussian(rng, 150)));
      UserValues second = values(add(easy, gaussian(rng, 150)));
      PairedBootstrap difference = PairedBootstrap.of(first, second, options);
      covered += difference.low() <= 0 && difference.high() >= 0 ? 1 : 0;
      significant += difference.p() <= 0.2 ? 1 : 0;
    }
    assertEquals(0.95, covered / (double) trials, 0.02);
    assertEquals(0.2, significant / (double) trials, 0.04);
  }

  @Test
  void modelsThatAreTheSameDifferByNothing() {
    UserValues values = values(gaussian(Rng.stream("test/bootstrap", 4), 50));
    assertEquals(new PairedBootstrap(0, 0, 0, 1, 50), PairedBootstrap.of(values, values, OPTIONS));
  }

  @Test
  void swappingTheModelsTurnsTheSign() {
    SplittableRandom rng = Rng.stream("test/bootstrap", 5);
    UserValues a = values(gaussian(rng, 60));
    UserValues b = values(gaussian(rng, 60));
    PairedBootstrap there = PairedBootstrap.of(a, b, OPTIONS);
    PairedBootstrap back = PairedBootstrap.of(b, a, OPTIONS);
    assertEquals(there.difference(), -back.difference(), 1e-12);
    assertEquals(there.low(), -back.high(), 1e-12);
    assertEquals(there.p(), back.p(), 1e-12);
  }

  @Test
  void otherSeedsOfAModelWidenTheInterval() {
    SplittableRandom rng = Rng.stream("test/bootstrap", 6);
    double[] easy = gaussian(rng, 300);
    List<UserValues> first = runs(rng, easy, 5);
    List<UserValues> second = runs(rng, easy, 4);
    PairedBootstrap users =
        PairedBootstrap.of(first, second, PairedBootstrap.Resampled.USERS, OPTIONS);
    PairedBootstrap both =
        PairedBootstrap.of(first, second, PairedBootstrap.Resampled.USERS_AND_SEEDS, OPTIONS);
    assertEquals(users.difference(), both.difference());
    assertEquals(
        PairedBootstrap.of(UserValues.mean(first), UserValues.mean(second), OPTIONS), users);
    assertTrue(both.high() - both.low() > 2 * (users.high() - users.low()), both.toString());
  }

  /** Runs that differ by a shift of all users. */
  private static List<UserValues> runs(SplittableRandom rng, double[] easy, int count) {
    List<UserValues> runs = new ArrayList<>();
    for (int run = 0; run < count; run++) {
      double shift = rng.nextGaussian();
      double[] noise = gaussian(rng, easy.length);
      Arrays.setAll(noise, i -> 0.5 * noise[i] + easy[i] + shift);
      runs.add(values(noise));
    }
    return runs;
  }

  @Test
  void theSameSeedGivesTheSameDrawsAndAnotherSeedOthers() {
    SplittableRandom rng = Rng.stream("test/bootstrap", 7);
    UserValues a = values(gaussian(rng, 60));
    UserValues b = values(gaussian(rng, 60));
    assertEquals(PairedBootstrap.of(a, b, OPTIONS), PairedBootstrap.of(a, b, OPTIONS));
    assertNotEquals(
        PairedBootstrap.of(a, b, OPTIONS).low(),
        PairedBootstrap.of(a, b, new PairedBootstrap.Options(2000, 0.95, 4)).low());
  }

  @Test
  void otherUsersAreRefused() {
    UserValues three = values(1, 2, 3);
    assertThrows(
        IllegalArgumentException.class, () -> PairedBootstrap.of(three, values(1, 2), OPTIONS));
    UserValues others = new UserValues(new int[] {0, 1, 5}, new double[3]);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> PairedBootstrap.of(three, others, OPTIONS));
    assertTrue(e.getMessage().contains("user 5"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PairedBootstrap.of(
                List.of(), List.of(three), PairedBootstrap.Resampled.USERS, OPTIONS));
    assertThrows(IllegalArgumentException.class, () -> new PairedBootstrap.Options(10, 0.95, 1));
  }

  private static double[] gaussian(SplittableRandom rng, int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> rng.nextGaussian());
    return values;
  }

  private static double[] add(double[] a, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  private static UserValues values(double... values) {
    int[] users = new int[values.length];
    Arrays.setAll(users, i -> i);
    return new UserValues(users, values);
  }
}
