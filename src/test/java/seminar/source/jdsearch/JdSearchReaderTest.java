package seminar.source.jdsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Sources;

class JdSearchReaderTest {
  private static final String HEAD =
      "query\tcandidate_wid_list\tcandidate_label_list\thistory_qry_list\thistory_wid_list"
          + "\thistory_type_list\thistory_time_list\n";
  private static final String PRODUCTS =
      """
      wid\tname\tbrand_id\tbrand_name\tcate_id_1\tcate_name_1\tcate_id_2\tcate_name_2\tcate_id_3\tcate_name_3\tcate_id_4\tcate_name_4\tshop_id
      456\t12^X32\t7\t1^X2\t10\t3\t20\t4\t30\t5\t40\t6\t99
      789\t\t\t\t10\t3\t\t\t-1\t\t\t\t98
      1\t5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t1\t1
      """;
  private static final String GOOD =
      "12^X32^X56\t456_457_789\t3.0_0.0_0\t323^X328_-1_12^X54\t889_456_345\tORD_CLICK_CART"
          + "\t0_12_4_5\n";

  @TempDir Path folder;

  private final CorpusReader reader = Sources.byName("jdsearch");

  private void files(String users) throws IOException {
    Files.writeString(
        folder.resolve("user_behavior_data.txt"), (HEAD + users).replace("^X", "\u0018"));
    Files.writeString(folder.resolve("product_meta_data.txt"), PRODUCTS.replace("^X", "\u0018"));
  }

  private Corpus read() throws IOException {
    return reader.read(folder, Progress.silent());
  }

  private static String history(Corpus corpus, int user) {
    Histories histories = corpus.histories();
    StringBuilder text = new StringBuilder(histories.userId(user)).append(':');
    for (long e = histories.start(user); e < histories.start(user + 1); e++) {
      text.append(
          " %s/%s/%d@%d"
              .formatted(
                  corpus.catalog().originalId(histories.item(e)),
                  corpus.queries().text(histories.query(e)),
                  histories.action(e),
                  histories.time(e)));
    }
    return text.toString();
  }

  private static String answers(Corpus corpus, int user) {
    Exposures shown = corpus.exposures().orElseThrow();
    StringBuilder text = new StringBuilder();
    for (long e = shown.start(user); e < shown.start(user + 1); e++) {
      text.append(
          " %s/%s/%b/%d@%d"
              .formatted(
                  corpus.catalog().originalId(shown.item(e)),
                  corpus.queries().text(shown.query(e)),
                  shown.clicked(e),
                  shown.position(e),
                  shown.time(e)));
    }
    return text.toString().trim();
  }

  @Test
  void aLineIsAHistoryAndTheAnswersToAPresentQuery() throws IOException {
    files(GOOD);
    Corpus corpus = read();
    assertEquals("2: 889/323 328/1@0 456//0@12000 345/12 54/1@16000", history(corpus, 0));
    assertEquals(
        "456/12 32 56/true/3@21000 457/12 32 56/false/3@21000 789/12 32 56/false/3@21000",
        answers(corpus, 0));
    Catalog catalog = corpus.catalog();
    assertEquals("456", catalog.originalId(2));
    assertEquals("12 32", catalog.text(2));
    assertEquals(
        List.of(
            "brand:7", "category1:10", "category2:20", "category3:30", "category4:40", "shop:99"),
        Arrays.stream(catalog.attributes(2)).mapToObj(catalog::attributeName).toList());
    assertEquals("789", catalog.originalId(4));
    assertEquals("", catalog.text(4));
    assertEquals(2, catalog.attributes(4).length);
    assertEquals(1L, corpus.manifest().counts().get("described items that nobody met"));
  }

  @Test
  void aPresentQueryInTheSecondOfTheLastEventComesAfterIt() throws IOException {
    files("7\t5\t1.0\t-1_-1\t3_4\tFLW_FOLLOW\t0_0_0\n");
    assertEquals("5/7/true/2@1", answers(read(), 0));
  }

  @Test
  void usersAreNumberedByTheirLines() throws IOException {
    files(GOOD + "x\n-1\t\t\t\t\t\t0\n" + GOOD + GOOD.replace("^X54", "^X55"));
    Corpus corpus = reader.with("malformedShare", "0.5").read(folder, Progress.silent());
    assertEquals(3, corpus.histories().users());
    assertEquals("5", corpus.histories().userId(1));
    assertEquals("6", corpus.histories().userId(2));
    assertEquals(
        List.of("user_behavior_data.txt:3: 1 fields, not 7"), corpus.manifest().malformed());
  }

  @Test
  void kindsThatAreNotAskedForAreCounted() throws IOException {
    files(GOOD);
    Corpus corpus =
        reader.with("clicks", "false").with("orders", "false").read(folder, Progress.silent());
    assertEquals("2: 345/12 54/1@16000", history(corpus, 0));
    assertEquals(2L, corpus.manifest().counts().get("events of kinds not asked for"));
    assertTrue(answers(corpus, 0).startsWith("456/12 32 56/true/1@21000"));
  }

  @Test
  void malformedLinesAreNamed() throws IOException {
    files(
        GOOD.repeat(2)
            + GOOD.replace("ORD", "STARE")
            + GOOD.replace("0_12_4_5", "0_12_4")
            + GOOD.replace("0_12_4_5", "3_12_4_5")
            + GOOD.replace("0_12_4_5", "0_12_4_9223372036854775807")
            + GOOD.replace("3.0_", "4.0_")
            + GOOD.replace("3.0_", "0.5_")
            + GOOD.replace("889", "-889")
            + GOOD.replace("323^X", "^X")
            + GOOD.replace("456_457_789\t", "456_457\t"));
    Corpus corpus = reader.with("malformedShare", "0.9").read(folder, Progress.silent());
    assertEquals(2, corpus.histories().users());
    String at = "user_behavior_data.txt:";
    assertEquals(
        List.of(
            at + "4: history_type_list has 'STARE', none of CLICK, CART, FLW, ORD",
            at + "5: history_time_list has 3 entries, not 4 as history_wid_list and the query",
            at + "6: history_time_list has 3 at place 0, which must begin with 0 and fit 64 bits",
            at
                + "7: history_time_list has 9223372036854775807 at place 3, which must begin with 0"
                + " and fit 64 bits",
            at + "8: candidate_label_list has 4.0, more than 3.0",
            at + "9: candidate_label_list is '0.5', not a whole number",
            at + "10: history_wid_list is -889, less than 0",
            at + "11: history_qry_list is '', not a whole number",
            at + "12: candidate_label_list has 3 entries, not 2 as candidate_wid_list"),
        corpus.manifest().malformed());
    IOException e = assertThrows(IOException.class, this::read);
    assertTrue(e.getMessage().contains("9 of 11 lines are malformed"), e.getMessage());
  }

  @Test
  void missingForeignAndEmptyFilesAreNamed() throws IOException {
    String missing = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(missing.contains("has none of user_behavior_data.txt"), missing);
    files(GOOD);
    Files.writeString(folder.resolve("product_meta_data.txt"), "wid\tname\n1\t2\n");
    String foreign = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(foreign.contains("brand_id must be there once"), foreign);
    Files.writeString(folder.resolve("product_meta_data.txt"), "");
    String empty = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(empty.contains("product_meta_data.txt is empty"), empty);
  }

  @Test
  void bytesThatAreNotTextAreMalformed() throws IOException {
    files(GOOD);
    Path file = folder.resolve("user_behavior_data.txt");
    byte[] bytes = Files.readAllBytes(file);
    bytes[HEAD.length()] = (byte) 0xC3;
    Files.write(file, bytes);
    String message = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(message.contains("is not UTF-8"), message);
  }
}
