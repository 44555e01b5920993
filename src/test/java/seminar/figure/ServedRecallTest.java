package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.experiment.Run;
import seminar.experiment.SearchCost;
import seminar.experiment.ServedRun;
import seminar.measure.PairedBootstrap;
import seminar.serve.SearchKind;

class ServedRecallTest {
  private static final List<SearchKind> KINDS =
      List.of(SearchKind.EXACT, SearchKind.PQ, SearchKind.LSH);

  @TempDir Path folder;

  private static ServedRun run(int length) {
    List<SearchCost> searches =
        KINDS.stream()
            .map(
                kind ->
                    new SearchCost(
                        kind.toString(),
                        kind.label(),
                        0.5 - 0.01 * kind.ordinal(),
                        new PairedBootstrap(
                            -0.01 * kind.ordinal(),
                            -0.012 * kind.ordinal(),
                            -0.008 * kind.ordinal(),
                            0.5,
                            9),
                        List.of(1.0),
                        1 - 0.05 * kind.ordinal(),
                        1,
                        32,
                        0,
                        20))
            .toList();
    Run.Identity identity = new Run.Identity(null, 7, "corpus", "features", "negatives", "1");
    return new ServedRun("model", identity, "hash", length, 50, 9, 0.5, searches);
  }

  @Test
  void thePictureHasAPanelForEachLengthAndATwinWithEveryNumber() throws Exception {
    Path png = folder.resolve("served.png");
    ServedRecall.draw("Heading", "subtitle", List.of(run(10), run(20)), Map.of("a", 1), png);
    JsonNode twin = new ObjectMapper().readTree(folder.resolve("served.json").toFile());
    assertEquals("Heading", twin.get("figure").asText());
    assertEquals(1, twin.get("a").asInt());
    assertEquals(20, twin.at("/runs/1/length").asInt());
    assertEquals("hash", twin.at("/runs/1/model").asText());
    assertEquals(7, twin.at("/runs/1/seed").asInt());
    assertEquals("lsh", twin.at("/runs/1/searches/2/search").asText());
    assertEquals(-0.108, twin.at("/runs/1/searches/2/lessExact/low").asDouble(), 1e-9);
    String svg = Files.readString(folder.resolve("served.svg"));
    for (SearchKind kind : KINDS) {
      assertTrue(svg.contains(">" + kind + "<"), "the name beside its point: " + kind);
    }
    BufferedImage one = ServedRecall.image("Heading", "subtitle", List.of(run(10)));
    BufferedImage two = ServedRecall.image("Heading", "subtitle", List.of(run(10), run(20)));
    assertTrue(two.getWidth() > 1.9 * one.getWidth());
    assertThrows(
        IllegalArgumentException.class, () -> ServedRecall.image("Heading", "none", List.of()));
  }
}
