package seminar.source.s3rec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.HistoryOptions;

class S3RecReaderTest {
  @TempDir Path folder;

  private static CorpusReader small() {
    return new S3RecReader(
        S3RecReader.Options.defaults().withHistories(HistoryOptions.ofAtLeast(1)));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Corpus read(CorpusReader reader) throws IOException {
    return reader.read(folder, Progress.silent());
  }

  private String failure(CorpusReader reader) {
    return assertThrows(IOException.class, () -> read(reader)).getMessage();
  }

  private void toy() throws IOException {
    file("Toy.txt", "2 10 9 10\n1 9 30\n");
    file("Toy_queries.txt", "2 7,8 0 8\n1 0 7,8,0\n");
    file("Toy_item2attributes.json", "{\"9\": [4, 5, 4], \"10\": [5], \"99\": [6], \"9\": [7]}");
    file("Toy_sample.txt", "1 10 50\n2 50 60\n7 60 70\n");
    file("Toy_id2dummy_query.json", "{\"9\": \"7,8\", \"10\": \"0\"}");
  }

  @Test
  void sequencesBecomeHistoriesWithTheirQueriesInTheOrderOfTheFile() throws IOException {
    toy();
    Corpus corpus = read(small());
    Histories histories = corpus.histories();
    assertEquals("s3rec-Toy", corpus.manifest().name());
    assertEquals("1", histories.userId(0));
    assertEquals("2", histories.userId(1));
    assertFalse(histories.hasTimes());
    int[] items = new int[3];
    int[] queries = new int[3];
    histories.copy(1, 0, 3, items, queries, 0);
    assertArrayEquals(new int[] {2, 1, 2}, items);
    assertEquals("7 8", corpus.queries().text(queries[0]));
    assertEquals(0, queries[1]);
    assertEquals("8", corpus.queries().text(queries[2]));
    assertEquals(queries[0], histories.query(1));
    assertEquals(Histories.SEARCH, histories.action(1));
    assertEquals(Histories.BROWSE, histories.action(0));
    assertEquals(2L, corpus.manifest().counts().get("dummy queries not used"));
  }

  @Test
  void theCatalogueHoldsTheItemsOfHistoriesAndOfNegatives() throws IOException {
    toy();
    Corpus corpus = read(small());
    Catalog catalog = corpus.catalog();
    List<String> ids = new ArrayList<>();
    for (int item = 1; item <= catalog.size(); item++) {
      ids.add(catalog.originalId(item));
    }
    assertEquals(List.of("9", "10", "30", "50", "60", "70"), ids);
    assertEquals(
        List.of("attribute:4", "attribute:5"),
        Arrays.stream(catalog.attributes(1)).mapToObj(catalog::attributeName).toList());
    assertEquals(0, catalog.attributes(4).length);
    assertEquals(1L, corpus.manifest().counts().get("repeated descriptions of items"));
    Negatives negatives = corpus.negatives().orElseThrow();
    assertEquals(2, negatives.size());
    assertEquals(0, negatives.user(0));
    assertArrayEquals(new int[] {2, 4}, negatives.of(0));
    assertArrayEquals(new int[] {4, 5}, negatives.of(1));
    assertEquals(1L, corpus.manifest().counts().get("negatives of users without a history"));
    assertFalse(corpus.manifest().counts().containsKey("negatives that their user has met"));
  }

  @Test
  void flawsOfNegativesAreCounted() throws IOException {
    file("Toy.txt", "1 2 3\n");
    file("Toy_sample.txt", "1 3 4 4\n");
    var counts = read(small()).manifest().counts();
    assertEquals(1L, counts.get("negatives that their user has met"));
    assertEquals(1L, counts.get("negatives that their user has twice"));
  }

  @Test
  void onlySequencesMustBeThere() throws IOException {
    file("Toy.txt", "1 2 3\n");
    Corpus corpus = read(small());
    assertEquals(2, corpus.catalog().size());
    assertEquals(0, corpus.queries().size());
    assertTrue(corpus.negatives().isEmpty());
  }

  @Test
  void namesOfKeywordsAndAttributesAreUsedWhereTheyAreKnown() throws IOException {
    toy();
    file("Toy_keywords.tsv", "id\tname\n7\tred\n");
    file("Toy_attributes.tsv", "name\tid\nbrand:Acme\t4\n");
    Corpus corpus = read(small());
    assertEquals("red 8", corpus.queries().text(corpus.histories().query(1)));
    assertEquals("brand:Acme", corpus.catalog().attributeName(1));
    assertEquals("attribute:5", corpus.catalog().attributeName(2));
  }

  @Test
  void theSetIsFoundOrAskedFor() throws IOException {
    assertTrue(failure(small()).contains("has no sequences such as"));
    toy();
    file("Other.txt", "5 1\n");
    assertTrue(failure(small()).contains("Other, Toy: say which with the option set"));
    assertEquals("5", read(small().with("set", "Other")).histories().userId(0));
    assertTrue(failure(small().with("set", "None")).contains("None.txt is missing"));
    CorpusReader reader = small();
    assertThrows(IllegalArgumentException.class, () -> reader.with("set", "../Toy"));
    assertThrows(IllegalArgumentException.class, () -> reader.with("from", "2020-01-01"));
    assertThrows(IllegalArgumentException.class, () -> reader.with("exposures", "true"));
    assertThrows(
        IOException.class, () -> reader.read(folder.resolve("Toy.txt"), Progress.silent()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 x         | item is 'x', not a whole number",
        "3 0         | item is 0, less than 1",
        "3 9999999999| item is 9999999999, too large",
        "-3 4        | user is -3, less than 0",
        "3           | it has no two fields",
        "1 4         | user 1 has a line already"
      })
  void badSequencesAreNamedWithTheirLine(String line, String why) throws IOException {
    file("Toy.txt", "1 2 3\n" + line + "\n");
    Corpus corpus = read(small().with("malformedShare", "0.5"));
    assertEquals(2, corpus.histories().events());
    assertEquals(List.of("Toy.txt:2: " + why), corpus.manifest().malformed());
    String message = failure(small());
    assertTrue(message.contains("Toy.txt: 1 of 2 lines are malformed"), message);
    assertTrue(message.contains("Toy.txt:2: " + why), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 5 6   | Toy.txt:2: user 3 with 2 items, but the file of queries has user 4 with 2",
        "3 5     | Toy.txt:2: user 3 with 2 items, but the file of queries has user 3 with 1",
        "3 5 x   | Toy_queries.txt:2: keyword is 'x', not a whole number",
        "3 5 6,  | Toy_queries.txt:2: keyword is '', not a whole number",
        "3       | Toy_queries.txt:2: it has no two fields",
        "''      | Toy.txt:2: no queries stand on the same line of the file of queries"
      })
  void queriesMustStandBesideTheirItems(String line, String why) throws IOException {
    file("Toy.txt", "1 2 3\n3 4 5\n");
    file("Toy_queries.txt", "1 7 8\n" + line + "\n");
    Corpus corpus = read(small().with("malformedShare", "0.5"));
    assertEquals(2, corpus.histories().events());
    assertEquals(why, corpus.manifest().malformed().getFirst());
    assertThrows(IOException.class, () -> read(small()));
  }

  @Test
  void linesOfQueriesTooManyAreCountedAndTooFewAreMalformed() throws IOException {
    file("Toy.txt", "1 2 3\n");
    file("Toy_queries.txt", "1 7 8\n2 7\n");
    Corpus corpus = read(small());
    assertEquals(1L, corpus.manifest().counts().get("lines of queries beside no sequence"));
    file("Toy_queries.txt", "");
    assertTrue(failure(small()).contains("no queries stand on the same line"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Toy_sample.txt|1 5 6;2 5|user 2 has 1 negatives, the first user 2",
        "Toy_sample.txt|1 5 6;1 7 8|user 1 has negatives already",
        "Toy_sample.txt|1 5 0|negative is 0, less than 1",
        "Toy_item2attributes.json|{\"x\": [1]}|item is 'x', not a whole number",
        "Toy_item2attributes.json|{\"2\": 5}|attributes of item 2 are no list",
        "Toy_item2attributes.json|{\"2\": [0]}|attribute of item 2 is 0, less than 1",
        "Toy_item2attributes.json|{\"2\": [[1]]}|attribute of item 2 is ''",
        "Toy_item2attributes.json|{\"2\": [1]|is not one JSON object",
        "Toy_item2attributes.json|{\"2\": [1]} x|is not one JSON object",
        "Toy_item2attributes.json|[2]|is not one JSON object",
        "Toy_item2attributes.json|''|is not one JSON object",
        "Toy_id2dummy_query.json|{\"2\": \"a\"}|keyword of item 2 is 'a'",
        "Toy_keywords.tsv|id;1|id must be there once",
        "Toy_keywords.tsv|id\tname;1\t|name of 1 is empty",
        "Toy_keywords.tsv|id\tname;1\ta;1\tb|id 1 has a name already"
      })
  void badSideFilesAreNamed(String name, String text, String why) throws IOException {
    file("Toy.txt", "1 2 3\n2 3\n");
    file(name, text.replace(';', '\n'));
    String message = failure(small());
    assertTrue(message.contains(name), message);
    assertTrue(message.contains(why) || name.endsWith("keywords.tsv"), message);
  }

  @Test
  void wrongBytesAndEmptyFilesAreRefused() throws IOException {
    file("Toy.txt", "");
    assertTrue(failure(small()).contains("no history has"));
    Files.write(folder.resolve("Toy.txt"), new byte[] {'1', ' ', (byte) 0xFF, '\n'});
    assertTrue(failure(small()).contains("is not UTF-8"));
  }

  @Test
  void rareItemsAndShortHistoriesAreLeftOutOnRequest() throws IOException {
    file("Toy.txt", "1 2 3 4 5\n2 2 3\n3 2\n");
    Corpus corpus = read(small().with("minUserEvents", "2").with("minItemEvents", "2"));
    assertEquals(2, corpus.histories().users());
    assertEquals(2, corpus.catalog().size());
    assertEquals(1L, corpus.manifest().counts().get("users with too few events"));
    assertEquals(2L, corpus.manifest().counts().get("items with too few events"));
  }
}
