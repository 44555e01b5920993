package seminar.source.movielens;

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
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.feature.FeatureStore;
import seminar.feature.NpyStore;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Corruption;
import seminar.source.HistoryOptions;
import seminar.source.Sources;

class MovieLensReaderTest {
  private static final String ITEMS =
      """
      movie_id\ttitle\tyear\tgenres\tmpaa\trelease_date\tdirectors\twriters\tactors\tcountry\tplot\thas_poster\tin_ml1m\tin_small\tin_taglog
      7\tSabrina\t1995\tComedy|Romance\tPG\t\tSydney Pollack\t\tHarrison Ford|Julia Ormond\tUSA\tAn "ugly duckling".\t1\t1\t1\t1
      10\tGoldenEye\t1995\tAction\t\t\t\t\t\tUK\t\t0\t1\t1\t1
      20\tUnmade\t\t\t\t\t\t\t\t\t\t0\t1\t1\t1
      """;
  private static final String QUERIES = "query_id\ttext\n1\tremade\n2\tSpy Film!\n";
  private static final String HEAD = "user_id\tpenultimate\titems\taligned_query_ids\n";

  @TempDir Path folder;

  private final MovieLensReader reader = new MovieLensReader(MovieLensReader.Options.defaults());

  private static MovieLensReader tolerant(double share) {
    return new MovieLensReader(
        new MovieLensReader.Options(HistoryOptions.ofAtLeast(3).withMalformedShare(share), 0.5));
  }

  private void multiModal(String sequences) throws IOException {
    Path items = Files.createDirectories(folder.resolve("items"));
    Files.writeString(items.resolve("items.tsv"), ITEMS);
    Files.writeString(items.resolve("queries.tsv"), QUERIES);
    NpyStore.write(items.resolve("text_lsa_64.npy"), FeatureStore.of(2, new float[6]));
    Files.writeString(items.resolve("text_lsa_ids.txt"), "10\n7\n20\n");
    NpyStore.write(items.resolve("image_feat_512.npy"), FeatureStore.of(2, new float[2]));
    Files.writeString(items.resolve("image_feat_ids.txt"), "10\n");
    Files.write(folder.resolve("ml1m_even_sequences.tsv.gz"), Corruption.packed(HEAD + sequences));
  }

  @Test
  void sequencesBecomeHistoriesWithTheirAlignedQueries() throws IOException {
    multiModal("4\trecovered\t10 7 99\t2 1 2\n2\t\t7 10 7\t1 1 0\n8\t\t7 10\t1 1\n");
    Corpus corpus = reader.read(folder, Progress.silent());
    Histories histories = corpus.histories();
    assertEquals(2, histories.users());
    assertEquals("2", histories.userId(0));
    assertEquals("4", histories.userId(1));
    int[] items = new int[3];
    int[] queries = new int[3];
    histories.copy(1, 0, 3, items, queries, 0);
    assertArrayEquals(new int[] {2, 1, 3}, items);
    assertEquals("Spy Film!", corpus.queries().text(queries[0]));
    assertEquals("spy", corpus.queries().keyword(corpus.queries().tokens(queries[0])[0]));
    assertEquals(0, histories.query(2));
    assertFalse(histories.hasTimes());
    assertEquals(1L, corpus.manifest().counts().get("users with too few events"));
  }

  @Test
  void theCatalogueHoldsTheFilmsThatOccur() throws IOException {
    multiModal("4\t\t10 7 99\t2 1 2\n");
    Catalog catalog = reader.read(folder, Progress.silent()).catalog();
    assertEquals(3, catalog.size());
    assertEquals("7", catalog.originalId(1));
    assertEquals("99", catalog.originalId(3));
    assertEquals("Sabrina (1995). An \"ugly duckling\".", catalog.text(1));
    assertEquals("GoldenEye (1995)", catalog.text(2));
    assertEquals("", catalog.text(3));
    assertEquals(
        List.of(
            "genre:Comedy",
            "genre:Romance",
            "director:Sydney Pollack",
            "actor:Harrison Ford",
            "actor:Julia Ormond",
            "country:USA",
            "decade:1990s"),
        Arrays.stream(catalog.attributes(1)).mapToObj(catalog::attributeName).toList());
    assertEquals(1, catalog.textRow(1));
    assertEquals(0, catalog.textRow(2));
    assertEquals(Catalog.ABSENT, catalog.textRow(3));
    assertEquals(Catalog.ABSENT, catalog.imageRow(1));
    assertEquals(0, catalog.imageRow(2));
  }

  @Test
  void malformedLinesAreCountedAndKept() throws IOException {
    String good = "4\t\t10 7 20\t2 1 2\n";
    multiModal(good + "5\t\t10 7\t2\n6\t\t10 x 7\t1 1 1\n7\t\t10\n8\t\t7 7 7\t1 1 5\n");
    Corpus corpus = tolerant(0.9).read(folder, Progress.silent());
    assertEquals(1, corpus.histories().users());
    assertEquals(4L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(
        List.of(
            "ml1m_even_sequences.tsv.gz:3: 2 items and 1 queries, which must be aligned",
            "ml1m_even_sequences.tsv.gz:4: item is 'x', not a whole number",
            "ml1m_even_sequences.tsv.gz:5: 3 fields, not 4",
            "ml1m_even_sequences.tsv.gz:6: query 5 is not in queries.tsv"),
        corpus.manifest().malformed());
    String message = failure(reader);
    assertTrue(message.contains("4 of 5 lines are malformed"), message);
    assertTrue(message.contains("tsv.gz:5: 3 fields"), message);
  }

  @Test
  void tenMalformedLinesAreKeptOfMany() throws IOException {
    multiModal("4\t\t10 7 20\t2 1 2\n" + "x\n".repeat(30));
    Corpus corpus = tolerant(1).read(folder, Progress.silent());
    assertEquals(10, corpus.manifest().malformed().size());
    assertEquals(30L, corpus.manifest().counts().get("malformed lines"));
  }

  private String failure(CorpusReader failing) {
    return assertThrows(IOException.class, () -> failing.read(folder, Progress.silent()))
        .getMessage();
  }

  @Test
  void aTruncatedArchiveIsNamed() throws IOException {
    multiModal("4\t\t10 7 20\t2 1 2\n".repeat(50));
    Path file = folder.resolve("ml1m_even_sequences.tsv.gz");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));
    assertTrue(failure(reader).contains("is truncated or no gzip file"), failure(reader));
    Files.writeString(file, "plain text");
    assertTrue(failure(reader).contains("fetch it again"), failure(reader));
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertTrue(failure(reader).contains("has neither"), failure(reader));
    multiModal("4\t\t10 7 20\t2 1 2\n");
    Files.delete(folder.resolve("items/queries.tsv"));
    assertTrue(failure(reader).contains("queries.tsv is missing"), failure(reader));
  }

  @Test
  void aFileWithOtherColumnsIsRefused() throws IOException {
    multiModal("4\t\t10 7 20\t2 1 2\n");
    Files.writeString(folder.resolve("items/queries.tsv"), "id\tquery\n1\ta\n");
    assertTrue(
        failure(reader).contains("has the columns id, query: query_id must be there once"),
        failure(reader));
  }

  @Test
  void alreadyTheListOfFeatureIdsMustBeRight() throws IOException {
    multiModal("4\t\t10 7 20\t2 1 2\n");
    Files.writeString(folder.resolve("items/text_lsa_ids.txt"), "10\nseven\n20\n");
    assertTrue(failure(tolerant(1)).contains("text_lsa_ids.txt:2"), failure(tolerant(1)));
  }

  private void raw(String ratings, String tags) throws IOException {
    Files.writeString(folder.resolve("ratings.csv"), "userId,movieId,rating,timestamp\n" + ratings);
    Files.writeString(folder.resolve("tags.csv"), "userId,movieId,tag,timestamp\n" + tags);
    Files.writeString(
        folder.resolve("movies.csv"),
        """
        movieId,title,genres
        7,"American President, The (1995)",Comedy|Drama
        9,"He said ""no"" (2001)",(no genres listed)
        30,Never seen (1999),War
        """);
  }

  @Test
  void ratingsAreBrowsingAndTagsAreSearches() throws IOException {
    raw("2,9,4.0,50\n2,7,0.5,40\n1,7,3,1\n2,7,5.0,60\n", "2,9,\"\"\"artsy\"\", slow\",50\n");
    Corpus corpus = reader.read(folder, Progress.silent());
    Histories histories = corpus.histories();
    assertEquals(1, histories.users());
    int[] items = new int[4];
    int[] queries = new int[4];
    histories.copy(0, 0, 4, items, queries, 0);
    assertArrayEquals(new int[] {1, 2, 2, 1}, items);
    assertArrayEquals(new int[] {0, 0, 1, 0}, queries);
    assertEquals(50_000, histories.time(2));
    assertEquals(Histories.SEARCH, histories.action(2));
    assertEquals("\"artsy\", slow", corpus.queries().text(1));
    assertEquals("American President, The (1995)", corpus.catalog().text(1));
    assertEquals("He said \"no\" (2001)", corpus.catalog().text(2));
    assertEquals(2, corpus.catalog().size());
    assertEquals(0, corpus.catalog().attributes(2).length);
    assertEquals(1, corpus.catalog().textRow(2));
    assertTrue(corpus.features().text().isEmpty());
  }

  @Test
  void aThresholdLeavesRatingsOutAndCountsThem() throws IOException {
    raw("2,9,4.0,50\n2,7,0.5,40\n2,9,3,1\n2,7,5.0,60\n", "");
    Corpus corpus =
        new MovieLensReader(new MovieLensReader.Options(HistoryOptions.ofAtLeast(1), 4))
            .read(folder, Progress.silent());
    assertEquals(2, corpus.histories().events());
    assertEquals(2L, corpus.manifest().counts().get("ratings below threshold"));
  }

  @Test
  void malformedRatingsAreNamedByTheirLine() throws IOException {
    raw("2,9,4.0,50\n2,7,good,40\n2,9\n2,9,3,1\n2,7,9,60\n2,7,1,-5\n2,7,1,8\n", "");
    assertEquals(
        List.of(
            "ratings.csv:3: rating is 'good', not a number",
            "ratings.csv:4: 2 fields, not 4",
            "ratings.csv:6: rating is 9, outside 0..5",
            "ratings.csv:7: timestamp is -5, less than 0"),
        tolerant(0.9).read(folder, Progress.silent()).manifest().malformed());
  }

  @Test
  void filmsAreDescribedByItemsBesideTheFolder() throws IOException {
    multiModal("4\t\t10 7 20\t2 1 2\n");
    Path small = Files.createDirectories(folder.resolve("small"));
    for (String name : List.of("ratings.csv", "movies.csv", "tags.csv")) {
      raw("1,7,4.0,1\n1,9,4.0,2\n1,10,4.0,3\n", "");
      Files.move(folder.resolve(name), small.resolve(name));
    }
    Corpus corpus = reader.read(small, Progress.silent());
    assertEquals("Sabrina (1995). An \"ugly duckling\".", corpus.catalog().text(1));
    assertEquals("He said \"no\" (2001)", corpus.catalog().text(2));
    assertEquals(Catalog.ABSENT, corpus.catalog().textRow(2));
    assertEquals(0, corpus.catalog().textRow(3));
    assertTrue(corpus.features().image().isPresent());
  }

  @Test
  void aLogWithoutALongEnoughHistoryIsRefused() throws IOException {
    raw("1,7,4.0,1\n", "");
    assertTrue(
        failure(reader).contains("no history has as many events as asked for"), failure(reader));
  }

  @Test
  void theListenerHearsWhichFileIsRead() throws IOException {
    multiModal("4\t\t10 7 20\t2 1 2\n");
    List<String> heard = new ArrayList<>();
    Corpus corpus = reader.read(folder, (what, done, total) -> heard.add(what));
    assertEquals(
        List.of("reading items.tsv", "reading queries.tsv", "reading ml1m_even_sequences.tsv.gz"),
        heard.stream().filter(what -> what.startsWith("reading")).toList());
    assertTrue(heard.contains("sorting events"), heard::toString);
    assertEquals(3L, corpus.manifest().counts().get("events"));
    assertEquals(7, corpus.manifest().sources().size());
  }

  @Test
  void sourcesAreFoundByName() {
    assertEquals("movielens", Sources.byName("movielens").name());
    assertFalse(Sources.byName("movielens").description().isEmpty());
    Exception e = assertThrows(IllegalArgumentException.class, () -> Sources.byName("netflix"));
    assertTrue(e.getMessage().startsWith("no source is called netflix: there is "), e.getMessage());
    assertTrue(e.getMessage().contains("movielens"), e.getMessage());
  }
}
