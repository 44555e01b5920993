package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of searches over a short history. */
class RetrieveBenchTest {
  @TempDir Path folder;

  @Test
  void theCommandWritesWhatItMeasured() throws Exception {
    StringWriter out = new StringWriter();
    Path file = folder.resolve("bench.json");
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                ("bench retrieve --quiet --lengths 600,700 --graph-length 600 --rounds 2 --out "
                        + file)
                    .split(" "));
    assertEquals(0, exit, out.toString());
    JsonNode report = new ObjectMapper().readTree(file.toFile()).get("report");
    assertTrue(report.get("learning").get("encodedPerSecond").asDouble() > 0);
    JsonNode searches = report.get("searches");
    assertEquals(22, searches.size());
    List<String> names = searches.findValues("retriever").stream().map(JsonNode::asText).toList();
    assertEquals("exact, fused keys", names.getFirst());
    assertEquals(1, names.stream().filter("cascade over HNSW"::equals).count());
    for (JsonNode each : searches) {
      double recall = each.get("recall").asDouble();
      assertTrue(recall > 0.1 && recall < 1 + 1e-9, each.toString());
      assertTrue(each.get("fastest").asDouble() <= each.get("microseconds").asDouble());
      assertTrue(each.get("readMicroseconds").asDouble() > 0);
      if (each.get("retriever").asText().startsWith("exact")) {
        assertEquals(1, recall, 1e-9);
      }
    }
    for (String word : List.of("look-ups/ns", "reading alone", "fast scan 64 x 16")) {
      assertTrue(out.toString().contains(word), out.toString());
    }
  }
}
