package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.CorpusStatistics.Lengths;
import seminar.profile.HistoryLengths;
import seminar.profile.HistoryLine;
import seminar.profile.ItemPopularity;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Figures of a corpus: lengths, popularity, one history; and tables as files. */
class CorpusFiguresTest {
  private static final Map<String, Object> MADE = Map.of("seed", 4);
  private static final HistoryLengths LENGTHS =
      new HistoryLengths(
          "demo",
          100,
          new Lengths(12.5, 3, 400),
          List.of(
              new HistoryLengths.Point(1, 1),
              new HistoryLengths.Point(3, 0.5),
              new HistoryLengths.Point(400, 0.01)));
  private static final ItemPopularity POPULARITY =
      new ItemPopularity(
          "demo",
          90,
          50,
          1234,
          List.of(
              new ItemPopularity.Point(1, 300),
              new ItemPopularity.Point(10, 40),
              new ItemPopularity.Point(50, 1)),
          Optional.of(new ItemPopularity.Zipf(0.9, 310, 1, 50)),
          0.2,
          0.6);

  @TempDir Path folder;

  private JsonNode twin(String name) throws Exception {
    BufferedImage image = ImageIO.read(folder.resolve(name + ".png").toFile());
    assertTrue(image.getWidth() >= 800 && image.getHeight() >= 400);
    JsonNode twin = new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
    assertEquals(4, twin.get("provenance").get("seed").asInt());
    return twin;
  }

  @Test
  void everyPlottedNumberIsInTheTwins() throws Exception {
    LengthDistribution.draw(LENGTHS, MADE, folder.resolve("a.png"));
    JsonNode lengths = twin("a").get("lengths");
    assertEquals(LENGTHS, new ObjectMapper().treeToValue(lengths, HistoryLengths.class));
    PopularityCurve.draw(POPULARITY, MADE, folder.resolve("b.png"));
    JsonNode popularity = twin("b");
    assertEquals(40, popularity.get("points").get(1).get("events").asInt());
    assertEquals(0.9, popularity.get("zipf").get("exponent").asDouble());
    assertEquals(0.6, popularity.get("shareOfTopTenth").asDouble());
    HistoryLine history = history(true, 30, 3_600_000);
    HistoryTimeline.draw(history, MADE, folder.resolve("c.png"));
    JsonNode drawn = twin("c").get("history");
    assertEquals(history, new ObjectMapper().treeToValue(drawn, HistoryLine.class));
  }

  @Test
  void curvesOfOnePointAreDrawnAndNoneIsRefused() {
    HistoryLengths one =
        new HistoryLengths("x", 1, new Lengths(1, 1, 1), List.of(new HistoryLengths.Point(1, 1)));
    assertTrue(LengthDistribution.image(one).getWidth() > 0);
    HistoryLengths none = new HistoryLengths("x", 0, new Lengths(0, 0, 0), List.of());
    assertThrows(IllegalArgumentException.class, () -> LengthDistribution.image(none));
    List<ItemPopularity.Point> point = List.of(new ItemPopularity.Point(1, 1));
    ItemPopularity lone = new ItemPopularity("x", 1, 1, 1, point, Optional.empty(), 1, 1);
    assertTrue(PopularityCurve.image(lone).getWidth() > 0);
    ItemPopularity nothing = new ItemPopularity("x", 1, 0, 0, List.of(), Optional.empty(), 0, 0);
    assertThrows(IllegalArgumentException.class, () -> PopularityCurve.image(nothing));
    HistoryLine empty = new HistoryLine("x", "u", false, 0, "", List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> HistoryTimeline.image(empty));
  }

  private static HistoryLine history(boolean timed, int count, long step) {
    List<HistoryLine.Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String category = List.of("red", "blue", HistoryLine.OTHER).get(i % 3);
      boolean search = i % 2 == 0;
      String query = search ? "query " + i : "";
      events.add(new HistoryLine.Event(i, timed ? i * step : 0, search, query, i + 1, category));
    }
    return new HistoryLine("demo", "u", timed, count, "colour", List.of("red", "blue"), events);
  }

  @Test
  void pausesBecomeGapsThatGrowWithTheirLogarithm() {
    HistoryLine history = history(true, 5, TimelineLayout.SESSION);
    TimelineLayout together = TimelineLayout.of(history, 1000);
    assertEquals(4 * TimelineLayout.PITCH, together.events().getLast().x(), "30 minutes: none");
    double hours = gap(10 * TimelineLayout.SESSION);
    double days = gap(100 * TimelineLayout.SESSION);
    double weeks = gap(1000 * TimelineLayout.SESSION);
    assertTrue(hours > 0 && days > hours);
    assertEquals(days - hours, weeks - days, 1e-9);
    assertEquals(0, TimelineLayout.of(history(false, 2, 0), 100).events().get(1).gap());
  }

  private static double gap(long pause) {
    return TimelineLayout.of(history(true, 2, pause), 1000).events().get(1).gap();
  }

  @Test
  void rowsAreFilledInOrderAndNothingLeavesThem() {
    for (double width : new double[] {3, 60, 1000}) {
      TimelineLayout layout = TimelineLayout.of(history(true, 100, 3_600_000), width);
      Set<Integer> rows = new TreeSet<>();
      double before = -1;
      for (TimelineLayout.Placed placed : layout.events()) {
        boolean fresh = rows.add(placed.row());
        assertEquals(fresh, placed.x() == 0);
        assertTrue(fresh || placed.x() >= before + TimelineLayout.PITCH);
        assertTrue(fresh || placed.x() + TimelineLayout.PITCH <= width);
        before = placed.x();
      }
      assertEquals(layout.rows(), rows.size());
    }
  }

  @Test
  void bothLanesAndAllColoursAreDrawn() {
    BufferedImage image = HistoryTimeline.image(history(false, 9, 0));
    Set<Integer> colours = new TreeSet<>();
    for (int y = 160; y < 270; y++) {
      for (int x = 180; x < 400; x++) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    assertTrue(colours.contains(Style.category(0).getRGB() & 0xFFFFFF));
    assertTrue(colours.contains(Style.category(1).getRGB() & 0xFFFFFF));
    assertTrue(colours.contains(0xBDBDBD));
  }

  @Test
  void durationsAreInTheirLargestUnit() {
    assertEquals("45 m", HistoryTimeline.duration(45 * 60_000L));
    assertEquals("23 h", HistoryTimeline.duration(1439 * 60_000L));
    assertEquals("12 d", HistoryTimeline.duration(12 * 24 * 60 * 60_000L));
    assertEquals("3 y", HistoryTimeline.duration(3 * 366L * 24 * 60 * 60_000L));
  }

  @Test
  void textFromDataIsOneLineThatFits() {
    assertEquals("a b c", Label.of("  a\n\tb\u0000\u202Ec ", Style.TEXT));
    assertEquals("·", Label.of("\uDBFF\uDFFE", Style.TEXT));
    var metrics =
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
            .createGraphics()
            .getFontMetrics(Style.TEXT);
    String cut = Label.of("a long text that does not fit", metrics, 60);
    assertTrue(cut.endsWith("…") && metrics.stringWidth(cut) <= 60, cut);
    assertEquals("", Label.of("text", metrics, 1));
    assertEquals("text", Label.of("text", metrics, 100));
  }

  @Test
  void aTableIsWrittenForSpreadsheetsAndForPrograms() throws Exception {
    Table table =
        Table.create(
            "Sizes",
            StringColumn.create("name", "a, \"b\"", "c"),
            LongColumn.create("users", 3L, 4L),
            DoubleColumn.create("mean", 1.5, 2));
    table.longColumn("users").setMissing(1);
    TableFile.write(table, Map.of("provenance", MADE), folder, "sizes");
    assertEquals(
        List.of("name,users,mean", "\"a, \"\"b\"\"\",3,1.5", "c,,2.0"),
        Files.readAllLines(folder.resolve("sizes.csv")));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("sizes.json").toFile());
    assertEquals("Sizes", json.get("table").asText());
    assertEquals(3, json.get("rows").get(0).get("users").asInt());
    assertFalse(json.get("rows").get(1).has("users"));
    assertEquals(4, json.get("provenance").get("seed").asInt());
  }
}
