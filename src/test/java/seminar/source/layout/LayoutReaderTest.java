package seminar.source.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.feature.NpyStore;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Corruption;
import seminar.source.Sources;

/** Public sets in the form in which they are published. */
class LayoutReaderTest {
  @TempDir private Path folder;

  private Corpus read(String name, String... settings) throws IOException {
    PublishedLogs.write(name, folder);
    return again(name, folder, settings);
  }

  private static Corpus again(String name, Path data, String... settings) throws IOException {
    CorpusReader reader = Sources.byName(name);
    for (int i = 0; i < settings.length; i += 2) {
      reader = reader.with(settings[i], settings[i + 1]);
    }
    return reader.read(data, Progress.silent());
  }

  static List<String> names() {
    return PublishedLogs.names();
  }

  private static List<String> attributes(Corpus corpus, int item) {
    Catalog catalog = corpus.catalog();
    return Arrays.stream(catalog.attributes(item)).mapToObj(catalog::attributeName).toList();
  }

  private static int item(Corpus corpus, String id) {
    for (int item = 1; item <= corpus.catalog().size(); item++) {
      if (corpus.catalog().originalId(item).equals(id)) {
        return item;
      }
    }
    throw new AssertionError("no item " + id);
  }

  private static long count(Corpus corpus, String name) {
    return corpus.manifest().counts().getOrDefault(name, 0L);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSetIsReadWholeUnderItsName(String name) throws IOException {
    Corpus corpus = read(name, "minUserEvents", "1");
    assertEquals(PublishedLogs.USERS, corpus.histories().users());
    assertEquals(0, count(corpus, "malformed lines"));
    assertTrue(corpus.manifest().reader().startsWith(name + "/"), corpus.manifest().reader());
    assertTrue(corpus.manifest().name().startsWith(name), corpus.manifest().name());
    assertEquals(corpus.hash(), again(name, folder, "minUserEvents", "1").hash());
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFolderOfOtherFilesIsRefusedWithWhatIsThere(String name) throws IOException {
    Files.writeString(folder.resolve("other.dat"), "1\n");
    IOException e = assertThrows(IOException.class, () -> again(name, folder));
    assertTrue(e.getMessage().contains(name.equals("mind") ? "behaviors" : "other.dat"));
  }

  @Test
  void amazonHasTextsOfItsDescriptions() throws IOException {
    Corpus corpus = read("amazon2023");
    assertEquals("B01CUPM000", corpus.catalog().originalId(1));
    assertEquals("Lotion 0. soft", corpus.catalog().text(1));
    assertEquals(
        List.of("main_category:All Beauty", "store:Howard Products"), attributes(corpus, 1));
    assertEquals(1588687728923L, corpus.histories().time(0));
    assertEquals("amazon2023-All_Beauty", corpus.manifest().name());
    Corpus rated = again("amazon2023", folder, "threshold", "4", "attributes", "[details.Brand]");
    assertTrue(count(rated, "ratings below threshold") > 0);
    assertEquals(List.of("details.Brand:Howard"), attributes(rated, 1));
  }

  @Test
  void amazonIsAlsoReadFromTheTablesOfItsCores() throws IOException {
    String[] rows = new String[9];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "AG%d,B%d,%d.0,%d".formatted(i / 3, i, 1 + i % 5, 1588687728923L + i);
    }
    String names = "user_id,parent_asin,rating,timestamp\n";
    Files.writeString(folder.resolve("All_Beauty.csv"), names + String.join("\n", rows));
    Corpus whole = again("amazon2023", folder);
    assertEquals(9, whole.histories().events());
    Files.delete(folder.resolve("All_Beauty.csv"));
    for (int part = 0; part < 3; part++) {
      String file = "All_Beauty.%s.csv.gz".formatted(List.of("train", "valid", "test").get(part));
      StringBuilder text = new StringBuilder("user_id,parent_asin,rating,timestamp,history\n");
      for (int user = 0; user < 3; user++) {
        text.append(rows[3 * user + part]).append(",B0 B1\n");
      }
      Files.write(folder.resolve(file), Corruption.packed(text.toString()));
    }
    Corpus parts = again("amazon2023", folder);
    assertEquals(whole.hash(), parts.hash());
    Corpus one =
        again("amazon2023", folder.resolve("All_Beauty.test.csv.gz"), "minUserEvents", "1");
    assertEquals(3, one.histories().events());
  }

  @Test
  void recBoleHasTypedColumns() throws IOException {
    Corpus corpus = read("recbole");
    int item = item(corpus, "1");
    assertEquals("Toy Story 0", corpus.catalog().text(item));
    assertEquals(
        List.of("release_year:1995", "class:Animation", "class:Children's"),
        attributes(corpus, item));
    assertEquals(881250949_000L, corpus.histories().time(0));
    Files.writeString(
        folder.resolve("ml-100k.inter"),
        "user_id:token\tbook_id:token\tlabel:float\n1\t7\t1\n1\t8\t0\n1\t9\t1\n");
    Files.writeString(folder.resolve("ml-100k.item"), "book_id:token\turl:token\n7\thttp://a\n");
    Corpus labelled = again("recbole", folder, "minUserEvents", "1");
    assertEquals(2, labelled.histories().events());
    assertFalse(labelled.histories().hasTimes());
    assertEquals(0, labelled.catalog().attributeVocabulary());
  }

  @Test
  void kuaiRecPutsThreeTablesTogether() throws IOException {
    Corpus corpus = read("kuairec");
    int even = ofParity(corpus, 0);
    int odd = ofParity(corpus, 1);
    int number = Integer.parseInt(corpus.catalog().originalId(even));
    assertEquals("晚饭后，运动一下！", corpus.catalog().text(even));
    assertEquals("五爱街. #搞笑 “真好”", corpus.catalog().text(odd));
    assertEquals(
        List.of(
            "first_level_category_name:喜剧",
            "second_level_category_name:搞笑互动",
            "feat:27",
            "feat:" + number % 9,
            "author_id:" + (3309 + number),
            "music_id:3350323409",
            "upload_type:ShortImport"),
        attributes(corpus, even).stream()
            .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
            .toList());
    assertTrue(attributes(corpus, odd).contains("topic_tag:2020中高考加油"));
    assertEquals(1593878903_438L, corpus.histories().time(0));
    Corpus liked = again("kuairec", folder, "threshold", "2");
    assertTrue(liked.histories().events() < corpus.histories().events());
    Files.delete(folder.resolve("KuaiRec 2.0/data/kuairec_caption_category.csv"));
    Corpus bare = again("kuairec", folder);
    assertEquals("", bare.catalog().text(even));
    assertTrue(attributes(bare, even).contains("feat:27"));
  }

  private static int ofParity(Corpus corpus, int parity) {
    int item = 1;
    while (Integer.parseInt(corpus.catalog().originalId(item)) % 2 != parity) {
      item++;
    }
    return item;
  }

  private static int rank(String attribute) {
    return List.of("first", "second", "feat:27", "feat", "author", "music", "upload").stream()
        .filter(attribute::startsWith)
        .map(List.of("first", "second", "feat:27", "feat", "author", "music", "upload")::indexOf)
        .findFirst()
        .orElse(99);
  }

  @Test
  void yambdaIsTheSameFlatAndSequential() throws Exception {
    Corpus flat = read("yambda");
    assertTrue(count(flat, "ratings below threshold") > 0);
    assertTrue(attributes(flat, 1).stream().filter(a -> a.startsWith("artist_id:")).count() > 1);
    Path sequential = folder.resolve("sequential/50m/listens.parquet");
    Files.createDirectories(sequential.getParent());
    sql(
        ("COPY (SELECT uid, list(timestamp) AS timestamps, list(item_id) AS item_ids,"
                + " list(is_organic) AS is_organic, list(played_ratio_pct) AS played_ratio_pct,"
                + " list(track_length_seconds) AS track_length_seconds FROM '%s' GROUP BY uid)"
                + " TO '%s' (FORMAT parquet)")
            .formatted(folder.resolve("flat/50m/listens.parquet"), sequential));
    assertEquals(flat.hash(), again("yambda", sequential).hash());
    assertEquals(flat.hash(), again("yambda", sequential.getParent()).hash());
    IOException e = assertThrows(IOException.class, () -> again("yambda", folder));
    assertTrue(e.getMessage().contains("several logs"), e.getMessage());
  }

  @Test
  void vectorsBecomePictureFeatures() throws IOException {
    Corpus corpus = read("yambda");
    Path prepared = folder.resolve("corpus");
    CorpusFolder.write(corpus, prepared);
    Corpus again = CorpusFolder.read(prepared);
    assertTrue(count(corpus, "vectors of items that nobody met") > 0);
    int without = 0;
    NpyStore store = NpyStore.open(again.features().image().orElseThrow());
    float[] vector = new float[2];
    for (int item = 1; item <= again.catalog().size(); item++) {
      int number = Integer.parseInt(again.catalog().originalId(item)) - 22;
      int row = again.catalog().imageRow(item);
      if (number % 5 == 0) {
        assertEquals(Catalog.ABSENT, row);
        without++;
      } else {
        store.copyRow(row, vector, 0);
        assertArrayEquals(new float[] {0.5f, number / 32f}, vector);
      }
    }
    assertTrue(without > 0);
    assertEquals(again.catalog().size() - without, store.rows());
    Corpus raw = again("yambda", folder, "vector", "embed");
    NpyStore.open(raw.features().image().orElseThrow()).copyRow(0, vector, 0);
    assertArrayEquals(new float[] {3, 4}, vector);
  }

  @Test
  void yambdaKeepsListensAndLikesOfSeveralKinds() throws Exception {
    PublishedLogs.write("yambda", folder);
    Path many = folder.resolve("flat/50m/multi_event.parquet");
    sql(
        ("COPY (SELECT uid, timestamp, item_id, is_organic, CAST(CASE WHEN timestamp %% 15 = 0 THEN"
                + " 'dislike' ELSE 'like' END AS VARCHAR) AS event_type, NULL::USMALLINT AS"
                + " played_ratio_pct, NULL::UINTEGER AS track_length_seconds FROM '%s') TO '%s'"
                + " (FORMAT parquet)")
            .formatted(folder.resolve("flat/50m/listens.parquet"), many));
    Corpus corpus = again("yambda", many, "minUserEvents", "1");
    assertTrue(count(corpus, "rows of other kinds") > 0);
    assertTrue(corpus.histories().events() > 0);
  }

  private static void sql(String statement) throws Exception {
    try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        var run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  @Test
  void wrongClocksOfTaobaoAreCounted() throws IOException {
    Corpus before = read("taobao");
    Path log = folder.resolve("UserBehavior.csv");
    Files.writeString(
        log,
        Files.readString(log)
            + "1,2268318,2520377,pv,2122867355\n1,2268318,2520377,pv,4085173\n"
            + "1,2268318,2520377,pv,-2134949234\n");
    Corpus after = again("taobao", folder, "malformedShare", "0.1");
    assertEquals(before.histories().events(), after.histories().events());
    assertEquals(2, count(after, "events outside the time range"));
    assertEquals(1, count(after, "malformed lines"));
    assertEquals(List.of("category:2520377"), attributes(before, item(before, "2268318")));
    Corpus bought = again("taobao", folder, "kinds", "[buy]", "minUserEvents", "1");
    assertTrue(count(bought, "rows of other kinds") > bought.histories().events());
  }

  @Test
  void microLensHasTitlesWithAndWithoutALineOfNames() throws IOException {
    Corpus corpus = read("microlens");
    String title = corpus.catalog().text(item(corpus, "1"));
    assertEquals("Snow, 0 times", title);
    Path english = folder.resolve("MicroLens-100k_title_en.csv");
    String lines = Files.readString(english).substring(1);
    Files.writeString(folder.resolve("MicroLens-100k_titles.csv"), "item,title\n" + lines);
    Files.delete(english);
    assertEquals(corpus.hash(), again("microlens", folder).hash());
  }

  @Test
  void mindHasHistoriesWithoutTimesAndImpressionsWithThem() throws IOException {
    Corpus corpus = read("mind");
    int user = 1;
    assertEquals("U1", corpus.histories().userId(user));
    assertEquals(6, corpus.histories().length(user));
    long first = corpus.histories().start(user);
    assertEquals("N101", corpus.catalog().originalId(corpus.histories().item(first)));
    assertFalse(corpus.histories().hasTimes());
    var shown = corpus.exposures().orElseThrow();
    assertTrue(shown.hasTimes());
    assertEquals(12, shown.start(user + 1) - shown.start(user));
    assertEquals("The \"Brands\" 0. Shop the notebooks.", corpus.catalog().text(1));
    assertEquals(
        List.of("category:lifestyle", "subcategory:lifestyleroyals"), attributes(corpus, 1));
    Path log = folder.resolve("MINDsmall_dev/behaviors.tsv");
    Files.writeString(log, Files.readString(log) + "9\tU1\t11/15/2019 8:55:22 AM\tN1\tN2\n");
    Corpus more = again("mind", folder, "malformedShare", "0.1");
    assertEquals(1, count(more, "malformed lines"));
    Files.writeString(log, Files.readString(log).replace("\tN2\n", "\tN102-1\n"));
    assertEquals(
        1, count(again("mind", folder), "histories that differ from the first of their user"));
    assertThrows(IOException.class, () -> again("mind", folder, "from", "2019-11-12"));
  }

  @Test
  void tenrecShowsWhatWasNotClicked() throws IOException {
    Corpus corpus = read("tenrec", "minUserEvents", "1");
    var shown = corpus.exposures().orElseThrow();
    assertTrue(shown.size() > corpus.histories().events());
    assertEquals(List.of(), attributes(corpus, item(corpus, "4")));
    assertEquals(List.of("video_category:1"), attributes(corpus, item(corpus, "5")));
    Files.writeString(
        folder.resolve("QK-article.csv"),
        "user_id,item_id,click,category_second,category_first\n1,7,1.0,2,1\n");
    IOException e = assertThrows(IOException.class, () -> again("tenrec", folder));
    assertTrue(e.getMessage().contains("give one of them"), e.getMessage());
    Corpus articles = again("tenrec", folder.resolve("QK-article.csv"), "minUserEvents", "1");
    assertEquals(List.of("category_first:1", "category_second:2"), attributes(articles, 1));
  }

  @Test
  void taobaoMmHasIdsBelowZero() throws IOException {
    Corpus corpus = read("taobao-mm");
    assertTrue(corpus.histories().userId(0).startsWith("-5875943033432"));
    int item = item(corpus, "-4611686018427387904");
    assertEquals(List.of("206:0"), attributes(corpus, item));
  }

  @Test
  void everyOptionOfATableCanBeSet() {
    Map<String, String> options = Sources.byName("pairs").options();
    assertTrue(options.keySet().containsAll(Sources.byName("table").options().keySet()));
    assertThrows(
        IllegalArgumentException.class, () -> Sources.byName("pairs").with("colour", "red"));
  }
}
