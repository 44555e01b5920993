package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class RankingIdentitiesTest {
  private static RankingReport ranked(long seed, int users, int levels) {
    SplittableRandom rng = Rng.stream("test/identities", seed);
    RankingReport.Accumulator report = new RankingReport.Accumulator(TieRule.EXPECTED);
    double skill = rng.nextDouble();
    for (int user = 0; user < users; user++) {
      float[] scores = new float[100];
      for (int c = 0; c < scores.length; c++) {
        scores[c] = rng.nextInt(levels);
      }
      scores[0] += (float) (skill * levels);
      report.add(scores);
    }
    return report.report();
  }

  @Test
  void everyRankingKeepsThem() {
    for (long seed = 0; seed < 40; seed++) {
      for (int levels : new int[] {1, 5, 1_000_000}) { // with ties and without
        Map<String, Double> summary = ranked(seed, 1 + (int) seed, levels).summary();
        assertEquals(List.of(), RankingIdentities.broken(summary, 100, 1e-9), summary::toString);
      }
    }
  }

  @Test
  void aNumberThatIsMovedFarEnoughBreaksOne() {
    RankingReport report = ranked(3, 200, 1_000_000);
    for (String measure : report.summary().keySet()) {
      Map<String, Double> wrong = new TreeMap<>(report.summary());
      wrong.merge(measure, 0.3, Double::sum);
      assertTrue(RankingIdentities.broken(wrong, 100, 1e-4).size() >= 1, measure);
    }
  }

  @Test
  void theSentenceNamesTheNumberAndItsBounds() {
    Map<String, Double> summary = Map.of("HIT@1", 0.2, "HIT@5", 0.3, "NDCG@5", 0.35, "MRR", 0.1);
    assertEquals(
        List.of(
            "NDCG@5 is 0.3500, but must lie in [0.0000, 0.3000]",
            "NDCG@5 less NDCG@1 is 0.1500, but must lie in [0.0387, 0.0631]"),
        RankingIdentities.broken(summary, 100, 1e-4),
        "MRR needs all hit rates; nothing is said of it here");
    assertEquals(
        List.of("HIT@1 is 0.2000 and NDCG@1 is 0.1000: they are the same measure"),
        RankingIdentities.broken(Map.of("HIT@1", 0.2, "NDCG@1", 0.1), 100, 1e-4));
    assertEquals(List.of(), RankingIdentities.broken(Map.of(), 100, 0));
    assertThrows(
        IllegalArgumentException.class, () -> RankingIdentities.broken(Map.of(), 49, 1e-4));
  }
}
