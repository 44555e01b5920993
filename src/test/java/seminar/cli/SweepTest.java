package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids from files, and what two of their runs differ in. */
class SweepTest {
  private static final String GRID =
      """
      title: A very small grid
      options: {users: 40}
      set: {training.epochs: 1, pretraining.epochs: 1}
      vary:
        model.channels.queryWeight: [0.1, 0.5]
        switch: [none, mixed_chunks]
      """;

  @TempDir Path folder;

  private Path grid(String text) throws Exception {
    return Files.writeString(folder.resolve("grid.yaml"), text);
  }

  private Map<String, FileTime> runs() throws Exception {
    try (var files = Files.list(folder.resolve("out/runs"))) {
      return files.collect(
          Collectors.toMap(file -> file.getFileName().toString(), file -> time(file)));
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aGridIsMadeInPartsFailuresAreLinesAndTwoRunsDifferInWords() throws Exception {
    Path grid = grid(GRID);
    Path out = folder.resolve("out");
    Outcome part = Outcome.of("sweep", grid, "--out", out, "--part", "1/2", "--quiet");
    assertEquals(0, part.exit(), part.err());
    Map<String, FileTime> first = runs();
    assertEquals(2, first.size(), first.toString());

    Outcome whole = Outcome.of("sweep", grid, "--out", out, "--quiet");
    assertEquals(0, whole.exit(), whole.err());
    assertTrue(runs().entrySet().containsAll(first.entrySet()), "the first runs were kept");
    JsonNode twin = new ObjectMapper().readTree(out.resolve("sweep.json").toFile());
    assertEquals(4, twin.get("results").size());
    // 8 histories in the last batch are too few to be cut in 1000: an error beside the others.
    assertTrue(twin.get("results").get(1).get("error").asText().contains("larger batches"));
    assertEquals(1, twin.get("results").get(0).get("ndcg10OfEachSeed").size());
    assertTrue(Files.readString(out.resolve("sweep.csv")).startsWith("queryWeight,switch,"));

    List<Path> two = runs().keySet().stream().map(out.resolve("runs")::resolve).toList();
    Outcome compared = Outcome.of("compare", two.get(0), two.get(1));
    assertEquals(0, compared.exit(), compared.err());
    assertTrue(compared.out().contains("model.channels.queryWeight: 0."), compared.out());
    assertEquals(1, compared.out().lines().filter(line -> line.contains("option")).count());
    assertTrue(compared.out().contains("95 % of resampled users"), compared.out());
  }

  @Test
  void runsSideBySideAreTheSameBitsAndAFailedOneIsALineBesideThem() throws Exception {
    Path grid = grid(GRID.replace("vary:", "seeds: [1, 2]\nvary:"));
    Map<String, JsonNode> tables = new LinkedHashMap<>();
    Map<String, Map<String, JsonNode>> ranks = new LinkedHashMap<>();
    for (String parallel : List.of("1", "2")) {
      Path out = folder.resolve(parallel);
      Outcome outcome = Outcome.of("sweep", grid, "--out", out, "--parallel", parallel, "--quiet");
      assertEquals(0, outcome.exit(), outcome.err());
      ranks.put(parallel, ranked(out.resolve("runs")));
      JsonNode twin = new ObjectMapper().readTree(out.resolve("sweep.json").toFile());
      tables.put(parallel, twin.get("results"));
      for (int failing : new int[] {1, 3}) {
        String error = twin.get("results").get(failing).get("error").asText();
        assertTrue(error.startsWith("failed with seed 1: "), error);
      }
      assertEquals(2, twin.get("results").get(2).get("ndcg10OfEachSeed").size());
    }
    assertEquals(4, ranks.get("1").size());
    assertEquals(ranks.get("1"), ranks.get("2"));
    assertEquals(tables.get("1"), tables.get("2"));
  }

  /** What each run came to, by its file, without times and threads. */
  private static Map<String, JsonNode> ranked(Path runs) throws Exception {
    Map<String, JsonNode> ranked = new TreeMap<>();
    try (var files = Files.list(runs)) {
      for (Path file : files.toList()) {
        ObjectNode run = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        assertTrue(run.get("first").size() > 0);
        run.remove(List.of("seconds", "provenance"));
        ranked.put(file.getFileName().toString(), run);
      }
    }
    return ranked;
  }

  @Test
  void whatDoesNotFitIntoMemoryIsSaidBeforeAnyTraining() throws Exception {
    Path out = folder.resolve("out");
    for (List<String> wrong :
        List.of(
            List.of("--memory", "0.001", "a run of 'queryWeight 0.1, switch none' takes about 1"),
            List.of("--memory", "0.001", " MiB, and --memory allows 1 MiB: allow more, or set"),
            List.of("--memory", "0", "--memory is 0.0: give the GiB"),
            List.of("--memory", "NaN", "--memory is NaN: give the GiB"),
            List.of("--parallel", "0", "--parallel is 0: it must be at least 1"),
            List.of("--set", "switch=none", "switch varies in the grid"),
            List.of("--set", "userz=3", "there is no option 'userz'"),
            List.of("--set", "model.dim=3", "did you mean model.dims"))) {
      Outcome outcome =
          Outcome.of("sweep", grid(GRID), "--out", out, wrong.get(0), wrong.get(1), "--quiet");
      assertEquals(2, outcome.exit(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().contains(wrong.get(2)), outcome.err());
    }
    assertTrue(Files.notExists(out.resolve("runs")));
  }

  @Test
  void aWrongGridIsOneSentenceWithItsFileBeforeAnyWork() throws Exception {
    for (List<String> wrong :
        List.of(
            List.of("vari: {a: [1]}", "line 1, column 1: 'vari' is not known"),
            List.of("vary: {training.epoch: [1]}", "did you mean setup"),
            List.of("vary: {training.epochs: []}", "has no values"),
            List.of("seeds: []", "at least one"),
            List.of("profile: tiny", "laptop or paper"),
            List.of("set: {switch: nothing}", "random_projections"),
            List.of("options: {userz: 3}", "there is no option 'userz': did you mean users"),
            List.of("options: {users: }", "'users' of 'options' has no value"),
            List.of("set: {training.epochs: }", "'training.epochs' of 'set' has no value"),
            List.of("seeds: [1, ~]", "'seeds' has an empty value"),
            List.of("seeds: [1, 2, 1]", "'seeds' has 1 twice"),
            List.of("vary: {training.epochs: [2, 2]}", "'training.epochs' has 2 twice"),
            List.of("data: logs", "the world has no logs"),
            List.of("corpus: amazon", "name the folder of its logs"),
            List.of("title: [", "line"),
            List.of("{corpus: netflix, data: logs}", "netflix"),
            List.of(
                "set: {training.epochs: 1000000}\nvary: {training.batch: [1]}", "did you mean"))) {
      Outcome outcome =
          Outcome.of("sweep", grid(wrong.get(0)), "--out", folder.resolve("out"), "--quiet");
      assertTrue(outcome.exit() != 0, wrong.toString());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      String expected = wrong.get(1).replace(" setup", "");
      assertTrue(outcome.err().contains(expected), outcome.err());
    }
    Outcome nowhere = Outcome.of("sweep", folder.resolve("none.yaml"), "--out", folder);
    assertEquals(2, nowhere.exit());
    assertTrue(nowhere.err().contains("there is no file"), nowhere.err());
  }

  @Test
  void aPartBeyondTheGridSaysSo() throws Exception {
    Outcome outcome =
        Outcome.of(
            "sweep",
            grid("vary: {training.epochs: [1, 2]}"),
            "--out",
            folder.resolve("out"),
            "--part",
            "3/8");
    assertEquals(2, outcome.exit(), outcome.err());
    assertTrue(outcome.err().contains("the grid has 2 cases"), outcome.err());
  }

  @Test
  void optionsOfOneNameAreToldApartInTheTable() throws Exception {
    String small = "options: {users: 20}\nset: {pretrained: false}\n";
    String vary = "vary: {training.epochs: [1], pretraining.epochs: [1], training.negatives: [2]}";
    Path out = folder.resolve("out");
    Outcome outcome = Outcome.of("sweep", grid(small + vary), "--out", out, "--quiet");
    assertEquals(0, outcome.exit(), outcome.err());
    String heads = Files.readAllLines(out.resolve("sweep.csv")).getFirst();
    assertTrue(heads.startsWith("training.epochs,pretraining.epochs,negatives,"), heads);
  }

  @Test
  void backendsAreVariedAndTheirRunsAreNotMixed() throws Exception {
    String small =
        "options: {users: 20}\nset: {pretrained: false, training.epochs: 1,"
            + " training.targetsPerUser: 1}\nvary: {backend: [cpu, nd4j]}";
    Path out = folder.resolve("out");
    Outcome both = Outcome.of("sweep", grid(small), "--out", out, "--quiet");
    assertEquals(0, both.exit(), both.err());
    assertEquals(2, runs().size());
    List<String> rows = Files.readAllLines(out.resolve("sweep.csv"));
    assertEquals("backend", rows.getFirst().split(",")[0]);
    assertEquals(
        List.of("cpu", "nd4j"), rows.stream().skip(1).map(row -> row.split(",")[0]).toList());
    Outcome twice = Outcome.of("sweep", grid(small), "--out", out, "--quiet", "--backend", "nd4j");
    assertEquals(2, twice.exit(), twice.err());
    assertTrue(twice.err().contains("says itself which backend"), twice.err());
  }

  @Test
  void theCommandLineSetsWhatTheFileMay() throws Exception {
    Path out = folder.resolve("out");
    Object[] words = {
      "sweep",
      grid("set: {training.epochs: 3}\nvary: {training.negatives: [2]}"),
      "--out",
      out,
      "--set",
      "users=20",
      "--set",
      "training.epochs=1",
      "--set",
      "pretrained=false",
      "--quiet"
    };
    Outcome outcome = Outcome.of(words);
    assertEquals(0, outcome.exit(), outcome.err());
    JsonNode twin = new ObjectMapper().readTree(out.resolve("sweep.json").toFile());
    assertEquals("20", twin.at("/specification/options/users").asText());
    JsonNode run = new ObjectMapper().readTree(out.resolve("runs").toFile().listFiles()[0]);
    assertEquals(1, run.at("/identity/options/setup/training/epochs").asInt());
    assertEquals(1, run.get("epochs").size());
    assertEquals(0, run.get("pretraining").size());
  }

  @Test
  void aGridOfDaysSaysSoFirst() throws Exception {
    Outcome outcome =
        Outcome.of(
            "sweep",
            grid("set: {training.epochs: 1000000}"),
            "--out",
            folder.resolve("out"),
            "--quiet");
    assertEquals(2, outcome.exit(), outcome.err());
    assertTrue(outcome.err().contains("hours") && outcome.err().contains("--yes"), outcome.err());
  }
}
