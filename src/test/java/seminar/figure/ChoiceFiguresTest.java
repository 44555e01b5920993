package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.lesson.ChoiceOverlap;
import seminar.lesson.ChosenEvents;
import seminar.lesson.ChosenEvents.Choice;
import seminar.measure.Place;
import seminar.measure.RankingReport;
import seminar.measure.TieRule;

/** What models chose, as pictures. */
class ChoiceFiguresTest {
  private static final ChoiceStrips.Labels LABELS =
      new ChoiceStrips.Labels(
          item -> item % 3 == 0 ? Optional.empty() : Optional.of(square()),
          item -> "item " + item,
          (item, target) -> item % 2 == 0,
          "same intent");

  @TempDir Path folder;

  private static BufferedImage square() {
    return new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
  }

  private static ChosenEvents chosen(int events, int models) {
    List<Integer> items = IntStream.range(0, events).boxed().toList();
    List<Double> weights = IntStream.range(0, events).mapToObj(e -> e < 2 ? 0.5 : 0.0).toList();
    List<Choice> choices =
        IntStream.range(0, models).mapToObj(m -> new Choice("model " + m, m, weights)).toList();
    return new ChosenEvents("u", 4, 100, items, choices);
  }

  private static int count(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aBarHasTheColourOfItsKind() {
    int related = Style.color(0).getRGB() & 0xFFFFFF;
    int other = Style.color(1).getRGB() & 0xFFFFFF;
    BufferedImage one = ChoiceStrips.image(chosen(40, 1), LABELS);
    BufferedImage three = ChoiceStrips.image(chosen(40, 3), LABELS);
    int bar = 19 * 2 * 30 * 2; // a cell of 800 / 40 less its gap, 30 high, both twice
    assertEquals(2 * bar, count(three, related) - count(one, related), 8);
    assertEquals(2 * bar, count(three, other) - count(one, other), 8);
  }

  @Test
  void historiesOfAnyLengthAreDrawnUpToTheLast() {
    for (int events : new int[] {1, 7, 64, 200}) {
      assertTrue(ChoiceStrips.image(chosen(events, 2), LABELS).getWidth() >= 1600);
    }
    for (int events : new int[] {0, 201}) {
      ChosenEvents wrong = new ChosenEvents("u", 4, 100, items(events), none(events));
      assertThrows(IllegalArgumentException.class, () -> ChoiceStrips.image(wrong, LABELS));
    }
  }

  private static List<Integer> items(int events) {
    return Collections.nCopies(events, 1);
  }

  private static List<Choice> none(int events) {
    return List.of(new Choice("m", 0, Collections.nCopies(events, 0.0)));
  }

  @Test
  void everyDrawnNumberIsInTheTwins() throws Exception {
    ChosenEvents chosen = chosen(9, 2);
    ChoiceStrips.draw(chosen, LABELS, Map.of("seed", 4), folder.resolve("strips.png"));
    JsonNode strips = twin("strips");
    assertEquals(chosen, new ObjectMapper().treeToValue(strips.get("chosen"), ChosenEvents.class));
    assertEquals("item 4", strips.get("target").asText());
    assertTrue(strips.get("akinEvents").get(0).asBoolean());
    ChoiceOverlap overlap = ChoiceOverlap.of(List.of(chosen), 3, LABELS.relatedness());
    OverlapMatrix.draw(overlap, Map.of("seed", 4), folder.resolve("matrix.png"));
    JsonNode matrix = twin("matrix").get("overlap");
    assertEquals(overlap, new ObjectMapper().treeToValue(matrix, ChoiceOverlap.class));
  }

  @Test
  void everyPlaceOfAScatterIsInItsTwin() throws Exception {
    List<Integer> users = List.of(3, 8);
    RankingReport all =
        new RankingReport(TieRule.EXPECTED, users, List.of(new Place(0, 0), new Place(40, 49)));
    RankingReport sampled =
        new RankingReport(TieRule.EXPECTED, users, List.of(new Place(0, 0), new Place(5, 5)));
    PlaceScatter.Places places = new PlaceScatter.Places("m", all, sampled, 500, 100);
    PlaceScatter.draw(places, Map.of("seed", 4), folder.resolve("places.png"));
    JsonNode twin = new ObjectMapper().readTree(folder.resolve("places.json").toFile());
    assertEquals(45.5, twin.get("placesAmongAll").get(1).asDouble());
    assertEquals(6, twin.get("placesInSample").get(1).asDouble());
    assertThrows(
        IllegalArgumentException.class, () -> new PlaceScatter.Places("m", all, sampled, 99, 100));
    RankingReport others = new RankingReport(TieRule.EXPECTED, List.of(3, 9), sampled.places());
    assertThrows(
        IllegalArgumentException.class, () -> new PlaceScatter.Places("m", all, others, 500, 100));
  }

  private JsonNode twin(String name) throws Exception {
    assertTrue(ImageIO.read(folder.resolve(name + ".png").toFile()).getWidth() >= 1200);
    JsonNode twin = new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
    assertEquals(4, twin.get("provenance").get("seed").asInt());
    return twin;
  }
}
