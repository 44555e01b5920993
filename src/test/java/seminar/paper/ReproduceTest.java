package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.compute.Backends;
import seminar.experiment.Switch;
import seminar.feature.onnx.MiniLmJar;
import seminar.paper.Reproduction.Part;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/** The main job on a very small world. */
class ReproduceTest {
  @TempDir Path folder;

  @Test
  void everyFigureHasATwinWithItsProvenanceAndTheReportNeedsNoOtherFile() throws Exception {
    try (Console console = Console.of(true)) {
      Reproduction.Plan plan = plan(1, EnumSet.of(Part.LEARNING, Part.FIG2));
      assertEquals(4, new Reproduction(plan, console).run().getFirst().rowCount());
    }
    for (String figure : List.of("learning", "fig2_norm_recall", "history")) {
      BufferedImage image = ImageIO.read(folder.resolve(figure + ".png").toFile());
      assertTrue(image.getWidth() > 800 && image.getHeight() > 300, figure);
      JsonNode twin = new ObjectMapper().readTree(folder.resolve(figure + ".json").toFile());
      assertTrue(twin.has("figure"), figure);
    }
    JsonNode learning = new ObjectMapper().readTree(folder.resolve("learning.json").toFile());
    assertEquals(3, learning.get("runs").size());
    assertEquals(3, learning.get("runs").get(0).get("setup").get("training").get("seed").asInt());
    String report = Files.readString(folder.resolve("report.html"));
    assertEquals(3, report.split("data:image/png;base64,").length - 1);
    assertFalse(report.contains("src=\"http") || report.contains("href="), "refers to elsewhere");
    assertEquals(3, runs("").size());
  }

  @Test
  void aPartThatFailsDoesNotStopTheOthers() throws Exception {
    Reproduction.Plan one = plan(1, EnumSet.of(Part.TABLE1, Part.FIG2));
    Reproduction.Plan plan =
        new Reproduction.Plan(
            one.corpus(),
            null,
            Map.of(),
            one.size().withSequences(List.of(1)), // one sequence has no interval
            3,
            1,
            one.parts(),
            folder,
            Backends.cpu());
    try (Console console = Console.of(true)) {
      Reproduction reproduction = new Reproduction(plan, console);
      assertEquals(1, reproduction.run().size());
      assertEquals(Set.of(Part.FIG2), reproduction.failed().keySet());
      assertTrue(
          reproduction.failed().get(Part.FIG2).getMessage().contains("sequences is 1"),
          reproduction.failed().toString());
    }
    assertTrue(Files.readString(folder.resolve("report.html")).contains("KuaiSAR"));
  }

  private Reproduction.Plan plan(int seeds, Set<Part> parts) {
    Scale.Size tiny =
        new Scale.Size(
            WorldOptions.quick().withUsers(48),
            1,
            1,
            1,
            1,
            List.of(2),
            1,
            false,
            List.of(0, 1),
            List.of(0.3, 0.5),
            List.of(0.6),
            List.of(Switch.LAST_TARGET),
            LengthOptions.quick(),
            ServedOptions.quick());
    return new Reproduction.Plan(
        Reproduction.WORLD, null, Map.of(), tiny, 3, seeds, parts, folder, Backends.cpu());
  }

  @Test
  void modelsAreComparedAndWhatWasTrainedIsNotTrainedAgain() throws Exception {
    String first = compare(1);
    Path run = runs("seminar-seed3-").getFirst();
    byte[] trained = Files.readAllBytes(run);
    assertTrue(runs("seminar-seed4-").isEmpty());
    assertTrue(first.contains("SEMINAR") && first.contains("popularity"), first);

    assertEquals(first, compare(1), "from files alone");
    compare(2);
    assertTrue(ImageIO.read(folder.resolve("table2_own.png").toFile()).getWidth() > 800);
    assertArrayEquals(trained, Files.readAllBytes(run), "the first seed was kept");
    assertEquals(1, runs("seminar-seed4-").size());
    JsonNode twin = new ObjectMapper().readTree(folder.resolve("table2.json").toFile());
    for (JsonNode row : twin.get("rows")) {
      int runs = row.get("ndcg10OfEachSeed").size();
      assertEquals(row.get("parameters").asLong() > 0 ? 2 : 1, runs, row.get("model").asText());
      assertTrue(row.get("model").asText().equals("SEMINAR") || row.has("lessReference"));
    }
    assertEquals(1, twin.get("provenance").get("made").size());

    Files.writeString(run, "{");
    IOException broken = assertThrows(IOException.class, () -> compare(1));
    assertTrue(broken.getMessage().contains("remove it"), broken.getMessage());
  }

  private List<Path> runs(String start) throws IOException {
    try (var files = Files.list(folder.resolve("runs/ranking"))) {
      return files.filter(file -> file.getFileName().toString().startsWith(start)).toList();
    }
  }

  @Test
  void ablationsShareTheirRunsAndEachFigureHasEveryNumber() throws Exception {
    try (Console console = Console.of(true)) {
      Set<Part> parts =
          EnumSet.of(
              Part.TABLE1,
              Part.TABLE3,
              Part.FIG3,
              Part.FIG4,
              Part.COLD,
              Part.SWITCHES,
              Part.SHARES);
      List<Table> tables = new Reproduction(plan(2, parts), console).run();
      assertEquals(
          List.of(10, 9, 2, 2, 2, 3), tables.stream().skip(1).map(Table::rowCount).toList());
      assertTrue(tables.getFirst().printAll().contains("KuaiSAR"), "Table 1");
    }
    for (String figure :
        List.of("table3", "table3_recent", "fig3", "fig4", "cold", "switches", "shares")) {
      assertTrue(ImageIO.read(folder.resolve(figure + ".png").toFile()).getWidth() > 400, figure);
    }
    JsonNode fourth = new ObjectMapper().readTree(folder.resolve("fig4.json").toFile());
    assertEquals(2, fourth.get("lines").size(), "the usual share of searches and another");
    for (JsonNode row : fourth.get("lines").get(1).get("rows")) {
      assertEquals(2, row.get("ndcg10OfEachSeed").size());
    }
    JsonNode cold = new ObjectMapper().readTree(folder.resolve("cold.json").toFile());
    assertEquals(6, cold.get("panels").get(0).get("series").size());
    assertEquals(4, cold.get("panels").get(1).get("series").size());
    int places = cold.get("users").size();
    assertEquals(9 * places, cold.get("differences").size());
    assertEquals(9 * places + 1, Files.readAllLines(folder.resolve("cold.csv")).size());
    for (JsonNode row : cold.get("differences")) {
      boolean itself = row.get("model").asText().equals("text vectors");
      assertEquals(!itself, row.has("Δ [95 %, seeds too]"), row.toString());
    }
    // 8 + 2 settings of Table 3, six with codes and one without texts for cold items; Figure 3
    // uses two of them and Figure 4 one; λ = 0.3, and two in the other world; a switch, and all of
    // them; three controls, of which two are the same, twice one epoch and one of each stage: with
    // two seeds each.
    assertEquals(2 * (10 + 2 + 6 + 1 + 1 + 2 + 2), runs("").size(), runs("").toString());
  }

  @Test
  void vectorsOfTextsAreComparedAloneAndInTheModel() throws Exception {
    MiniLmJar.file();
    try (Console console = Console.of(true)) {
      List<Table> tables = new Reproduction(plan(1, EnumSet.of(Part.TEXT)), console).run();
      assertEquals(List.of(9, 9), tables.stream().map(Table::rowCount).toList());
      List<String> models = tables.getFirst().stringColumn("model").asList();
      assertTrue(models.contains("SEMINAR, no text"), models.toString());
      assertTrue(models.contains("text alone, all-MiniLM-L6-v2"), models.toString());
    }
    JsonNode table = new ObjectMapper().readTree(folder.resolve("text.json").toFile());
    assertEquals(4, table.findPath("vectors").size());
    assertTrue(table.findPath("vectors").path("all-MiniLM-L6-v2").asText().contains("SHA-256"));
    JsonNode cold = new ObjectMapper().readTree(folder.resolve("text_cold.json").toFile());
    assertEquals(2, cold.get("panels").size());
    assertEquals(5 + 5, runs("seminar").size(), runs("").toString());
  }

  private String compare(int seeds) throws IOException {
    try (Console console = Console.of(true)) {
      Table table =
          new Reproduction(plan(seeds, EnumSet.of(Part.TABLE2)), console).run().getFirst();
      return TextTable.of(table).toString();
    }
  }
}
