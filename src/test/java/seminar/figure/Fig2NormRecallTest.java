package seminar.figure;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.measure.MeanInterval;
import seminar.quantize.Cost;
import seminar.recall.NormRecall.Curve;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Point;
import seminar.recall.NormRecall.Result;

class Fig2NormRecallTest {
  @TempDir Path folder;

  @Test
  void everyPlottedNumberIsInTheTwinWithItsProvenance() throws Exception {
    Result panel = result(Options.script().panel(10_000, NormLaw.SAME, Options.EQUAL));
    Path png = folder.resolve("figures/fig2.png");
    Fig2NormRecall.draw(List.of(panel), 1, png, Map.of("seed", 1));

    ObjectMapper json = new ObjectMapper();
    JsonNode twin = json.readTree(folder.resolve("figures/fig2.json").toFile());
    assertEquals(1, twin.get("provenance").get("seed").asInt());
    JsonNode drawn = twin.get("panels").get(0);
    assertEquals(panel.options(), json.treeToValue(drawn.get("options"), Options.class));
    for (int i = 0; i < panel.curves().size(); i++) {
      assertEquals(
          panel.curves().get(i), json.treeToValue(drawn.get("curves").get(i), Curve.class));
    }
    assertEquals(0.2719, drawn.get("paper").get(0).get("recall").asDouble());
    BufferedImage image = ImageIO.read(png.toFile());
    assertTrue(image.getWidth() >= 800 && image.getHeight() >= 600);
  }

  @Test
  void panelsStandInAGridAndEveryMethodHasItsColour() {
    List<Result> panels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      panels.add(result(Options.printed()));
    }
    BufferedImage image = Fig2NormRecall.image(panels, 2);
    assertTrue(image.getWidth() > 2 * Style.WIDTH * Style.SCALE); // names beside the last column
    assertTrue(image.getHeight() > 2 * Style.HEIGHT * Style.SCALE);
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    for (Method method : Method.USUAL) {
      Style.Look look = MethodLooks.of(method.label()).orElseThrow();
      assertTrue(colours.contains(look.color().getRGB() & 0xFFFFFF), method.label());
    }
  }

  @Test
  void aFailedDrawingLeavesTheOldFilesAndNoRubbish() throws Exception {
    Path png = folder.resolve("fig2.png");
    Fig2NormRecall.draw(List.of(result(Options.script())), 1, png, Map.of("run", "first"));
    byte[] before = Files.readAllBytes(folder.resolve("fig2.json"));
    Map<String, Object> unwritable = Map.of("run", new Object());
    assertThrows(
        IOException.class,
        () -> Fig2NormRecall.draw(List.of(result(Options.printed())), 1, png, unwritable));
    assertEquals(new String(before), Files.readString(folder.resolve("fig2.json")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void thePaperIsQuotedOnlyWhereItStatesANumber() {
    assertFalse(
        Fig2NormRecall.quoted(Options.script().panel(10_000, NormLaw.SAME, Options.EQUAL))
            .isEmpty());
    assertTrue(Fig2NormRecall.quoted(Options.script()).isEmpty());
    assertTrue(
        Fig2NormRecall.quoted(Options.script().panel(10_000, NormLaw.SAME, Options.RISING))
            .isEmpty());
  }

  @Test
  void refusesNoPanelsAndOtherFileNames() {
    assertThrows(IllegalArgumentException.class, () -> Fig2NormRecall.image(List.of(), 1));
    List<Result> panels = List.of(result(Options.script()));
    Path gif = folder.resolve("fig2.gif");
    assertThrows(
        IllegalArgumentException.class, () -> Fig2NormRecall.draw(panels, 1, gif, Map.of()));
  }

  private static Result result(Options options) {
    List<Curve> curves = new ArrayList<>();
    for (Method method : Method.USUAL) {
      List<Point> points = new ArrayList<>();
      for (int k : options.topK()) {
        double recall = 0.95 - 0.15 * method.ordinal() + k / 8000.0;
        points.add(new Point(k, new MeanInterval(recall, 0.02)));
      }
      curves.add(new Curve(method, points, new Cost(1, 2, 3)));
    }
    return new Result(options, curves);
  }
}
