package seminar.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.train.TrainListener.Epoch;
import seminar.train.TrainListener.Step;

class JsonLinesTest {
  @TempDir Path folder;

  private Path file;
  private long now;

  @BeforeEach
  void name() {
    file = folder.resolve("logs").resolve("training.jsonl");
  }

  private static Step step(int batch) {
    return new Step(2, batch, 5, 8, StepLoss.of("next pair", 0.25), 1.5);
  }

  private JsonNode line(int index) throws IOException {
    return new ObjectMapper().readTree(Files.readAllLines(file).get(index));
  }

  @Test
  void everyNthStepAndEveryEpochIsALineAtOnce() throws IOException {
    try (JsonLines lines = new JsonLines(file, 2, () -> now)) {
      for (int batch = 1; batch <= 5; batch++) {
        now += 1_000_000_000;
        lines.step(step(batch));
        assertEquals(batch / 2, Files.readAllLines(file).size());
      }
      lines.epoch(new Epoch(2, 0.5, Map.of("next pair", 0.5), 0.75, true));
      JsonNode second = line(1);
      assertEquals("step", second.get("event").asText());
      assertEquals(List.of(2, 4, 5), ints(second, "epoch", "batch", "batches"));
      assertEquals(0.25, second.get("loss").asDouble());
      assertEquals(0.25, second.get("terms").get("next pair").asDouble());
      assertEquals(1.5, second.get("gradientNorm").asDouble());
      assertEquals(8.0, second.get("usersPerSecond").asDouble());
      JsonNode epoch = line(2);
      assertEquals("epoch", epoch.get("event").asText());
      assertEquals(0.5, epoch.get("terms").get("next pair").asDouble());
      assertEquals(0.75, epoch.get("validation").asDouble());
      assertTrue(epoch.get("best").asBoolean());
    }
  }

  private static List<Integer> ints(JsonNode node, String... fields) {
    return List.of(fields).stream().map(field -> node.get(field).asInt()).toList();
  }

  @Test
  void aLineThatWasCutOffDoesNotSwallowTheNext() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"event\":\"step\"}\n{\"event\":\"st");
    try (JsonLines lines = JsonLines.append(file, 1)) {
      lines.step(step(1));
    }
    try (JsonLines lines = JsonLines.append(file, 1)) {
      lines.step(step(2));
    }
    assertEquals(4, Files.readAllLines(file).size());
    assertEquals(
        List.of(1, 2), List.of(ints(line(2), "batch").get(0), ints(line(3), "batch").get(0)));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    JsonLines lines = JsonLines.append(file, 1);
    lines.close();
    UncheckedIOException failure =
        assertThrows(UncheckedIOException.class, () -> lines.step(step(1)));
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    assertThrows(IllegalArgumentException.class, () -> JsonLines.append(file, 0));
  }
}
