package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class CalibrationTest {
  @Test
  void comparesEachBinWithTheDiagonal() {
    double[] probabilities = {0.9, 0.1, 0.3, 0.7};
    boolean[] labels = {true, false, true, true};
    Calibration calibration = Calibration.of(probabilities, labels, 2);
    assertEquals(2, calibration.bins().size());
    assertEquals(0.2, calibration.bins().get(0).predicted(), 1e-15);
    assertEquals(0.5, calibration.bins().get(0).observed());
    assertEquals(0.8, calibration.bins().get(1).predicted(), 1e-15);
    assertEquals(1, calibration.bins().get(1).observed());
    assertEquals((0.3 + 0.2) / 2, calibration.expectedError(), 1e-15);
    assertEquals(0.5 / 0.75, calibration.ratio(), 1e-15);
  }

  @Test
  void honestProbabilitiesComeTrueAndDoubledOddsDoNot() {
    SplittableRandom rng = Rng.stream("test/calibration", 1);
    int n = 100_000;
    double[] honest = new double[n];
    double[] bold = new double[n];
    boolean[] labels = new boolean[n];
    for (int i = 0; i < n; i++) {
      honest[i] = rng.nextDouble();
      labels[i] = rng.nextDouble() < honest[i];
      bold[i] = 2 * honest[i] / (1 + honest[i]);
    }
    Calibration good = Calibration.of(honest, labels, 20);
    assertEquals(20, good.bins().size());
    assertTrue(good.bins().stream().allMatch(bin -> bin.count() == n / 20));
    assertTrue(good.expectedError() < 0.01, "" + good.expectedError());
    assertEquals(1, good.ratio(), 0.01);
    // E[2p / (1 + p)] = 2 − 2 ln 2
    assertEquals((2 - 2 * Math.log(2)) / 0.5, Calibration.of(bold, labels, 20).ratio(), 0.02);
    assertEquals(1.5 - 2 * Math.log(2), Calibration.of(bold, labels, 20).expectedError(), 0.01);
  }

  @Test
  void equalProbabilitiesStayTogetherSoTheOrderDoesNotMatter() {
    SplittableRandom rng = Rng.stream("test/calibration", 2);
    for (int trial = 0; trial < 50; trial++) {
      int n = 40;
      int[] order = Rng.permutation(rng, n);
      double[] probabilities = new double[n];
      boolean[] labels = new boolean[n];
      for (int i = 0; i < n; i++) {
        probabilities[i] = rng.nextInt(5) / 4.0;
        labels[i] = i == 0 || rng.nextBoolean();
      }
      double[] mixed = new double[n];
      boolean[] mixedLabels = new boolean[n];
      for (int i = 0; i < n; i++) {
        mixed[i] = probabilities[order[i]];
        mixedLabels[i] = labels[order[i]];
      }
      Calibration calibration = Calibration.of(probabilities, labels, 7);
      assertEquals(calibration, Calibration.of(mixed, mixedLabels, 7));
      assertEquals(n, calibration.bins().stream().mapToInt(Calibration.Bin::count).sum());
    }
    assertEquals(
        List.of(new Calibration.Bin(3, 0.5, 1 / 3.0)),
        Calibration.of(new double[] {0.5, 0.5, 0.5}, new boolean[] {true, false, false}, 3).bins());
  }

  @Test
  void refusesNothingClickedAndWhatIsNoProbability() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Calibration.of(new double[] {0.5}, new boolean[] {false}, 1));
    assertTrue(e.getMessage().contains("clicks"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Calibration.of(new double[] {-0.1}, new boolean[] {true}, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Calibration.of(new double[] {0.1}, new boolean[] {true}, 0));
  }
}
