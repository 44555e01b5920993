package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.measure.MeanInterval;
import seminar.recall.Frontier;
import seminar.recall.Frontier.Family;
import seminar.recall.Frontier.Point;
import seminar.recall.Frontier.Result;
import seminar.recall.NormRecall;

class RecallFrontierTest {
  @TempDir Path folder;

  @Test
  void everyFamilyHasItsLookAndEveryNumberStandsInTheTwin() throws Exception {
    Path png = folder.resolve("frontier.png");
    RecallFrontier.draw(
        List.of(result(NormRecall.Options.printed()), result(NormRecall.Options.script())),
        Map.of("seed", 1),
        png);
    BufferedImage image = ImageIO.read(png.toFile());
    assertTrue(image.getWidth() > 1000 && image.getHeight() > 1000);
    JsonNode twin = new ObjectMapper().readTree(folder.resolve("frontier.json").toFile());
    assertTrue(twin.get("time").asText().contains("one thread"));
    assertEquals(2, twin.get("results").size());
    JsonNode points = twin.get("results").get(1).get("points");
    assertEquals(2 * Family.values().length, points.size());
    assertEquals(0.5, points.get(1).get("recall").get("mean").asDouble());
    assertThrows(IllegalArgumentException.class, () -> RecallFrontier.image(List.of()));
  }

  private static Result result(NormRecall.Options setting) {
    List<Point> points = new ArrayList<>();
    for (Family family : Family.values()) {
      for (int i = 1; i <= 2; i++) {
        double cost = Math.pow(2, i + family.ordinal());
        MeanInterval recall = new MeanInterval(i / 4.0, 0.01);
        points.add(
            new Point(
                family, family + " " + i, cost, 2 * cost, 3 * cost, recall, List.of(i / 4.0)));
      }
    }
    return new Result(Frontier.Options.of(setting, 1), points);
  }
}
