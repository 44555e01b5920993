package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.experiment.Comparison;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.profile.Table1;
import seminar.rank.PlainRankers;
import seminar.recall.NormRecall;
import seminar.recall.NormShares;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/** The numbers in {@code figures/} are those that this code gives. */
class CommittedNumbersTest {
  private static final Path FIGURES = Path.of("figures");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRAINED = "SEMINAR, no pretraining";

  private static World world;

  @BeforeAll
  static void plant() {
    world = World.of(WorldOptions.quick());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table1",
        "table2",
        "table3",
        "table3_recent",
        "table4",
        "fig3",
        "cold",
        "switches",
        "learning",
        "history"
      })
  void everyFigureIsOfTheWorldThatIsPlantedNow(String name) throws IOException {
    JsonNode figure = read(name);
    List<String> hashes = figure.findValuesAsText("corpusHash");
    if (hashes.isEmpty()) {
      hashes =
          figure.findValues("corpus").stream().map(each -> each.path("hash").asText()).toList();
    }
    assertTrue(hashes.contains(world.corpus().hash()), hashes.toString());
  }

  @Test
  void theStatisticsOfTheWorldAreThoseOfTable1() throws IOException {
    JsonNode row = read("table1").get("rows").get(0);
    Table table = Table1.of("world", world.corpus().statistics());
    for (String column : List.of("users", "items", "queries", "interactions", "mean length")) {
      double now = Double.parseDouble(table.column(column).getString(0).replace(",", ""));
      assertEquals(row.get(column).asDouble(), now, 0.051, column);
    }
  }

  @Test
  void plainRankersAndATrainedModelRankAsInTable2(@TempDir Path folder) throws IOException {
    JsonNode stored = read("table2");
    JsonNode setup = stored.get("provenance").get("options").get(TRAINED).get("setup");
    Contender model = new Contender(TRAINED, JSON.treeToValue(setup, Setup.class), false);
    List<Line> lines =
        new Comparison(world.corpus(), Features.of(world), Workers.common(), 1, folder)
            .runBesidePlain(
                model.setup().protocol(),
                List.of(model),
                List.of(1L),
                Comparison.Listener.silent());
    assertEquals(PlainRankers.values().length + 1, lines.size());
    Map<String, JsonNode> rows =
        stored
            .get("rows")
            .valueStream()
            .collect(Collectors.toMap(row -> row.get("model").asText(), row -> row));
    for (Line line : lines) {
      double now = line.runs().getFirst().report().ndcg(10);
      double then = rows.get(line.name()).get("ndcg10OfEachSeed").get(0).asDouble();
      assertEquals(then, now, 0.03, line.name());
    }
  }

  @Test
  void sharesOfAScoreAreThoseOfTheFigure() throws IOException {
    JsonNode figure = read("shares");
    for (int panel = 0; panel < 3; panel++) {
      NormRecall.Options options =
          JSON.treeToValue(figure.get("options").get(panel), NormRecall.Options.class);
      double[][] now = NormShares.of(options).shares();
      JsonNode then = figure.get("panels").get(panel).get("shares");
      for (int i = 0; i < now.length; i++) {
        for (int j = 0; j < now.length; j++) {
          assertEquals(then.get(i).get(j).asDouble(), now[i][j], 1e-3);
        }
      }
    }
  }

  private static JsonNode read(String name) throws IOException {
    return JSON.readTree(FIGURES.resolve(name + ".json").toFile());
  }
}
