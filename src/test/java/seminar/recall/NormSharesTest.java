package seminar.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;

class NormSharesTest {
  private static double[][] shares(NormLaw norms, List<Double> weights) {
    return NormShares.of(Options.script().panel(2000, norms, weights)).shares();
  }

  @Test
  void sharesAddUpToOne() {
    double[][] shares = shares(NormLaw.DIFFERENT, Options.RISING);
    assertEquals(1, Arrays.stream(shares).flatMapToDouble(Arrays::stream).sum(), 1e-9);
  }

  @Test
  void aChannelWithoutWeightHasNoShare() {
    double[][] shares = shares(NormLaw.SAME, List.of(0.0, 0.5, 0.5, 0.0));
    for (int m = 0; m < 4; m++) {
      assertEquals(0, shares[0][m], 1e-12);
      assertEquals(0, shares[m][3], 1e-12);
    }
  }

  @Test
  void theTargetsLongestChannelDecides() {
    double[][] shares = shares(NormLaw.DIFFERENT, Options.EQUAL);
    double[] rows = Arrays.stream(shares).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    assertTrue(rows[3] > 0.4 && rows[3] > 2 * rows[0], Arrays.toString(rows));
  }
}
