package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.feature.NpyStore;
import seminar.file.Progress;
import seminar.options.OptionPaths;
import seminar.source.CorpusReader;
import seminar.source.Sources;
import seminar.world.Truth;
import seminar.world.World;
import seminar.world.WorldOptions;

class WorldCommandTest {
  @TempDir Path folder;

  private Outcome run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("world", "--out", folder.resolve("w")));
    all.addAll(Arrays.asList(arguments));
    return Outcome.of(all.toArray());
  }

  @Test
  void theWorldItsFeaturesAndItsTruthLieInTheFolder() throws Exception {
    Outcome outcome = run("--users", 8, "--items", 1300, "--seed", 4, "--quiet");
    assertEquals(0, outcome.exit(), outcome.err());
    World back = World.read(folder.resolve("w"));
    World made = World.of(WorldOptions.quick().withSeed(4).withUsers(8).withItems(1300, 24));
    assertEquals(made.options(), back.options());
    assertEquals(made.corpus().hash(), back.corpus().hash());
    assertEquals(made.truth().clickLogOdds(9), back.truth().clickLogOdds(9));
    assertTrue(NpyStore.open(folder.resolve("w/image.npy")).rows() > 1000);
  }

  @Test
  void theWorldIsAlsoWrittenInPublicFormats() throws Exception {
    Path kuai = folder.resolve("kuai");
    Path movies = folder.resolve("movies");
    Outcome outcome =
        run(
            "--scale",
            "small",
            "--no-features",
            "--quiet",
            "--export",
            "kuaisar=" + kuai,
            "--export",
            "movielens=" + movies);
    assertEquals(0, outcome.exit(), outcome.err());
    World world = World.read(folder.resolve("w"));
    assertTrue(world.corpus().features().text().isEmpty());
    for (String format : List.of("kuaisar", "movielens")) {
      CorpusReader reader = Sources.byName(format);
      Path log = format.equals("kuaisar") ? kuai : movies;
      Corpus back = reader.read(log, Progress.silent());
      assertEquals(world.corpus().histories().events(), back.histories().events(), format);
    }
    assertEquals(2, run("--export", "netflix=" + kuai).exit());
  }

  @Test
  void everyDialCanBeTurned() {
    Map<String, String> asked =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("users", "5"),
                Map.entry("items", "900"),
                Map.entry("intents", "12"),
                Map.entry("popularitySkew", "0.9"),
                Map.entry("behaviour.minLength", "20"),
                Map.entry("behaviour.meanLength", "70.0"),
                Map.entry("behaviour.maxLength", "300"),
                Map.entry("behaviour.searchShare", "0.4"),
                Map.entry("behaviour.activeIntents", "3"),
                Map.entry("behaviour.drift", "0.2"),
                Map.entry("behaviour.sessionLength", "9.0"),
                Map.entry("behaviour.wander", "0.05"),
                Map.entry("behaviour.loyalty", "2.0"),
                Map.entry("behaviour.coldShare", "0.3"),
                Map.entry("memory.brands", "7"),
                Map.entry("memory.returning", "0.3"),
                Map.entry("memory.away", "25"),
                Map.entry("memory.lasting", "0.6"),
                Map.entry("memory.season", "0.2"),
                Map.entry("clicks.shownBeside", "2"),
                Map.entry("clicks.near", "0.4")));
    for (String modality : List.of("text", "image")) {
      asked.put(modality + ".noise", "0.11");
      asked.put(modality + ".misalignment", "0.12");
      asked.put(modality + ".missing", "0.13");
      asked.put(modality + ".norm", "1.4");
    }
    asked.put("seed", "6");
    assertEquals(
        OptionPaths.describe(WorldOptions.quick()).keySet(), asked.keySet(), "a dial is missing");
    List<Object> arguments = new ArrayList<>(List.of("--quiet"));
    asked.forEach(
        (dial, value) -> {
          String name = dial.replaceFirst("^(behaviour|memory|clicks)\\.", "").replace('.', '-');
          arguments.add("--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
          arguments.add(value);
        });
    Outcome outcome = run(arguments.toArray());
    assertEquals(0, outcome.exit(), outcome.err());
    WorldOptions options = readOptions();
    assertEquals(asked, new TreeMap<>(OptionPaths.describe(options)));
  }

  @Test
  void aDialIsAlsoSetByItsPath() {
    Outcome outcome =
        run("--quiet", "--users", 20, "--set", "behaviour.drift=0.25", "--set", "clicks.near=0");
    assertEquals(0, outcome.exit(), outcome.err());
    WorldOptions options = readOptions();
    assertEquals(0.25, options.behaviour().drift());
    assertEquals(0, options.clicks().near());
    assertEquals(20, options.users());
  }

  private WorldOptions readOptions() {
    try {
      return Truth.read(folder.resolve("w")).options();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHistoryIsShownAsATable() {
    Outcome outcome = run("--users", 3, "--show", 2, "--quiet");
    assertEquals(0, outcome.exit(), outcome.err());
    List<String> lines = outcome.out().lines().toList();
    int at =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("The last 20 of")).findFirst().get());
    List<String> table = lines.subList(at, lines.size());
    assertEquals(22, table.size());
    assertTrue(table.get(1).matches("time \\(UTC\\) +action +query +title +intent"), table.get(1));
    assertTrue(table.stream().anyMatch(l -> l.contains("  search  ")), outcome.out());
    assertTrue(table.stream().anyMatch(l -> l.contains("  browse  ")), outcome.out());
  }

  @Test
  void picturesAreNamedAfterTheirItems() throws Exception {
    Path pictures = folder.resolve("p");
    Outcome outcome = run("--users", 2, "--items", 1200, "--pictures", pictures, "--quiet");
    assertEquals(0, outcome.exit(), outcome.err());
    World world = World.read(folder.resolve("w"));
    for (int item = 1; item <= 40; item++) {
      Path file = pictures.resolve(item + ".png");
      assertEquals(world.pictureOf(item).isPresent(), Files.exists(file));
      if (Files.exists(file)) {
        int pixel = ImageIO.read(file.toFile()).getRGB(20, 30);
        assertEquals(world.picture(item).getRGB(20, 30), pixel);
      }
    }
  }

  @Test
  void aDialOutOfItsRangeIsNamedBeforeAnythingIsWritten() {
    Outcome outcome = run("--drift", 5, "--quiet");
    assertEquals(2, outcome.exit());
    assertTrue(outcome.err().contains("drift is 5.0"), outcome.err());
    Outcome show = run("--users", 3, "--show", 4, "--quiet");
    assertEquals(2, show.exit());
    assertTrue(show.err().contains("users 1..3"), show.err());
    assertFalse(Files.exists(folder.resolve("w")));
  }

  @Test
  void theHelpIsInGroupsAndSaysTheDefaults() {
    Outcome outcome = run("--help");
    assertEquals(0, outcome.exit());
    for (String line : List.of("How histories run:", "--drift=P", "(quick: 0.1)", "--near=P")) {
      assertTrue(outcome.out().contains(line), outcome.out());
    }
    assertFalse(outcome.out().contains("${") || outcome.out().contains("null"), outcome.out());
  }

  @Test
  void theDialsOfAHistoryHaveShortNames() {
    String help = run("--help").out();
    String dials =
        "min-length mean-length max-length search-share active-intents drift session-length wander"
            + " loyalty cold-share shown-beside near text-noise image-norm popularity-skew";
    for (String name : dials.split(" ")) {
      assertTrue(help.contains(" --" + name + "="), name);
    }
  }

  @Test
  void aWorldIsWrittenAndReadBack() throws Exception {
    Path out = folder.resolve("my world");
    Outcome outcome = Outcome.of("world", "--users", 12, "--seed", 9, "--out", out, "--quiet");
    assertEquals(0, outcome.exit(), outcome.err());
    Corpus corpus = CorpusFolder.read(out);
    assertEquals(12, corpus.histories().users());
    assertTrue(outcome.out().contains(corpus.hash()), outcome.out());
    assertTrue(Files.exists(out.resolve("text.npy")));
    assertEquals("", outcome.err());
  }
}
