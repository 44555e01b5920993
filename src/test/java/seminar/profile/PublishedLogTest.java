package seminar.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.experiment.PaperTables;
import seminar.measure.RankingIdentities;

class PublishedLogTest {
  private static List<String> broken(PublishedLog log) {
    return RankingIdentities.broken(log.measures(), 100, 2e-4);
  }

  @Test
  void theLinesOfAmazonKeepAllIdentitiesAndAgreeWithTable2() {
    for (PublishedLog log : PublishedLog.AMAZON) {
      assertEquals(List.of(), broken(log), log.model());
      assertEquals(
          PaperTables.amazonNdcg10(log.model()).orElseThrow(), log.measures().get("NDCG@10"));
    }
  }

  @Test
  void everyLineOfKuaiSarBreaksSome() {
    PublishedLog.KUAISAR.forEach(log -> assertFalse(broken(log).isEmpty(), log.model()));
    assertEquals(
        List.of(
            "NDCG@10 less NDCG@5 is 0.0153, but must lie in [0.0106, 0.0130]",
            "NDCG@50 less NDCG@10 is 0.0488, but must lie in [0.0511, 0.0808]"),
        broken(PublishedLog.KUAISAR.getLast()));
  }
}
