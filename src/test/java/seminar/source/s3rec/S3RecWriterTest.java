package seminar.source.s3rec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Negatives;
import seminar.data.Queries;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.CorpusWriter;
import seminar.source.SameCorpus;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

class S3RecWriterTest {
  @TempDir Path folder;

  private Corpus throughFiles(Corpus corpus, String name) throws IOException {
    CorpusWriter writer = Sources.writer("s3rec");
    writer.write(corpus, folder.resolve(name), Progress.silent());
    CorpusReader reader = Sources.byName("s3rec");
    for (Map.Entry<String, String> option : writer.readerOptions().entrySet()) {
      reader = reader.with(option.getKey(), option.getValue());
    }
    return reader.read(folder.resolve(name), Progress.silent());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aWorldComesBackButForTimesAndTexts(long seed) throws IOException {
    Corpus corpus = World.of(WorldOptions.quick().withUsers(30).withSeed(seed)).corpus();
    Corpus once = throughFiles(corpus, "once");
    SameCorpus.inAllBut(
            SameCorpus.Part.TIMES,
            SameCorpus.Part.TEXTS,
            SameCorpus.Part.QUERY_TEXTS,
            SameCorpus.Part.EXPOSURES)
        .check(corpus, once);
    assertEquals(once.hash(), throughFiles(once, "twice").hash());
  }

  private static Corpus corpus(String attribute, Optional<Negatives> negatives) {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("70", "", List.of(attribute), -1, -1);
    catalog.add("8", "", List.of(), -1, -1);
    catalog.add("9", "", List.of(attribute, "b"), -1, -1);
    Queries.Builder queries = new Queries.Builder();
    int query = queries.add("Red teapot");
    Histories.Builder histories = new Histories.Builder(false, true);
    histories.user("5").add(1, query).add(2, 0);
    histories.user("6");
    histories.user("7").add(1, 0);
    return new Corpus(
        Manifest.of("hand-made", "test/1"),
        catalog.build(),
        queries.build(),
        histories.build(),
        Optional.empty(),
        negatives,
        FeatureFiles.none());
  }

  @Test
  void theFilesAreThoseOfTheFormat() throws IOException {
    Negatives given = Negatives.of(3, new int[] {2, 0}, 1, new int[] {2, 3}, "test");
    Corpus back = throughFiles(corpus("a", Optional.of(given)), "out");
    Path out = folder.resolve("out");
    assertEquals("5 70 8\n7 70\n", Files.readString(out.resolve("Exported.txt")));
    assertEquals("5 1,2 0\n7 0\n", Files.readString(out.resolve("Exported_queries.txt")));
    assertEquals("7 8\n5 9\n", Files.readString(out.resolve("Exported_sample.txt")));
    assertEquals(
        "{\"70\":[1],\"8\":[],\"9\":[1,2]}",
        Files.readString(out.resolve("Exported_item2attributes.json")));
    assertEquals(
        "id\tname\n1\tred\n2\tteapot\n", Files.readString(out.resolve("Exported_keywords.tsv")));
    assertEquals(
        "id\tname\n1\ta\n2\tb\n", Files.readString(out.resolve("Exported_attributes.tsv")));
    assertEquals("8", back.catalog().originalId(1));
    assertEquals("red teapot", back.queries().text(1));
    Negatives negatives = back.negatives().orElseThrow();
    assertArrayEquals(new int[] {1}, negatives.of(0));
    assertArrayEquals(new int[] {2}, negatives.of(1));
    assertEquals(1, negatives.user(0));
    assertEquals(0, negatives.user(1));
  }

  @Test
  void whatCannotBeWrittenLeavesNothingBehind() {
    Corpus corpus = corpus("a\tb", Optional.empty());
    Path out = folder.resolve("out");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new S3RecWriter().write(corpus, out, Progress.silent()))
            .getMessage();
    assertTrue(message.contains("holds a tab"), message);
    assertTrue(Files.notExists(out));
  }
}
