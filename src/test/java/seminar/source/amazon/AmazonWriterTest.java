package seminar.source.amazon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import seminar.source.SameCorpus;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

class AmazonWriterTest {
  @TempDir Path folder;

  private static CorpusReader reader() {
    CorpusReader reader = Sources.byName("amazon");
    for (Map.Entry<String, String> option : new AmazonWriter().readerOptions().entrySet()) {
      reader = reader.with(option.getKey(), option.getValue());
    }
    return reader;
  }

  private Corpus throughFiles(Corpus corpus, String name) throws IOException {
    new AmazonWriter().write(corpus, folder.resolve(name), Progress.silent());
    return reader().read(folder.resolve(name), Progress.silent());
  }

  /** The same histories, users in the order of their ids as texts, as the format has them. */
  private static Corpus sorted(Corpus corpus) {
    Histories histories = corpus.histories();
    Histories.Builder sorted = new Histories.Builder(histories.hasTimes(), histories.hasActions());
    IntStream.range(0, histories.users())
        .boxed()
        .sorted(Comparator.comparing(histories::userId))
        .forEach(
            user -> {
              sorted.user(histories.userId(user));
              for (long e = histories.start(user); e < histories.start(user + 1); e++) {
                long time = histories.hasTimes() ? histories.time(e) / 1000 * 1000 : 0;
                sorted.add(histories.item(e), histories.query(e), time, histories.action(e));
              }
            });
    return new Corpus(
        corpus.manifest(), corpus.catalog(), corpus.queries(), sorted.build(), FeatureFiles.none());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aWorldComesBackButForItsQueries(long seed) throws IOException {
    Corpus corpus = World.of(WorldOptions.quick().withUsers(30).withSeed(seed)).corpus();
    Corpus once = throughFiles(corpus, "once");
    SameCorpus.inAllBut(
            SameCorpus.Part.QUERIES,
            SameCorpus.Part.QUERY_TEXTS,
            SameCorpus.Part.ACTIONS,
            SameCorpus.Part.ATTRIBUTE_NAMES,
            SameCorpus.Part.EXPOSURES)
        .check(sorted(corpus), once);
    assertEquals(once.hash(), throughFiles(once, "twice").hash());
  }

  private static Corpus corpus(
      List<String> texts, List<List<String>> attributes, Queries queries, Histories histories) {
    Catalog.Builder catalog = new Catalog.Builder();
    for (int i = 0; i < texts.size(); i++) {
      catalog.add("item " + (i + 1), texts.get(i), attributes.get(i), -1, -1);
    }
    return new Corpus(
        Manifest.of("hand-made", "test/1"),
        catalog.build(),
        queries,
        histories,
        FeatureFiles.none());
  }

  @Test
  void queriesMadeOfDescriptionsComeBackAndTypedOnesDoNot() throws IOException {
    Queries.Builder queries = new Queries.Builder();
    int made = queries.add("the best tea of the");
    int alone = queries.add("only a description");
    int typed = queries.add("teapot");
    Histories.Builder histories = new Histories.Builder(true, true);
    histories.user("u").add(1, made, 1000, Histories.BROWSE).add(2, alone, 2000, Histories.BROWSE);
    histories.add(3, typed, 3000, Histories.SEARCH).add(4, typed, 4000, Histories.SEARCH);
    histories.add(4, 0, 5000, Histories.BROWSE).add(1, made, 5000, Histories.BROWSE);
    Corpus corpus =
        corpus(
            List.of(
                "Dr. Tea. The <best> tea of the R&D. Yes.",
                "Only a description",
                "Teapot. No",
                "x"),
            List.of(List.of(), List.of(), List.of(), List.of()),
            queries.build(),
            histories.build());
    Corpus back = throughFiles(corpus, "out");
    Histories events = back.histories();
    List<String> typedBack =
        IntStream.range(0, 6).mapToObj(e -> back.queries().text(events.query(e))).toList();
    assertEquals(
        List.of("the best tea of the", "only a description", "", "", "", "the best tea of the"),
        typedBack);
    for (int item = 1; item <= 4; item++) {
      assertEquals(corpus.catalog().text(item), back.catalog().text(item));
    }
    assertEquals(Histories.BROWSE, events.action(2));
    assertEquals(5000, events.time(5));
  }

  @Test
  void attributesComeBackOneToOne() throws IOException {
    Histories.Builder histories = new Histories.Builder(false, false);
    histories.user("u").add(1, 0).add(2, 0).add(3, 0);
    List<List<String>> attributes =
        List.of(List.of("brand:A", "category:a <b> & c"), List.of("brand:", "genre:x"), List.of());
    Corpus back =
        throughFiles(
            corpus(
                List.of("", "", ""), attributes, new Queries.Builder().build(), histories.build()),
            "out");
    assertEquals("brand:A", back.catalog().attributeName(1));
    assertEquals("category:a <b> & c", back.catalog().attributeName(2));
    assertEquals("category:brand:", back.catalog().attributeName(3));
    assertEquals("category:genre:x", back.catalog().attributeName(4));
    assertEquals(946_684_802_000L, back.histories().time(2));
    histories = new Histories.Builder(false, false);
    histories.user("u").add(1, 0).add(2, 0);
    Corpus two =
        throughFiles(
            corpus(
                List.of("", ""),
                List.of(List.of("brand:A", "brand:B"), List.of("brand:B")),
                new Queries.Builder().build(),
                histories.build()),
            "two");
    assertEquals(2, two.catalog().attributeVocabulary());
    assertEquals("category:brand:B", two.catalog().attributeName(two.catalog().attributes(2)[0]));
  }

  @Test
  void whatCannotBeWrittenLeavesTheFolderAsItWas() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("meta_Exported.json.gz"), "x");
    Histories.Builder early = new Histories.Builder(true, false);
    early.user("u").add(1, 0, -1, Histories.BROWSE);
    Histories.Builder blank = new Histories.Builder(true, false);
    blank.user(" u").add(1, 0, 1, Histories.BROWSE);
    for (Histories histories : List.of(early.build(), blank.build())) {
      Corpus corpus =
          corpus(List.of("x"), List.of(List.of()), new Queries.Builder().build(), histories);
      AmazonWriter writer = new AmazonWriter();
      assertThrows(
          IllegalArgumentException.class, () -> writer.write(corpus, out, Progress.silent()));
    }
    assertEquals("x", Files.readString(out.resolve("meta_Exported.json.gz")));
    assertFalse(Files.exists(out.resolve("Exported_5.json.gz")));
  }
}
