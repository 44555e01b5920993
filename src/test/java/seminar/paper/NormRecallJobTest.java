package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.compute.Backends;
import seminar.terminal.Console;

/** All panels of Figure 2, on histories that are short. */
class NormRecallJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LENGTH = 300;

  @TempDir private Path folder;

  @Test
  void panelsAreComputedOnceAndMarkedWhereOtherCodeMadeThem() throws IOException {
    run();
    Path figure = folder.resolve("fig2_printed.json");
    byte[] first = Files.readAllBytes(figure);
    assertEquals(3, JSON.readTree(first).get("panels").size());
    List<Path> panels = panels();
    assertEquals(6, panels.size());

    long[] times = panels.stream().mapToLong(panel -> panel.toFile().lastModified()).toArray();
    run();
    assertArrayEquals(first, Files.readAllBytes(figure));
    assertArrayEquals(
        times, panels.stream().mapToLong(panel -> panel.toFile().lastModified()).toArray());

    Path printed =
        panels.stream().filter(panel -> panel.toString().contains("printed")).findAny().get();
    String other =
        Files.readString(printed).replaceFirst("\"commit\":\"[^\"]*", "\"commit\":\"old");
    Files.writeString(printed, other);
    run();
    JsonNode made = JSON.readTree(figure.toFile()).findPath("made");
    assertEquals(2, made.size());
    assertTrue(made.findValuesAsText("commit").contains("old"), made.toString());

    Files.writeString(printed, "{");
    IOException broken = assertThrows(IOException.class, this::run);
    assertTrue(broken.getMessage().contains("remove it"), broken.getMessage());
  }

  private void run() throws IOException {
    Scale.Size two = Scale.QUICK.size().withSequences(List.of(2));
    Reproduction.Plan plan =
        new Reproduction.Plan(
            Reproduction.WORLD,
            null,
            Map.of(),
            two,
            1,
            1,
            EnumSet.of(Reproduction.Part.FIG2_ALL),
            folder,
            Backends.cpu());
    try (Console console = Console.of(true)) {
      new NormRecallJob(plan, console, List.of(LENGTH)).all();
    }
  }

  private List<Path> panels() throws IOException {
    try (var files = Files.list(folder.resolve("runs/fig2"))) {
      return files.sorted().toList();
    }
  }
}
