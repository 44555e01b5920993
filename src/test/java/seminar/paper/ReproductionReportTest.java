package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.Browser;
import seminar.measure.MeanInterval;
import seminar.paper.Claim.Finding;
import seminar.quantize.Cost;
import seminar.recall.NormRecall.Curve;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Point;
import seminar.recall.NormRecall.Result;

/** The report page, and the verdicts on it. */
class ReproductionReportTest {
  private static final Path FIGURES = Path.of("figures");

  @Test
  void thePageShowsAllThatTheFolderHoldsAndWhatItDoesNot(@TempDir Path folder) throws Exception {
    String html = Files.readString(ReproductionReport.write(copy(folder)));
    long pictures;
    try (Stream<Path> files = Files.list(FIGURES)) {
      Set<String> shown = Section.ALL.stream().map(Section::file).collect(Collectors.toSet());
      pictures =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".png") && shown.contains(name.replace(".png", "")))
              .count();
    }
    assertEquals(pictures, html.split("data:image/png;base64,", -1).length - 1);
    assertFalse(
        html.contains("<script") || html.contains("http://") || html.contains("https://"),
        "the page needs a network");
    for (Claim claim : Claim.ALL) {
      boolean made = Files.exists(folder.resolve(claim.file() + ".json"));
      String missing = "not made: --only " + claim.part();
      assertTrue(made || html.contains(missing), claim.text());
    }
    assertTrue(html.contains("holds in part"), "no verdict");
  }

  @Test
  void anEmptyFolderHasAPageThatSaysWhatToMake(@TempDir Path folder) throws IOException {
    String html = Files.readString(ReproductionReport.write(folder));
    assertEquals(Claim.ALL.size(), html.split("not made: --only", -1).length - 1);
    assertTrue(html.contains("no results yet"));
  }

  @Test
  void aBrokenResultIsNamedAndTheOldPageStays(@TempDir Path folder) throws IOException {
    Path page = ReproductionReport.write(folder);
    String old = Files.readString(page);
    Files.writeString(folder.resolve("table2.json"), "{\"rows\": [");
    IOException e = assertThrows(IOException.class, () -> ReproductionReport.write(folder));
    assertTrue(e.getMessage().contains("table2.json"), e.getMessage());
    assertEquals(old, Files.readString(page));
  }

  @Test
  void thePageFitsAPhoneAndADesktop(@TempDir Path folder) throws Exception {
    Browser browser = Browser.find();
    Path page = ReproductionReport.write(copy(folder));
    assertEquals(List.of(), browser.tooWide(List.of(page), 390, folder));
    assertEquals(List.of(), browser.tooWide(List.of(page), 1280, folder));
    for (int width : new int[] {390, 1280}) {
      BufferedImage seen = browser.screenshot(page, width, 844, folder.resolve("seen.png"));
      assertEquals(width, seen.getWidth());
      assertTrue(Browser.colours(seen) > 50, "the page is blank");
    }
  }

  @Test
  void everyReaderTakesAFileWithoutTheRunsItWants() throws IOException {
    JsonNode empty = json("{\"rows\": [], \"lines\": [], \"panels\": []}");
    for (Claim claim : Claim.ALL) {
      assertEquals(Verdict.OPEN, claim.reader().apply(empty).verdict(), claim.text());
    }
  }

  @Test
  void differencesThatLeaveZeroDecide() throws IOException {
    String table = "{\"rows\": [%s, %s]}";
    String lost = row("TWIN", -0.02, -0.03, -0.01);
    String even = row("QIN", -0.01, -0.03, 0.01);
    String won = row("QIN", 0.02, 0.01, 0.03);
    Function<JsonNode, Finding> best = RankingClaims::amongPeers;
    assertEquals(Verdict.IN_PART, verdict(best, table.formatted(lost, even)));
    assertEquals(Verdict.IN_PART, verdict(best, table.formatted(lost, won)));
    assertEquals(Verdict.HOLDS, verdict(best, table.formatted(lost, row("ETA", -0.2, -0.3, -0.1))));
    assertEquals(Verdict.OPEN, verdict(best, "{\"rows\": [%s]}".formatted(even)));
    assertEquals(Verdict.DOES_NOT_HOLD, verdict(best, "{\"rows\": [%s]}".formatted(won)));
    Finding finding = best.apply(json("{\"rows\": [%s]}".formatted(won)));
    assertTrue(finding.numbers().startsWith("QIN -0.0200 [-0.0300, -0.0100]; not run here: "));
    assertTrue(finding.numbers().contains("TWIN"), finding.numbers());
  }

  @Test
  void whereSeveralSeedsWereTrainedTheWiderIntervalDecides() throws IOException {
    String users = "\"lessReference\": {\"difference\": -0.03, \"low\": -0.04, \"high\": -0.02}";
    String both =
        "\"lessReferenceOverSeeds\": {\"difference\": -0.03, \"low\": -0.07, \"high\": 0.01}";
    String row = "{\"rows\": [{\"model\": \"QIN\", \"ndcg10OfEachSeed\": [0, 0, 0], %s}]}";
    Function<JsonNode, Finding> best = RankingClaims::amongPeers;
    assertEquals(Verdict.HOLDS, verdict(best, row.formatted(users)));
    assertEquals(Verdict.OPEN, verdict(best, row.formatted(users + ", " + both)));
  }

  @Test
  void fewerThanThreeSeedsAreNotJudged() throws IOException {
    String won = row("TWIN", -0.03, -0.04, -0.02);
    for (String seeds : List.of("[0]", "[0, 0]")) {
      String few = "{\"rows\": [%s]}".formatted(won.replace("[0, 0, 0]", seeds));
      Finding finding = RankingClaims.amongPeers(json(few));
      assertEquals(Verdict.OPEN, finding.verdict());
      String said = seeds.length() == 3 ? "one seed: not judged" : "2 seeds: not judged";
      assertTrue(finding.numbers().contains(said), finding.numbers());
    }
    assertFalse(
        RankingClaims.amongPeers(json("{\"rows\": [%s]}".formatted(won)))
            .numbers()
            .contains("not judged"));
  }

  @Test
  void simIsJudgedByItsBetterSearch() throws IOException {
    String soft = row("SIM, soft search", -0.03, -0.04, -0.02);
    String hard = row("SIM, hard search", 0.01, 0.005, 0.015);
    String table = "{\"rows\": [%s, %s]}".formatted(soft, hard);
    for (Function<JsonNode, Finding> reader :
        List.<Function<JsonNode, Finding>>of(RankingClaims::overSim, RankingClaims::amongPeers)) {
      assertEquals(Verdict.DOES_NOT_HOLD, verdict(reader, table));
      assertEquals(Verdict.HOLDS, verdict(reader, "{\"rows\": [%s]}".formatted(soft)));
    }
    String own = table.replace(" search", " search, with short term and recency");
    assertEquals(Verdict.DOES_NOT_HOLD, verdict(RankingClaims::amongOwnForms, own));
  }

  @Test
  void whatPretrainingGivesIsHeldAgainstEqualSteps() throws IOException {
    String equal = row("TWIN, as many steps", -0.02, -0.03, -0.01);
    String more = row("TWIN, twice the steps", 0.02, 0.01, 0.03);
    Function<JsonNode, Finding> steps = RankingClaims::overSteps;
    assertEquals(Verdict.HOLDS, verdict(steps, "{\"rows\": [%s, %s]}".formatted(more, equal)));
    assertEquals(Verdict.OPEN, verdict(steps, "{\"rows\": [%s]}".formatted(more)));
  }

  @Test
  void areasOfClicksAreJudgedByTheirDifferences() throws IOException {
    String rows =
        "{\"differences\": [{\"model\": \"%s\", \"seeds\": %d, \"lessSeminar\": {\"difference\":"
            + " %s, \"low\": %s, \"high\": %s}}]}";
    Function<JsonNode, Finding> clicks = RankingClaims::clicks;
    assertEquals(Verdict.HOLDS, verdict(clicks, rows.formatted("TWIN", 3, -0.1, -0.2, -0.05)));
    assertEquals(Verdict.OPEN, verdict(clicks, rows.formatted("TWIN", 1, -0.1, -0.2, -0.05)));
    assertEquals(Verdict.OPEN, verdict(clicks, rows.formatted("TWIN", 3, 0, -0.1, 0.1)));
    String hard = rows.formatted("SIM, hard search", 3, 0.1, 0.05, 0.2);
    assertEquals(Verdict.DOES_NOT_HOLD, verdict(clicks, hard));
    String single = "{\"rows\": [{\"model\": \"SEMINAR\", \"AUC\": 0.6}]}";
    assertEquals(Verdict.OPEN, verdict(clicks, single), "areas without intervals");
  }

  @Test
  void lossesAreInThePapersOrderOnlyWhereIntervalsPart() throws IOException {
    String table = "{\"rows\": [%s, %s, %s]}";
    Function<JsonNode, Finding> order = RankingClaims::order;
    String first = row("alignment alone", 0.09, 0.08, 0.10);
    String second = row("next pair alone", 0.05, 0.04, 0.06);
    String third = row("relevance alone", 0.01, 0.00, 0.02);
    assertEquals(Verdict.HOLDS, verdict(order, table.formatted(first, second, third)));
    String vague = row("next pair alone", 0.05, 0.00, 0.10);
    assertEquals(Verdict.IN_PART, verdict(order, table.formatted(first, vague, third)));
    String more = row("next pair alone", 0.095, 0.05, 0.11);
    assertEquals(Verdict.OPEN, verdict(order, table.formatted(first, more, third)));
    String wide = row("next pair alone", 0.015, 0.005, 0.02);
    String low = row("alignment alone", 0.0, -0.01, 0.01);
    assertEquals(
        Verdict.DOES_NOT_HOLD,
        verdict(order, table.formatted(low, wide, row("relevance alone", 0.02, 0.015, 0.03))),
        "the first and the last are apart the other way round");
    String most = row("relevance alone", 0.2, 0.19, 0.21);
    assertEquals(Verdict.DOES_NOT_HOLD, verdict(order, table.formatted(first, second, most)));
  }

  @Test
  void pretrainingIsJudgedByItsFirstEpochs() throws IOException {
    String figure = "{\"lines\": [{\"rows\": [%s, %s]}]}";
    Function<JsonNode, Finding> epochs = RankingClaims::firstEpochs;
    String early = row("5", 0.04, 0.03, 0.05);
    assertEquals(
        Verdict.HOLDS, verdict(epochs, figure.formatted(early, row("10", 0.05, 0.04, 0.06))));
    assertEquals(
        Verdict.DOES_NOT_HOLD, verdict(epochs, figure.formatted(early, row("10", 0.2, 0.1, 0.3))));
    assertEquals(Verdict.OPEN, verdict(epochs, figure.formatted(row("2", 0.1, 0.0, 0.2), early)));
  }

  @Test
  void theBestWeightIsNamedAndHeldAgainstTheClaimed() throws IOException {
    String figure = "{\"lines\": [{\"line\": \"26 %% searches\", \"rows\": [%s, %s, %s]}]}";
    Function<JsonNode, Finding> weight = RankingClaims::weight;
    String half = "{\"model\": \"0.50\", \"ndcg10OfEachSeed\": [0.50, 0.50, 0.50]}";
    assertEquals(
        Verdict.HOLDS,
        verdict(
            weight,
            figure.formatted(level("0.30", 0.6, 0.05, 0.15), half, level("0.70", 0.4, -1, 0))));
    assertEquals(
        Verdict.DOES_NOT_HOLD,
        verdict(
            weight,
            figure.formatted(
                level("0.30", 0.4, -0.2, -0.1), half, level("0.70", 0.6, 0.05, 0.15))));
    assertEquals(
        Verdict.OPEN,
        verdict(
            weight,
            figure.formatted(level("0.30", 0.49, -0.2, 0.1), half, level("0.70", 0.4, -0.2, 0.1))));
  }

  @Test
  void sharesOfSearchesAreToldApartByWhatTheLargestWeightCosts() throws IOException {
    String line = "{\"line\": \"%s\", \"rows\": [%s, %s]}";
    String figure = "{\"lines\": [%s, %s]}";
    String half = "{\"model\": \"0.50\", \"ndcg10OfEachSeed\": [0.50, 0.50, 0.50]}";
    String seldom = line.formatted("5 % searches", half, level("0.90", 0.3, -0.25, -0.15));
    String often = line.formatted("60 % searches", half, level("0.90", 0.48, -0.05, 0.01));
    Function<JsonNode, Finding> share = RankingClaims::weightByShare;
    assertEquals(Verdict.IN_PART, verdict(share, figure.formatted(seldom, often)));
    assertEquals(Verdict.OPEN, verdict(share, figure.formatted(seldom, seldom)));
    assertEquals(Verdict.OPEN, verdict(share, "{\"lines\": [" + seldom + "]}"));
  }

  @Test
  void recallIsCountedPointByPoint() {
    Curve ours = curve(Method.PQ_SYMMETRIC, 0.9, 0.95);
    Function<Curve, Verdict> best =
        peer -> RetrievalClaims.consistentlyBest(List.of(panel(ours, peer))).verdict();
    assertEquals(Verdict.HOLDS, best.apply(curve(Method.HNSW_L2, 0.2, 0.7)));
    assertEquals(Verdict.IN_PART, best.apply(curve(Method.HNSW_L2, 0.2, 0.99)));
    assertEquals(Verdict.DOES_NOT_HOLD, best.apply(curve(Method.LSH, 0.95, 0.99)));
    Finding graphs = RetrievalClaims.graphs(List.of(panel(ours, curve(Method.HNSW_L2, 0.2, 0.7))));
    assertEquals(Verdict.HOLDS, graphs.verdict());
    assertEquals("Recall@32 0.200 ± 0.010, Recall@256 0.700 ± 0.010", graphs.numbers());
    Function<Curve, Verdict> learned = peer -> RetrievalClaims.learned(panel(ours, peer)).verdict();
    assertEquals(Verdict.HOLDS, learned.apply(curve(Method.LSH, 0.2, 0.7)));
    assertEquals(Verdict.IN_PART, learned.apply(curve(Method.LSH, 0.2, 0.99)));
  }

  @Test
  void aResultOfAnotherShapeIsNamedWithThePartThatMakesIt(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("fig2_script.json"), "{\"panels\": [{\"options\": {}}]}");
    IOException e = assertThrows(IOException.class, () -> ReproductionReport.write(folder));
    assertTrue(e.getMessage().contains("fig2_script.json"), e.getMessage());
    assertTrue(e.getMessage().contains("--only fig2_all"), e.getMessage());
  }

  private static Path copy(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(FIGURES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  private static Verdict verdict(Function<JsonNode, Finding> reader, String json)
      throws IOException {
    return reader.apply(json(json)).verdict();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static String row(String model, double value, double low, double high) {
    return ("{\"model\": \"%s\", \"ndcg10OfEachSeed\": [0, 0, 0],"
            + " \"lessReference\": {\"difference\": %s, \"low\": %s, \"high\": %s}}")
        .formatted(model, value, low, high);
  }

  private static String level(String model, double mean, double low, double high) {
    return row(model, (low + high) / 2, low, high)
        .replace("[0, 0, 0]", "[%s, %s, %s]".formatted(mean, mean, mean));
  }

  private static Result panel(Curve... curves) {
    Options options = Options.script().panel(10_000, NormLaw.SAME, Options.EQUAL);
    return new Result(options, List.of(curves));
  }

  private static Curve curve(Method method, double few, double many) {
    return new Curve(
        method,
        List.of(
            new Point(32, new MeanInterval(few, 0.01)),
            new Point(256, new MeanInterval(many, 0.01))),
        new Cost(0, 0, 0));
  }
}
