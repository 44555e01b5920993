package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.source.CorpusReader;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

class CorpusCommandTest {
  @TempDir Path folder;

  /** Logs in the raw layout of MovieLens: two users with four ratings each, one typed tag. */
  private Path logs() throws Exception {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    StringBuilder ratings = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int user = 1; user <= 2; user++) {
      for (int movie = 1; movie <= 4; movie++) {
        ratings.append(user + "," + (movie + user) + ",4.0," + 1000 * movie + "\n");
      }
    }
    Files.writeString(logs.resolve("ratings.csv"), ratings);
    Files.writeString(logs.resolve("tags.csv"), "userId,movieId,tag,timestamp\n1,3,funny,9000\n");
    StringBuilder movies = new StringBuilder("movieId,title,genres\n");
    for (int movie = 1; movie <= 6; movie++) {
      movies.append(movie + ",Film " + movie + " (1999),Comedy|Drama\n");
    }
    Files.writeString(logs.resolve("movies.csv"), movies);
    return logs;
  }

  @Test
  void logsBecomeACorpusWithItsStatisticsBesideThePapers() throws Exception {
    Path out = folder.resolve("corpus");
    Outcome outcome = Outcome.of("corpus", "movielens", "--data", logs(), "--out", out, "-q");
    assertEquals(0, outcome.exit(), outcome.err());
    assertEquals(9, CorpusFolder.read(out).histories().events());
    assertTrue(outcome.out().contains("19,664,885"), outcome.out());
    assertTrue(outcome.out().contains("length of a history: mean 4.5, median 4.5, longest 5"));
    assertTrue(outcome.out().contains("of 1 queries"), outcome.out());
    assertTrue(outcome.out().contains("insufficient learning, sliding targets: "));
    assertFalse(outcome.out().contains("Figures:"));
    assertEquals(Set.of("corpus", "logs"), names(folder));
  }

  @Test
  void anOptionOfTheReaderCanBeSet() throws Exception {
    Path out = folder.resolve("corpus");
    Path logs = logs();
    Outcome outcome =
        Outcome.of(
            "corpus", "movielens", "--data", logs, "--out", out, "-q", "--set", "minUserEvents=5");
    assertEquals(0, outcome.exit(), outcome.err());
    assertEquals(1, CorpusFolder.read(out).histories().users());
    assertEquals("5", CorpusFolder.read(out).manifest().options().get("minUserEvents"));
  }

  @Test
  void aLogWithTooManyBrokenLinesLeavesTheEarlierCorpusAsItWas() throws Exception {
    Path out = folder.resolve("corpus");
    Path logs = logs();
    assertEquals(0, Outcome.of("corpus", "movielens", "--data", logs, "--out", out, "-q").exit());
    String before = CorpusFolder.read(out).hash();
    Path ratings = logs.resolve("ratings.csv");
    Files.writeString(ratings, Files.readString(ratings).replaceFirst("4\\.0", "four"));
    Outcome outcome = Outcome.of("corpus", "movielens", "--data", logs, "--out", out, "-q");
    assertEquals(1, outcome.exit());
    assertTrue(outcome.err().contains("ratings.csv:2: rating is 'four'"), outcome.err());
    assertEquals(before, CorpusFolder.read(out).hash());
    assertEquals(Set.of("corpus", "logs"), names(folder));
    Outcome lenient =
        Outcome.of(
            "corpus",
            "movielens",
            "--data",
            logs,
            "--out",
            out,
            "-q",
            "--set",
            "malformedShare=0.2");
    assertEquals(0, lenient.exit(), lenient.err());
    assertTrue(lenient.out().contains("malformed: ratings.csv:2"), lenient.out());
    assertEquals(8, CorpusFolder.read(out).histories().events());
  }

  @Test
  void readersAreListedWithTheirOptions() {
    Outcome outcome = Outcome.of("corpus", "--list");
    assertEquals(0, outcome.exit(), outcome.err());
    for (CorpusReader reader : Sources.all()) {
      assertTrue(outcome.out().contains(reader.name() + System.lineSeparator()), outcome.out());
      assertTrue(outcome.out().contains(reader.description()), outcome.out());
    }
    assertTrue(outcome.out().contains("--set malformedShare=0.01"), outcome.out());
  }

  @Test
  void withoutAFolderTheCorpusGoesToTheProjectsData() throws Exception {
    String home = System.getProperty("seminar.home");
    System.setProperty("seminar.home", folder.toString());
    try {
      Outcome outcome = Outcome.of("corpus", "movielens", "--data", logs(), "-q");
      assertEquals(0, outcome.exit(), outcome.err());
      assertEquals(9, CorpusFolder.read(folder.resolve("data/movielens")).histories().events());
    } finally {
      if (home == null) {
        System.clearProperty("seminar.home");
      } else {
        System.setProperty("seminar.home", home);
      }
    }
  }

  @Test
  void aPreparedCorpusIsShownWithoutItsLogs() throws Exception {
    Corpus world = World.of(WorldOptions.quick().withUsers(25)).corpus();
    CorpusFolder.write(world, folder.resolve("world"));
    Path figures = folder.resolve("figures");
    Outcome outcome =
        Outcome.of("corpus", "--show", folder.resolve("world"), "--figures", figures, "-q");
    assertEquals(0, outcome.exit(), outcome.err());
    assertTrue(outcome.out().contains(world.hash()), outcome.out());
    Path own = figures.resolve("corpus").resolve(world.manifest().name());
    assertTrue(outcome.out().contains("Figures: " + own), outcome.out());
    assertEquals(
        new TreeSet<>(
            List.of(
                "table1.csv",
                "table1.json",
                "lengths.png",
                "lengths.json",
                "lengths.svg",
                "popularity.png",
                "popularity.json",
                "popularity.svg",
                "history.png",
                "history.json",
                "history.svg")),
        names(own));
    JsonNode table = new ObjectMapper().readTree(own.resolve("table1.json").toFile());
    assertEquals(25, table.get("rows").get(0).get("users").asInt());
    assertEquals(25, table.get("statistics").get("sizes").get("users").asInt());
    assertEquals(world.hash(), table.get("provenance").get("corpus").get("hash").asText());
    assertEquals(3, table.get("sentences").size());
  }

  @Test
  void aCorpusWithoutEventsHasATableAndNoFigures() throws Exception {
    Corpus empty =
        new Corpus(
            Manifest.of("../über it", "test/1"),
            new Catalog.Builder().build(),
            new Queries.Builder().build(),
            new Histories.Builder(false, false).build(),
            FeatureFiles.none());
    CorpusFolder.write(empty, folder.resolve("empty"));
    Path figures = folder.resolve("figures");
    Outcome outcome = Outcome.of("corpus", "--show", folder.resolve("empty"), "--figures", figures);
    assertEquals(0, outcome.exit(), outcome.err());
    assertEquals(Set.of("über-it"), names(figures.resolve("corpus")));
    assertEquals(
        Set.of("table1.csv", "table1.json"), names(figures.resolve("corpus").resolve("über-it")));
  }

  @Test
  void nameDataAndOutBelongTogetherAndShowStandsAlone() {
    Path there = folder;
    for (Object[] words :
        List.of(
            new Object[] {"corpus"},
            new Object[] {"corpus", "movielens"},
            new Object[] {"corpus", "movielens", "--list"},
            new Object[] {"corpus", "movielens", "--data", there, "--set", "threshold=9"},
            new Object[] {"corpus", "movielens", "--data", there, "--set", "colour=9"},
            new Object[] {"corpus", "movielens", "--data", there, "--set", "minUserEvents=few"},
            new Object[] {"corpus", "--data", there, "--out", there},
            new Object[] {"corpus", "movielens", "--show", there},
            new Object[] {"corpus", "--show", there, "--out", there},
            new Object[] {"corpus", "--show", there, "--data", there})) {
      Outcome outcome = Outcome.of(words);
      assertEquals(2, outcome.exit(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void aFolderThatIsNoCorpusIsNamed() {
    Outcome outcome = Outcome.of("corpus", "--show", folder);
    assertEquals(1, outcome.exit());
    assertTrue(outcome.err().contains(folder.toString()), outcome.err());
  }

  private static Set<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
