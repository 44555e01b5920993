package seminar.source.kuaisar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Sources;

class KuaiSarReaderTest {
  private static final String BROWSING =
      """
      user_id,item_id,playing_time,duration_ms,time,timestamp,click,forward,like,follow,search,search_item_related
      7,100,2300,9000,2023-05-22 15:10:11,3000,1,0,0,0,0,0
      7,101,0,9000,2023-05-22 15:10:11,3000,0,0,0,0,0,0
      7,102,2300,9000,2023-05-22 15:10:11,1000,1,0,1,0,1,0
      12,100,2300,9000,2023-05-22 15:10:11,1000,1,1,0,0,0,0
      12,100,2300,9000,2023-05-22 15:10:11,1000,1,1,0,0,0,0
      """;
  private static final String SEARCHING =
      """
      user_id,search_session_id,search_session_time,search_session_timestamp,keyword,search_source,item_id,click_cnt,item_type
      7,1,2023-05-22 15:10:11,3000,"[20, 34, 3]",USER_INPUT,103,2,VIDEO
      7,1,2023-05-22 15:10:11,3000,"[20, 34, 3]",USER_INPUT,104,0,USER
      7,2,2023-05-22 15:10:11,4000,[],RELATED,100,1,LIVE
      12,3,2023-05-22 15:10:11,500,[20],USER_INPUT,103,1,VIDEO
      12,4,2023-05-22 15:10:11,9000,"[""-1""]",USER_INPUT,100,1,VIDEO
      3,5,2023-05-22 15:10:11,9000,0,USER_INPUT,100,1,VIDEO
      """;
  private static final String CATEGORIES =
      Arrays.stream(new String[] {"first", "second", "third", "fourth"})
          .map(
              l ->
                  "%1$s_level_category_id,%1$s_level_category_name,%1$s_level_category_name_en"
                      .formatted(l))
          .collect(Collectors.joining(","));
  private static final String ITEM_HEAD =
      "item_id,caption,author_id,item_type,upload_time,upload_type," + CATEGORIES;
  private static final String ITEMS =
      ITEM_HEAD
          + """

          100,"[5, 9, 5]",44,VIDEO,2023-05-01,ShortImport,8,美食,Food,81,面,"Noodles, hot",-124,UNKNOWN,UNKNOWN,0,,
          103,[],0,AD,2023-05-01,UNKNOWN,-124.0,UNKNOWN,UNKNOWN,3,游戏,,-124,UNKNOWN,UNKNOWN,5,UNKNOWN,UNKNOWN
          999,"[1]",44,VIDEO,2023-05-01,ShortImport,8,美食,Food,0,,,0,,,0,,
          102,plain words,44.0,VIDEO,,,8.0,美食,Food,,,,nan,,,0,,
          100,[1],3,VIDEO,2023-05-01,ShortImport,0,,,0,,,0,,,0,,
          """;

  @TempDir Path folder;

  private final CorpusReader all =
      Sources.byName("kuaisar").with("minUserEvents", "1").with("minAttributeCount", "1");

  @BeforeEach
  void log() throws IOException {
    put("rec_inter.csv", BROWSING);
    put("src_inter.csv", SEARCHING);
    put("item_features.csv", ITEMS);
  }

  private void put(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private Corpus read(CorpusReader reader) throws IOException {
    return reader.read(folder, Progress.silent());
  }

  private static String history(Corpus corpus, int user) {
    Histories histories = corpus.histories();
    StringBuilder text = new StringBuilder(histories.userId(user)).append(':');
    for (long e = histories.start(user); e < histories.start(user + 1); e++) {
      text.append(
          " %s/%s/%d/%d"
              .formatted(
                  corpus.catalog().originalId(histories.item(e)),
                  corpus.queries().text(histories.query(e)),
                  histories.time(e),
                  histories.action(e)));
    }
    return text.toString();
  }

  private static List<String> attributes(Catalog catalog, int item) {
    return Arrays.stream(catalog.attributes(item)).mapToObj(catalog::attributeName).toList();
  }

  @Test
  void clicksAreMergedByTimeWithSearchesBeforeBrowsing() throws IOException {
    Corpus corpus = read(all);
    assertEquals(3, corpus.histories().users());
    assertEquals("3: 100//9000/1", history(corpus, 0));
    assertEquals("7: 102//1000/0 103/20 34 3/3000/1 100//3000/0 100//4000/1", history(corpus, 1));
    assertEquals("12: 103/20/500/1 100//1000/0 100//1000/0 100//9000/1", history(corpus, 2));
    assertEquals(2, corpus.queries().size());
    assertEquals(3, corpus.queries().vocabulary());
    Map<String, Long> counts = corpus.manifest().counts();
    assertEquals(3, counts.get("searches without a word"));
    assertEquals(2, counts.get("exposures not kept"));
    assertEquals(1, counts.get("repeated descriptions"));
    assertEquals(1, counts.get("descriptions of items nobody met"));
    assertEquals(0, counts.get("malformed lines"));
    assertTrue(corpus.exposures().isEmpty());
  }

  @Test
  void aUserAndAVideoOfOneNumberAreTwoItems() throws IOException {
    String head = SEARCHING.lines().findFirst().orElseThrow() + "\n";
    String row = "7,1,t,3000,[20],USER_INPUT,100,1,%s\n";
    put(
        "src_inter.csv",
        head
            + row.formatted("USER")
            + row.formatted("MUSIC")
            + row.formatted("VIDEO")
            + row.formatted("IMAGE_ATLAS")
            + row.formatted("")
            + row.formatted("PLACE"));
    Corpus corpus = read(all);
    assertEquals(
        "7: 102//1000/0 USER:100/20/3000/1 MUSIC:100/20/3000/1 100/20/3000/1 100/20/3000/1"
            + " 100/20/3000/1 PLACE:100/20/3000/1 100//3000/0",
        history(corpus, 0));
    assertEquals(2L, corpus.manifest().counts().get("repeated lines") - 1);
    assertEquals("5 9 5", corpus.catalog().text(4));
    assertEquals("100", corpus.catalog().originalId(4));
    put("src_inter.csv", head + row.formatted("USER").replace(",100,", ",281474976710656,"));
    assertTrue(
        assertThrows(IOException.class, () -> read(all))
            .getMessage()
            .contains("too large for an item of the type USER"));
  }

  @Test
  void historiesOfThreeEventsAreLeftOutUnlessAskedFor() throws IOException {
    Corpus corpus = read(Sources.byName("kuaisar"));
    assertEquals(2, corpus.histories().users());
    assertEquals(1, corpus.manifest().counts().get("users with too few events"));
    assertEquals(0, corpus.catalog().attributeVocabulary());
  }

  @Test
  void itemsAreDescribed() throws IOException {
    Catalog catalog = read(all).catalog();
    assertEquals(3, catalog.size());
    assertEquals("5 9 5", catalog.text(1));
    assertEquals(
        List.of(
            "author:44",
            "category1:8 Food",
            "category2:81 Noodles, hot",
            "type:VIDEO",
            "upload:ShortImport"),
        attributes(catalog, 1));
    assertEquals("plain words", catalog.text(2));
    assertEquals(List.of("author:44", "category1:8 Food", "type:VIDEO"), attributes(catalog, 2));
    assertEquals("", catalog.text(3));
    assertEquals(Catalog.ABSENT, catalog.textRow(3));
    assertEquals(List.of("category2:3 游戏", "type:AD"), attributes(catalog, 3));
  }

  @Test
  void musicIsReadWhereItIsThere() throws IOException {
    put("item_features.csv", "music_id,item_id\n77,100\n0,102\n78.0,103\n");
    Catalog catalog = read(all).catalog();
    assertEquals(List.of("music:77"), attributes(catalog, 1));
    assertEquals(List.of(), attributes(catalog, 2));
    assertEquals(List.of("music:78"), attributes(catalog, 3));
  }

  @Test
  void whatWasNotClickedIsShownAtItsPlaceInTheHistory() throws IOException {
    Corpus corpus = read(all.with("exposures", "true"));
    Exposures shown = corpus.exposures().orElseThrow();
    StringBuilder text = new StringBuilder();
    for (long e = shown.start(1); e < shown.start(2); e++) {
      text.append(
          "%s/%s/%b/%d "
              .formatted(
                  corpus.catalog().originalId(shown.item(e)),
                  corpus.queries().text(shown.query(e)),
                  shown.clicked(e),
                  shown.position(e)));
    }
    assertEquals(
        "102//true/0 103/20 34 3/true/1 USER:104/20 34 3/false/1 100//true/1 101//false/1"
            + " 100//true/3 ",
        text.toString());
    assertEquals(4, corpus.histories().length(1));
    assertEquals(5, corpus.catalog().size());
  }

  @Test
  void columnsMayStandInAnyOrderWithOthersBetween() throws IOException {
    String hash = read(all).hash();
    put("rec_inter.csv", mirrored(BROWSING));
    assertEquals(hash, read(all).hash());
  }

  /** The columns from right to left, with a new one. */
  private static String mirrored(String csv) {
    return csv.lines()
        .map(line -> List.of(line.split(",")).reversed())
        .map(fields -> "extra," + String.join(",", fields) + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void numbersMayBeWrittenAsFloats() throws IOException {
    String hash = read(all).hash();
    put("rec_inter.csv", BROWSING.replace(",100,", ",100.0,").replace(",1000,1,", ",1.0E3,1.0,"));
    put("src_inter.csv", SEARCHING.replace("34", "34.0").replace("\n7,", "\n7.0,"));
    assertEquals(hash, read(all).hash());
  }

  @Test
  void usersAndTheirNetworkAreCountedIfThere() throws IOException {
    put(
        "user_features.csv",
        "user_id,search_active_level,rec_active_level,onehot_feat1,onehot_feat2\n"
            + "7,1,2,3,4\n12.0,1,2,3,4\n7,1,2,3,4\n");
    put("social_network.csv", "user_id,user_follow_id\n7,12\n12,\"[7, 3]\"\n");
    Map<String, Long> counts = read(all).manifest().counts();
    assertEquals(2, counts.get("users described"));
    assertEquals(3, counts.get("users followed by users, not used"));
  }

  @Test
  void wordsOfKeywordsAndFurtherAttributesAreReadIfThere() throws IOException {
    put("keywords.tsv", "id\tword\n20\twalnut\n34\tlamp\n");
    put("attributes.tsv", "item_id\tattribute\n103\tcolour:red\n103\tcolour:blue\n5\tcolour:red\n");
    Corpus corpus = read(all);
    assertEquals("walnut lamp 3", corpus.queries().text(corpus.histories().query(2)));
    assertEquals(
        List.of("category2:3 游戏", "type:AD", "colour:red", "colour:blue"),
        attributes(corpus.catalog(), 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rec_inter.csv | x,1,1,1,t,1,1,0,0,0,0,0 | user_id is 'x', not a whole number",
        "rec_inter.csv | 1,1.5,1,1,t,1,1,0,0,0,0,0 | item_id is '1.5', not a whole number",
        "rec_inter.csv | 1,-1,1,1,t,1,1,0,0,0,0,0 | item_id is -1, less than 0",
        "rec_inter.csv | 1,99999999999999999999,1,1,t,1,1,0,0,0,0,0 | item_id is '9999",
        "rec_inter.csv | 1,1,1,1,t,-5,1,0,0,0,0,0 | timestamp is -5, less than 0",
        "rec_inter.csv | 1,1,1,1,t,1e999999999,1,0,0,0,0,0 | timestamp is '1e999999999', not",
        "rec_inter.csv | 1,1,1,1,t,1,2,0,0,0,0,0 | click is 2, neither 0 nor 1",
        "rec_inter.csv | 1,1,1,1,t,1,,0,0,0,0,0 | click is '', not a whole number",
        "rec_inter.csv | 1,1,1,1,t,1,1,0,0 | 9 fields, not 12",
        "src_inter.csv | 1,1,t,1,[20,S,1,1,V | keyword is '[20', not a list",
        "src_inter.csv | 1,1,t,1,[x],S,1,1,V | keyword is 'x', not a whole number",
        "src_inter.csv | 1,1,t,1,\"[\"\"a\"\", \"\"\"\"]\",S,1,1,V | with an empty word",
        "src_inter.csv | 1,1,t,1,\"[\"\"a\"\" 5]\",S,1,1,V | not a list",
        "src_inter.csv | 1,1,t,1,[5],S,1,-2,V | click_cnt is -2, less than 0",
        "src_inter.csv | 1,1,t,,[5],S,1,1,V | search_session_timestamp is '', not",
        "item_features.csv | 102,[1;2],44,V,,,0,,,0,,,0,,,0,, | caption is '1;2', not a whole",
        "item_features.csv | 102,[],x,V,,,0,,,0,,,0,,,0,, | author_id is 'x', not a whole",
        "item_features.csv | 102,[],1,V,,,0,,,0,,,q,,,0,, | third_level_category_id is 'q'",
      })
  void aBadLineIsCountedWithItsReason(String file, String line, String why) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path) + line + "\n");
    assertTrue(assertThrows(IOException.class, () -> read(all)).getMessage().contains(why));
    Corpus corpus = read(all.with("malformedShare", "0.5"));
    assertEquals(1, corpus.manifest().counts().get("malformed lines"));
    String entry = corpus.manifest().malformed().getFirst();
    long number = Files.readString(path).lines().count();
    assertTrue(entry.startsWith(file + ":" + number + ": "), entry);
    assertTrue(entry.contains(why), entry);
  }

  @Test
  void textThatIsNotUtf8IsMalformed() throws IOException {
    byte[] bytes = (ITEMS + "102,caf?,0,V,,,0,,,0,,,0,,,0,,\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xE9 : bytes[i];
    }
    Files.write(folder.resolve("item_features.csv"), bytes);
    Corpus corpus = read(all.with("malformedShare", "0.5"));
    assertEquals(1, corpus.manifest().counts().get("malformed lines"));
    assertTrue(corpus.manifest().malformed().getFirst().contains("is not UTF-8"));
  }

  @Test
  void aLineThatLooksLikeARemarkIsNotPassedOver() throws IOException {
    put("rec_inter.csv", BROWSING + "#7,102,2300,9000,t,1000,1,0,1,0,1,0\n");
    assertEquals(
        1, read(all.with("malformedShare", "0.5")).manifest().counts().get("malformed lines"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rec_inter.csv", "src_inter.csv", "item_features.csv"})
  void aMissingOrEmptyFileOrColumnEndsTheRun(String file) throws IOException {
    String text = Files.readString(folder.resolve(file));
    put(file, text.replace("item_id", "item"));
    assertMessage(file, "item_id must be there once");
    put(file, text.replaceFirst("item_type|search_item_related", "item_id"));
    assertMessage(file, "item_id must be there once");
    put(file, "");
    assertMessage(file, "is empty");
    Files.delete(folder.resolve(file));
    assertMessage(file, "is missing");
  }

  private void assertMessage(String file, String why) {
    String message = assertThrows(IOException.class, () -> read(all)).getMessage();
    assertTrue(message.contains(file) && message.contains(why), message);
  }

  @Test
  void aLogWithoutClicksEndsTheRun() throws IOException {
    put("rec_inter.csv", BROWSING.lines().limit(1).toList().getFirst() + "\n");
    put("src_inter.csv", SEARCHING.lines().limit(1).toList().getFirst() + "\n");
    assertTrue(
        assertThrows(IOException.class, () -> read(all)).getMessage().contains("no history"));
  }

  @Test
  void optionsAreNamed() {
    assertEquals("4", Sources.byName("kuaisar").options().get("minUserEvents"));
    assertEquals("3", Sources.byName("kuaisar").options().get("minAttributeCount"));
    assertFalse(Boolean.parseBoolean(Sources.byName("kuaisar").options().get("exposures")));
    assertThrows(IllegalArgumentException.class, () -> all.with("minAttributeCount", "0"));
  }
}
