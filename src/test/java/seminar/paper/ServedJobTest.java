package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.compute.Backends;
import seminar.feature.Features;
import seminar.file.Sha256;
import seminar.paper.Reproduction.Part;
import seminar.serve.SearchKind;
import seminar.terminal.Console;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/** Retrieval inside ranking on a very small world with a long memory. */
class ServedJobTest {
  private static final List<SearchKind> SEARCHES =
      List.of(SearchKind.PQ4, SearchKind.REFINED, SearchKind.LSH, SearchKind.PAPER);

  @TempDir Path folder;

  private static WorldOptions world() {
    WorldOptions quick = LengthOptions.quick().world();
    return quick
        .withUsers(24)
        .withBehaviour(quick.behaviour().withMinLength(60).withMeanLength(120).withMaxLength(250))
        .withItems(900, 8)
        .withMemory(quick.memory().withBrands(6).withAway(30));
  }

  private Reproduction.Plan plan(int requests, List<SearchKind> searches) {
    LengthOptions tiny = LengthOptions.quick().withWorld(world()).withEpochs(2);
    ServedOptions served = new ServedOptions(List.of(20, 120), List.of(40), 10, requests, searches);
    return new Reproduction.Plan(
        Reproduction.WORLD,
        null,
        Map.of(),
        Scale.QUICK.size().withLength(tiny).withServed(served),
        3,
        1,
        EnumSet.of(Part.SERVED),
        folder,
        Backends.cpu());
  }

  private JsonNode make(int requests) throws IOException {
    try (Console console = Console.of(true)) {
      List<Table> tables = new Reproduction(plan(requests, SEARCHES), console).run();
      assertEquals(2 * (1 + SEARCHES.size()), tables.getFirst().rowCount());
    }
    return figure();
  }

  private JsonNode figure() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("served.json").toFile());
  }

  private List<Path> models() throws IOException {
    try (var files = Files.list(folder.resolve("runs/served"))) {
      return files.filter(file -> file.toString().endsWith(".model")).sorted().toList();
    }
  }

  @Test
  void everyLengthIsTrainedOnceAndRankedUnderEverySearch() throws Exception {
    JsonNode first = make(1000);
    assertTrue(ImageIO.read(folder.resolve("served.png").toFile()).getWidth() > 800);
    assertTrue(Files.readString(folder.resolve("served.svg")).contains("svg"));
    assertEquals(11, Files.readAllLines(folder.resolve("served.csv")).size());
    assertTrue(
        Files.readString(folder.resolve("report.html")).contains("Retrieval inside ranking"));
    List<Path> models = models();
    assertEquals(2, models.size());
    FileTime time = Files.getLastModifiedTime(models.getFirst());
    check(first);
    assertEquals(first, make(1000), "from files alone");

    try (var files = Files.list(folder.resolve("runs/served"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        Files.delete(file);
      }
    }
    JsonNode again = make(1000);
    assertEquals(timeless(first), timeless(again), "from the models alone");
    JsonNode fewer = make(10);
    assertEquals(10, fewer.at("/runs/0/requests").asInt());
    assertEquals(time, Files.getLastModifiedTime(models.getFirst()), "trained again");
  }

  private static JsonNode timeless(JsonNode figure) {
    JsonNode copy = figure.deepCopy();
    copy.findParents("microseconds").forEach(row -> ((ObjectNode) row).remove("microseconds"));
    return copy.get("runs");
  }

  private void check(JsonNode figure) throws IOException {
    assertEquals(2, figure.get("runs").size());
    assertTrue(figure.at("/setup/model/attention/recencyBuckets").asInt() > 0, "with recency");
    assertFalse(figure.at("/finding/numbers").asText().isEmpty());
    for (JsonNode run : figure.get("runs")) {
      assertEquals(24, run.get("requests").asInt());
      assertEquals(10, run.get("topK").asInt());
      boolean there = false;
      for (Path model : models()) {
        there |= Sha256.of(model).equals(run.get("model").asText());
      }
      assertTrue(there, "the hash of its model");
      assertEquals(5, run.get("searches").size());
      for (JsonNode search : run.get("searches")) {
        double less = search.get("ndcg10").asDouble() - run.get("ndcg10").asDouble();
        assertEquals(less, search.at("/lessExact/difference").asDouble(), 1e-9);
      }
      for (int exact : new int[] {0, 2}) {
        JsonNode search = run.get("searches").get(exact);
        assertTrue(search.get("recall").asDouble() > 0.99, search.toString());
        assertEquals(0, search.at("/lessExact/difference").asDouble(), 0.01);
      }
    }
  }

  @Test
  void aLogHasLengthsOfItsOwn() throws Exception {
    World world = World.of(world());
    Reproduction.Plan plan = plan(1000, List.of(SearchKind.LSH));
    try (Console console = Console.of(true)) {
      ServedJob job = new ServedJob(world.corpus(), Features.of(world), true, plan, console);
      double before = job.seconds();
      assertEquals(2, job.run().getFirst().rowCount());
      assertTrue(job.seconds() < before, "no training is left");
    }
    assertEquals(1, figure().get("runs").size());
    assertEquals(40, figure().at("/runs/0/length").asInt());
  }
}
