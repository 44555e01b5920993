package seminar.source.kuaisar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import seminar.data.Exposures;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.CorpusWriter;
import seminar.source.SameCorpus;
import seminar.source.ShownHistory;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

class KuaiSarWriterTest {
  private final CorpusWriter writer = Sources.writer("kuaisar");

  @TempDir Path folder;

  private Corpus again(Corpus corpus, String name) throws IOException {
    Path into = folder.resolve(name);
    writer.write(corpus, into, Progress.silent());
    CorpusReader reader = Sources.byName(writer.name());
    for (Map.Entry<String, String> option : writer.readerOptions().entrySet()) {
      reader = reader.with(option.getKey(), option.getValue());
    }
    reader = reader.with("exposures", "" + corpus.exposures().isPresent());
    return reader.read(into, Progress.silent());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void worldsAreReadBack(long seed) throws IOException {
    Corpus world = World.of(WorldOptions.quick().withUsers(30).withSeed(seed)).corpus();
    Corpus first = again(world, "first");
    assertTrue(first.exposures().isPresent());
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES).check(world, first);
    Corpus second = again(first, "second");
    SameCorpus.inAll().check(first, second);
    assertEquals(first.hash(), second.hash());
  }

  private static Corpus corpus(boolean timedHistories, boolean timedShown, Catalog catalog) {
    Queries.Builder queries = new Queries.Builder();
    int lamp = queries.addTokens(List.of("17", "4"));
    int other = queries.addTokens(List.of("4"));
    Histories.Builder histories = new Histories.Builder(timedHistories, true);
    Exposures.Builder shown = new Exposures.Builder(timedShown);
    for (int user = 0; user < 3; user++) {
      histories.user("" + (9 + user));
      shown.user();
      shown.add(2, lamp, false, 0, 900);
      histories.add(1, lamp, 1000, Histories.SEARCH);
      shown.add(1, lamp, true, 0, 1000);
      shown.add(3, lamp, false, 0, 1000);
      histories.add(3, 0, 2000, Histories.BROWSE);
      shown.add(3, 0, true, 1, 2000);
      histories.add(3, 0, 2001, Histories.SEARCH);
      shown.add(3, 0, true, 2, 2001);
      shown.add(2, other, false, 3, 3001);
    }
    return new Corpus(
        new Manifest("hand-made", "test/1", Map.of(), Map.of(), Map.of(), List.of()),
        catalog,
        queries.build(),
        histories.build(),
        Optional.of(shown.build()),
        Optional.empty(),
        FeatureFiles.none());
  }

  private static Catalog catalog(List<String> first, List<String> second, List<String> third) {
    Catalog.Builder items = new Catalog.Builder();
    items.add("5", "a \"walnut\"  lamp,\nnew", first, 0, -1);
    items.add("70", "12 7", second, 1, -1);
    items.add("600", "", third, -1, -1);
    return items.build();
  }

  private static Catalog plain() {
    return catalog(List.of("author:3", "type:VIDEO"), List.of("author:4"), List.of("author:3"));
  }

  @Test
  void numbersAndExposuresStayAsTheyAre() throws IOException {
    Corpus corpus = corpus(true, true, plain());
    Corpus first = again(corpus, "first");
    SameCorpus.inAll().check(corpus, first);
    assertEquals(first.hash(), again(first, "second").hash());
    assertFalse(Files.exists(folder.resolve("first/keywords.tsv")));
    assertFalse(Files.exists(folder.resolve("first/attributes.tsv")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exposuresWithoutTimesKeepTheirPlaces(boolean timedHistories) throws IOException {
    Corpus corpus = corpus(timedHistories, false, plain());
    Corpus first = again(corpus, "first");
    SameCorpus.inAllBut(SameCorpus.Part.TIMES).check(corpus, first);
    assertEquals(first.hash(), again(first, "second").hash());
    if (!timedHistories) {
      assertEquals(ShownHistory.START + 2000, first.histories().time(2));
    }
  }

  @Test
  void attributesWithoutAColumnStandBeside() throws IOException {
    Catalog catalog =
        catalog(
            List.of("music:8", "category:Food", "brand:A", "category2:7 Hot soup", "type:0"),
            List.of("brand:A", "brand:B", "category2:9", "upload:phone", "colour"),
            List.of("music:9", "category:nan", "category4:x", "brand:B"));
    Corpus corpus = corpus(true, true, catalog);
    Corpus first = again(corpus, "first");
    SameCorpus.inAll().check(corpus, first);
    assertEquals(first.hash(), again(first, "second").hash());
    List<String> items = Files.readAllLines(folder.resolve("first/item_features.csv"));
    assertTrue(items.getFirst().contains("upload_type,music_id,first_level_category_id"));
    assertEquals(
        "70,\"[12, 7]\",0,UNKNOWN,,phone,0,-124,UNKNOWN,UNKNOWN,9,,,-124,UNKNOWN,UNKNOWN,-124,"
            + "UNKNOWN,UNKNOWN",
        items.get(2));
  }

  @Test
  void brandsBecomeAuthorsAndCategoriesTheFirstLevel() throws IOException {
    Catalog catalog =
        catalog(
            List.of("brand:A", "category:Food"),
            List.of("brand:B", "category:Food"),
            List.of("brand:A", "category:Toys"));
    Corpus corpus = corpus(true, true, catalog);
    Corpus first = again(corpus, "first");
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES).check(corpus, first);
    assertEquals("author:1", first.catalog().attributeName(1));
    assertEquals("category1:2 Food", first.catalog().attributeName(2));
    assertEquals(first.hash(), again(first, "second").hash());
  }

  @Test
  void allColumnsAreThere() throws IOException {
    again(corpus(true, true, plain()), "first");
    List<String> searches = Files.readAllLines(folder.resolve("first/src_inter.csv"));
    assertEquals(
        "user_id,search_session_id,search_session_time,search_session_timestamp,keyword,"
            + "search_source,item_id,click_cnt,item_type",
        searches.getFirst());
    assertEquals(
        "9,1,1970-01-01 00:00:00.900,900,\"[17, 4]\",USER_INPUT,70,0,VIDEO", searches.get(1));
    assertEquals(
        "9,2,1970-01-01 00:00:01.000,1000,\"[17, 4]\",USER_INPUT,5,1,VIDEO", searches.get(2));
    assertEquals(
        "9,2,1970-01-01 00:00:01.000,1000,\"[17, 4]\",USER_INPUT,600,0,VIDEO", searches.get(3));
    assertEquals("9,3,1970-01-01 00:00:02.001,2001,[],USER_INPUT,600,1,VIDEO", searches.get(4));
    List<String> browsing = Files.readAllLines(folder.resolve("first/rec_inter.csv"));
    assertEquals(
        "user_id,item_id,playing_time,duration_ms,time,timestamp,click,forward,like,follow,"
            + "search,search_item_related",
        browsing.getFirst());
    assertEquals("9,600,0,0,1970-01-01 00:00:02.000,2000,1,0,0,0,0,0", browsing.get(1));
    assertEquals(
        List.of(
            "user_id,search_active_level,rec_active_level,onehot_feat1,onehot_feat2",
            "9,0,0,0,0",
            "10,0,0,0,0",
            "11,0,0,0,0"),
        Files.readAllLines(folder.resolve("first/user_features.csv")));
  }

  @Test
  void whatCannotBeSaidIsRefusedAndDestroysNothing() throws IOException {
    Path into = folder.resolve("first");
    writer.write(corpus(true, true, plain()), into, Progress.silent());
    String before = Files.readString(into.resolve("rec_inter.csv"));
    Histories.Builder early = new Histories.Builder(true, true);
    early.user("1").add(1, 0, -1, Histories.BROWSE);
    Corpus bad =
        new Corpus(
            Manifest.of("hand-made", "test/1"),
            plain(),
            new Queries.Builder().build(),
            early.build(),
            FeatureFiles.none());
    assertThrows(IllegalArgumentException.class, () -> writer.write(bad, into, Progress.silent()));
    Corpus tab = corpus(true, true, catalog(List.of("a\tb"), List.of(), List.of()));
    assertThrows(IllegalArgumentException.class, () -> writer.write(tab, into, Progress.silent()));
    assertEquals(before, Files.readString(into.resolve("rec_inter.csv")));
  }
}
