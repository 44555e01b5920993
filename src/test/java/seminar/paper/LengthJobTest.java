package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.compute.Backends;
import seminar.experiment.LengthCells;
import seminar.experiment.LengthMethod;
import seminar.paper.Reproduction.Part;
import seminar.terminal.Console;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/** Quality against length on a very small world with a long memory. */
class LengthJobTest {
  private static final int REFERENCE = 40;
  private static final double NEAR = 1e-9;

  @TempDir Path folder;

  private Reproduction.Plan plan(int seeds, Map<String, String> settings) {
    WorldOptions quick = LengthOptions.quick().world();
    WorldOptions world =
        quick
            .withUsers(24)
            .withBehaviour(
                quick.behaviour().withMinLength(60).withMeanLength(120).withMaxLength(250))
            .withItems(900, 8)
            .withMemory(quick.memory().withBrands(6).withAway(30));
    List<Integer> lengths = List.of(20, REFERENCE, 120);
    LengthOptions tiny =
        LengthOptions.quick()
            .withWorld(world)
            .withEpochs(2)
            .withPretrainingEpochs(1)
            .withReference(REFERENCE)
            .withAllItems(5)
            .withAllItemsUpTo(REFERENCE)
            .withCells(
                List.of(
                    new LengthCells(LengthMethod.SEMINAR, 10, lengths, 2),
                    new LengthCells(LengthMethod.SEMINAR, LengthCells.ALL, List.of(20, 120), 1),
                    new LengthCells(LengthMethod.STCA, 10, List.of(REFERENCE, 120), 1)));
    return new Reproduction.Plan(
        Reproduction.WORLD,
        null,
        settings,
        Scale.QUICK.size().withLength(tiny),
        3,
        seeds,
        EnumSet.of(Part.LENGTH),
        folder,
        Backends.cpu());
  }

  private JsonNode make(int seeds) throws IOException {
    try (Console console = Console.of(true)) {
      List<Table> tables = new Reproduction(plan(seeds, Map.of()), console).run();
      assertEquals(5 + 7, tables.getFirst().rowCount(), "popularity, four oracles, seven cells");
    }
    return new ObjectMapper().readTree(folder.resolve("length.json").toFile());
  }

  private Map<String, FileTime> files(String of) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (var files = Files.list(folder.resolve("runs").resolve(of))) {
      for (Path file : files.toList()) {
        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void everyCellHasItsDifferencesSharesGroupsAndBudgetAndNothingIsTrainedTwice() throws Exception {
    JsonNode first = make(1);
    Map<String, FileTime> runs = files("ranking");
    assertEquals(7, runs.size());
    assertEquals(7, files("length").size());
    assertTrue(ImageIO.read(folder.resolve("length.png").toFile()).getWidth() > 800);
    assertTrue(Files.readString(folder.resolve("report.html")).contains("never hurts"));
    check(first);

    JsonNode again = make(1);
    assertEquals(runs, files("ranking"), "trained again");
    assertEquals(first, again, "from files alone");

    JsonNode two = make(2);
    Map<String, FileTime> more = files("ranking");
    assertEquals(10, more.size(), "three lengths have a second seed");
    runs.forEach((name, time) -> assertEquals(time, more.get(name), name));
    assertEquals(2, two.get("points").get(0).get("seeds").size());
    check(two);
  }

  private static double bound(JsonNode figure, String name) {
    for (JsonNode bound : figure.get("bounds")) {
      if (bound.get("name").asText().equals(name)) {
        return bound.at("/ndcg10/mean").asDouble();
      }
    }
    throw new AssertionError("no line is called " + name);
  }

  private static JsonNode point(JsonNode figure, String curve, int length) {
    for (JsonNode point : figure.get("points")) {
      if (point.get("curve").asText().equals(curve) && point.get("length").asInt() == length) {
        return point;
      }
    }
    throw new AssertionError(curve + " has no L = " + length);
  }

  private static void check(JsonNode figure) {
    double best = bound(figure, "best possible");
    double with20 = bound(figure, "best possible with 20");
    double with40 = bound(figure, "best possible with 40");
    double with120 = bound(figure, "best possible with 120");
    double noise = 0.1; // 24 users
    assertTrue(with20 < with40 + noise && with40 < with120 + noise && with120 < best + noise);
    assertTrue(best > bound(figure, "popularity"));

    String curve = "SEMINAR, K = 10";
    JsonNode reference = point(figure, curve, REFERENCE);
    JsonNode longer = point(figure, curve, 120);
    double from = reference.at("/ndcg10/mean").asDouble();
    double gain = longer.at("/ndcg10/mean").asDouble() - from;
    assertFalse(reference.has("lessReference") || reference.has("shareOfBest"));
    assertEquals(gain, longer.at("/lessReference/difference").asDouble(), NEAR);
    assertTrue(longer.at("/lessReference/low").asDouble() <= gain);
    assertEquals(gain / (best - from), longer.get("shareOfBest").asDouble(), NEAR);
    if (with120 > with40) {
      assertEquals(gain / (with120 - with40), longer.get("shareOfOracle").asDouble(), NEAR);
    }
    assertFalse(point(figure, "SEMINAR, K = L", 120).has("lessReference"), "nothing at L = 40");

    for (String group : List.of("byAge", "byLength")) {
      double sum = 0;
      int requests = 0;
      for (JsonNode each : longer.get(group)) {
        requests += each.get("requests").asInt();
        sum += each.get("requests").asInt() * each.at("/ndcg10/mean").asDouble();
      }
      assertEquals(24, requests, group);
      assertEquals(longer.at("/ndcg10/mean").asDouble(), sum / requests, NEAR, group);
    }
    assertEquals(5, reference.at("/ndcg10AmongAllItems/users").asInt());
    assertFalse(longer.has("ndcg10AmongAllItems"), "too long");
    JsonNode budget = longer.get("budget");
    assertEquals(2, budget.get("epochs").get(0).asInt());
    assertEquals(2 * 6, budget.get("steps").asInt(), "24 users, 4 a step, 2 epochs");
    assertFalse(budget.get("plateau").asBoolean());
    assertTrue(budget.get("millisecondsOfRequest").asDouble() > 0);
    assertEquals(2, budget.get("validation").get(0).size());
    assertEquals(50, figure.at("/setup/model/shortTerm").asInt());
    assertEquals(5, figure.at("/setup/training/patience").asInt());
    assertFalse(figure.at("/finding/numbers").asText().isEmpty());
  }

  @Test
  void dialsReachItsWorld() throws Exception {
    Reproduction.Plan plan = plan(1, Map.of("memory.returning", "0.25", "training.epochs", "1"));
    assertEquals(0.25, plan.planted().memory().returning());
    assertEquals(24, plan.planted().users());
    assertEquals(3, plan.planted().seed());
  }
}
