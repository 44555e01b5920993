package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.experiment.SearchCost;
import seminar.experiment.ServedRun;
import seminar.file.Json;
import seminar.measure.PairedBootstrap;
import seminar.serve.SearchKind;

class ServedClaimsTest {
  private static SearchCost cost(SearchKind kind, double recall, double low, double high) {
    double middle = (low + high) / 2;
    return new SearchCost(
        kind.toString(),
        kind.label(),
        0.5 + middle,
        new PairedBootstrap(middle, low, high, 0.5, 100),
        List.of(recall),
        recall,
        recall,
        16,
        0,
        20);
  }

  private static ServedRun run(int length, SearchCost... searches) {
    return new ServedRun("model", null, "hash", length, 200, 100, 0.5, List.of(searches));
  }

  private static ServedRun run(int length, double low, double high) {
    return run(
        length,
        cost(SearchKind.EXACT, 1, 0, 0),
        cost(SearchKind.REFINED, 0.999, -0.0002, 0.0004),
        cost(SearchKind.PQ, 0.96, -0.003, 0.001),
        cost(SearchKind.PAPER, 0.62, low, high),
        cost(SearchKind.LSH, 0.3, -0.06, -0.04));
  }

  @Test
  void theSentenceHasTheNumbersOfEveryLength() {
    assertEquals(
        "L = 2,000: 2 of 4 searches find 0.95 or more and change NDCG@10 by -0.0010 [-0.0030,"
            + " +0.0010] at worst (pq), the paper's method finds 0.62, -0.0210 [-0.0300, -0.0120],"
            + " least is found by lsh, 0.30, -0.0500 [-0.0600, -0.0400]",
        ServedClaims.sentence(List.of(run(2000, -0.03, -0.012))));
    String two =
        ServedClaims.sentence(List.of(run(2000, -0.03, -0.012), run(10_000, -0.03, -0.012)));
    assertTrue(two.contains("; L = 10,000: "), two);
    assertEquals("", ServedClaims.sentence(List.of()));
  }

  @Test
  void theVerdictLooksAtTheWholeInterval() {
    assertEquals(Verdict.OPEN, ServedClaims.serves(List.of()).verdict());
    assertEquals(
        Verdict.DOES_NOT_HOLD, ServedClaims.serves(List.of(run(1, -0.03, -0.01))).verdict());
    assertEquals(Verdict.OPEN, ServedClaims.serves(List.of(run(1, -0.03, 0.01))).verdict());
    assertEquals(Verdict.HOLDS, ServedClaims.serves(List.of(run(1, -0.004, 0.002))).verdict());
    assertEquals(
        Verdict.IN_PART,
        ServedClaims.serves(List.of(run(1, -0.004, 0.002), run(2, -0.03, -0.01))).verdict());
    assertEquals(
        Verdict.OPEN,
        ServedClaims.serves(List.of(run(1, cost(SearchKind.EXACT, 1, 0, 0)))).verdict());
  }

  @Test
  void whatIsStoredIsReadAgain() {
    Claim.Finding finding = ServedClaims.serves(List.of(run(1, -0.004, 0.002)));
    var figure = Json.node(java.util.Map.of("finding", finding.stored()));
    assertEquals(finding, Claim.Finding.in(figure));
  }
}
