package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.feature.FeatureStore;
import seminar.feature.NpyStore;
import seminar.math.Rng;

/** What codes find among given vectors: the command and its table. */
class CodesBenchTest {
  private static final int N = 600;
  private static final int D = 32;

  @TempDir Path folder;

  @Test
  void moreBytesFindMoreAndEveryRowIsTrue() throws Exception {
    float[] values = new float[N * D];
    Rng.gaussian(Rng.stream("test/codes", 1), values, 1);
    for (int j = 0; j < 3 * D; j++) {
      values[j] = 0; // three rows of zeros
    }
    Path file = folder.resolve("vectors.npy");
    NpyStore.write(file, FeatureStore.of(D, values));
    Path json = folder.resolve("codes.json");
    StringWriter out = new StringWriter();
    int exit = run(out, "bench codes --quiet --best 5 --vectors " + file + " --out " + json);
    assertEquals(0, exit, out.toString());
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    assertEquals(597, all.get("vectors").get("rows").asInt());
    assertEquals(3, all.get("vectors").get("zeroRows").asInt());
    assertTrue(out.toString().contains("3 rows of zeros were left out"), out.toString());
    Map<String, Double> recall = new HashMap<>();
    for (JsonNode row : all.get("results")) {
      double found = row.get("recall").get("mean").asDouble();
      recall.put(row.get("method").asText(), found);
      assertTrue(found > 0 && found <= 1 && row.get("bytes").asDouble() >= 8, row.toString());
      assertTrue(row.get("refined").asDouble() >= found - 1e-9, row.toString());
      double candidates = row.get("candidates").asDouble();
      assertTrue(candidates == 0 || candidates >= 1, row.toString());
    }
    for (String family : new String[] {"RaBitQ", "scalar quantization"}) {
      assertTrue(recall.get(family + ", 2 bits") > recall.get(family + ", 1 bit"), family);
      assertTrue(recall.get(family + ", 4 bits") > recall.get(family + ", 2 bits"), family);
    }
    assertTrue(recall.get("PQ 32 × 16") > recall.get("PQ 16 × 16"), recall.toString());
    assertTrue(recall.containsKey("score-aware OPQ 16 × 16"), recall.toString());
    assertTrue(recall.containsKey("OPQ 32 × 16 of directions"), recall.toString());
  }

  @Test
  void vectorsMustBeGivenAndBeEnough() throws Exception {
    StringWriter out = new StringWriter();
    assertEquals(2, run(out, "bench codes --quiet"));
    assertTrue(out.toString().contains("--vectors"), out.toString());
    Path file = folder.resolve("few.npy");
    NpyStore.write(file, FeatureStore.of(4, new float[40]));
    StringWriter few = new StringWriter();
    assertTrue(run(few, "bench codes --quiet --vectors " + file) != 0);
    assertTrue(few.toString().contains("number of vectors"), few.toString());
  }

  private static int run(StringWriter out, String command) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(command.split(" "));
  }
}
