package seminar.source.movielens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.CorpusWriter;
import seminar.source.SameCorpus;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

class MovieLensWriterTest {
  @TempDir Path folder;

  private final CorpusWriter writer = Sources.writer("movielens");

  private Corpus back(String name) throws IOException {
    CorpusReader reader = Sources.byName("movielens");
    for (Map.Entry<String, String> option : writer.readerOptions().entrySet()) {
      reader = reader.with(option.getKey(), option.getValue());
    }
    return reader.read(folder.resolve(name), Progress.silent());
  }

  private Corpus turned(Corpus corpus, String name) throws IOException {
    writer.write(corpus, folder.resolve(name), Progress.silent());
    return back(name);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aWorldIsTheSameWhenReadBack(long seed) throws IOException {
    Corpus world = World.of(WorldOptions.quick().withUsers(30).withSeed(seed)).corpus();
    Corpus first = turned(world, "first");
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES, SameCorpus.Part.EXPOSURES)
        .check(world, first);
    assertEquals(first.hash(), turned(first, "second").hash());
    assertEquals(0L, first.manifest().counts().get("malformed lines"));
  }

  private static Catalog.Builder films() {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("40", "He said \"no\", twice", List.of("genre:Comedy", "brand:A|B"), -1, -1);
    catalog.add("7", " a blank before\nand a line\r\nbreak ", List.of("(odd)"), -1, -1);
    catalog.add("900000000000", "# no comment", List.of(), -1, -1);
    catalog.add("8", "", List.of("genre:Comedy"), -1, -1);
    return catalog;
  }

  private static Corpus corpus(Catalog catalog, Queries queries, Histories histories) {
    Manifest manifest = Manifest.of("made", "made/1");
    return new Corpus(manifest, catalog, queries, histories, FeatureFiles.none());
  }

  private static Corpus awkward(long... times) {
    Queries.Builder queries = new Queries.Builder();
    int spy = queries.add("Spy, \"film\"!");
    Histories.Builder histories = new Histories.Builder(times.length > 0, false);
    histories.user("5");
    int[] items = {1, 2, 3, 4, 1};
    int[] typed = {0, spy, 0, spy, 0};
    for (int i = 0; i < items.length; i++) {
      histories.add(items[i], typed[i], times.length > 0 ? times[i] : 0, Histories.BROWSE);
    }
    return corpus(films().build(), queries.build(), histories.build());
  }

  @Test
  void awkwardTextsIdsAndNamesComeBack() throws IOException {
    Corpus corpus = awkward(1000, 2000, 3000, 3000, 9_000_000);
    Corpus read = turned(corpus, "out");
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES).check(corpus, read);
    List<String> names = new ArrayList<>();
    for (int attribute = 1; attribute <= read.catalog().attributeVocabulary(); attribute++) {
      names.add(read.catalog().attributeName(attribute));
    }
    assertEquals(List.of("genre:(odd)", "genre:Comedy", "genre:brand:A¦B"), names);
    assertEquals(read.hash(), turned(read, "again").hash());
    assertEquals(
        "movieId,imdbId,tmdbId\n40,,\n7,,\n900000000000,,\n8,,\n",
        Files.readString(folder.resolve("out/links.csv")));
  }

  @Test
  void theOrderOfAHistoryIsKeptBeforeItsTimes() throws IOException {
    Corpus corpus = awkward(1000, 2100, 2200, 2300, 2400);
    Corpus read = turned(corpus, "out");
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES, SameCorpus.Part.TIMES).check(corpus, read);
    long[] seconds = {1000, 2000, 3000, 3000, 4000};
    for (int i = 0; i < seconds.length; i++) {
      assertEquals(seconds[i], read.histories().time(i));
    }
  }

  @Test
  void historiesWithoutTimesCountSeconds() throws IOException {
    Corpus corpus = awkward();
    Corpus read = turned(corpus, "out");
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES, SameCorpus.Part.TIMES).check(corpus, read);
    assertEquals(4000, read.histories().time(4));
  }

  @Test
  void idsThatAreNoNumbersBecomeNumbersInTheirOrder() throws IOException {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("B00", "x", List.of(), -1, -1);
    catalog.add("A00", "y", List.of(), -1, -1);
    Histories.Builder histories = new Histories.Builder(false, false);
    histories.user("20").add(2, 0).user("3").add(1, 0);
    Corpus corpus = corpus(catalog.build(), new Queries.Builder().build(), histories.build());
    Corpus read = turned(corpus, "out");
    assertEquals("y", read.catalog().text(read.histories().item(0)));
    assertEquals("x", read.catalog().text(read.histories().item(1)));
  }

  private String refusal(List<String> attributes, String query, long time) {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("1", "x", attributes, -1, -1);
    Queries.Builder queries = new Queries.Builder();
    int typed = queries.add(query, List.of("word"));
    Histories.Builder histories = new Histories.Builder(true, false);
    histories.user("1").add(1, typed, time, Histories.SEARCH);
    Corpus corpus = corpus(catalog.build(), queries.build(), histories.build());
    Path out = folder.resolve("out");
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> writer.write(corpus, out, Progress.silent()));
    assertFalse(Files.exists(out));
    return e.getMessage();
  }

  @Test
  void whatTheFormatCannotHoldIsRefused() {
    assertEquals(
        "attributes 'genre:A' and 'A' would be the same genre 'A' in MovieLens",
        refusal(List.of("genre:A", "A"), "q", 1));
    assertTrue(refusal(List.of("genre: "), "q", 1).contains("which MovieLens reads as none"));
    assertTrue(refusal(List.of("(no genres listed)"), "q", 1).contains("reads as none"));
    assertTrue(refusal(List.of(), "?!", 1).startsWith("the query '?!' of event 0 has no word"));
    assertTrue(refusal(List.of(), "q", -1).contains("no times before 1970"));
  }

  @Test
  void aFailedWritingLeavesTheFolderAsItWas() throws IOException {
    turned(awkward(), "out");
    String before = Files.readString(folder.resolve("out/ratings.csv"));
    Corpus early = awkward(-5, 1, 2, 3, 4);
    assertThrows(
        IllegalArgumentException.class,
        () -> writer.write(early, folder.resolve("out"), Progress.silent()));
    assertEquals(before, Files.readString(folder.resolve("out/ratings.csv")));
  }

  @Test
  void formatsAreFoundByName() {
    assertEquals("movielens", writer.name());
    assertFalse(writer.description().isEmpty());
    Exception e = assertThrows(IllegalArgumentException.class, () -> Sources.writer("netflix"));
    assertTrue(e.getMessage().startsWith("no format is called netflix: there is "));
  }
}
