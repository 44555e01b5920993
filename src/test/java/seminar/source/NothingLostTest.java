package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.Progress;

/** Small logs with one fault each, of which no row may vanish or change its meaning unseen. */
class NothingLostTest {
  private static final String RATINGS = "userId,movieId,rating,timestamp\n";
  private static final String TAGS = "userId,movieId,tag,timestamp\n";
  private static final String MOVIES = "movieId,title,genres\n100,Amélie (2001),Comedy|Romance\n";
  private static final String LOG = "user_id,video_id,time_ms,is_click\n";
  private static final String VIDEOS =
      "video_id,author_id,video_type,upload_type,music_id,tag\n5,70,NORMAL,Web,4,3\n";

  @TempDir Path folder;

  private void put(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void movieLens(String ratings, String tags) throws IOException {
    put("ratings.csv", RATINGS + ratings);
    put("movies.csv", MOVIES);
    put("tags.csv", TAGS + tags);
  }

  private void kuaiRand(String log) throws IOException {
    put("log_standard_4_08_to_4_21_pure.csv", LOG + log);
    put("video_features_basic_pure.csv", VIDEOS);
  }

  private static CorpusReader reader(String name) {
    return Sources.byName(name).with("minUserEvents", "1");
  }

  private Corpus read(String name) throws IOException {
    return reader(name).read(folder, Progress.silent());
  }

  private Corpus tolerant(String name) throws IOException {
    return reader(name).with("malformedShare", "1").read(folder, Progress.silent());
  }

  private String failure(String name) {
    return assertThrows(IOException.class, () -> read(name)).getMessage();
  }

  @Test
  void everyLineInAQuoteThatIsNeverClosedIsMalformed() throws IOException {
    String tags =
        IntStream.rangeClosed(2, 10_001)
            .mapToObj(line -> "5,100,%sword%d,2100\n".formatted(line == 500 ? "\"" : "", line))
            .collect(Collectors.joining());
    movieLens("5,100,4,2000\n", tags);
    assertTrue(failure("movielens").contains("lines are malformed, more than the allowed 1"));
    assertTrue(failure("movielens").contains("tags.csv:500: a quote opens here and is not closed"));
    Corpus corpus = tolerant("movielens");
    assertEquals(9502L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(499, corpus.histories().events());
    assertEquals(
        "tags.csv:501: it is inside a quote that opens on line 500",
        corpus.manifest().malformed().get(1));
  }

  @Test
  void aQuoteThatAnotherOneSeemsToCloseLosesItsOwnLinesAlone() throws IOException {
    movieLens("5,100,4,2000\n", "5,100,\"a,1\n5,100,\"b\",2\n5,100,\"c\nd\",3\n5,100,e,4\n");
    Corpus corpus = tolerant("movielens");
    assertEquals(2L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(List.of("c\nd", "e"), List.of(query(corpus, 0), query(corpus, 1)));
  }

  private static String query(Corpus corpus, int event) {
    return corpus.queries().text(corpus.histories().query(event));
  }

  @Test
  void aTimeInAnotherUnitIsRefusedWithItsLine() throws IOException {
    movieLens("5,100,4,1588687729\n5,100,4,1588687728923\n", "");
    assertEquals(
        List.of(
            "ratings.csv:3: timestamp is 1588687728923: as seconds that is the year 52313; it looks"
                + " like milliseconds"),
        tolerant("movielens").manifest().malformed());
    kuaiRand("1,5,1649408076123,1\n1,5,1649408076,1\n");
    assertEquals(
        List.of(
            "log_standard_4_08_to_4_21_pure.csv:3: time_ms is 1649408076: as milliseconds that is"
                + " the year 1970; it looks like seconds"),
        tolerant("kuairand").manifest().malformed());
  }

  @Test
  void timesBefore1990AreCounted() throws IOException {
    movieLens("5,100,4,0\n5,100,4,1588687729\n", "");
    assertEquals(1L, read("movielens").manifest().counts().get("events dated before 1990"));
  }

  @Test
  void idsAndTimesMayBeWrittenAsFloatsInEveryReader() throws IOException {
    movieLens("5.0,100.0,4,1.002e3\n", "5,1e2,word,2000.0\n");
    Corpus corpus = read("movielens");
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(1_002_000, corpus.histories().time(0));
    assertEquals("100", corpus.catalog().originalId(corpus.histories().item(1)));
    put("set/X.txt", "1.0 2 3.0\n2 3 4.0\n");
    Corpus pairs = reader("s3rec").read(folder.resolve("set"), Progress.silent());
    assertEquals(4, pairs.histories().events());
  }

  @Test
  void blankLinesAtTheEndAreNoData() throws IOException {
    put("X.txt", "1 2 3\n2 3 4\n\n  \n");
    put("X_sample.txt", "1 5 6\n2 6 7\n\n");
    Corpus corpus = read("s3rec");
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(4L, corpus.manifest().counts().get("lines"));
    put("X.txt", "1 2 3\n\n2 3 4\n");
    assertEquals(
        List.of("X.txt:2: it has no two fields"), tolerant("s3rec").manifest().malformed());
    movieLens("5,100,4,1588687729\n\n \n", "\n");
    assertEquals(1L, reader("movielens").read(folder, Progress.silent()).histories().events());
    put("amazon/A_5.json", REVIEW + "\n\n");
    put("amazon/meta_A.json", "{\"asin\": \"B\", \"title\": \"null\"}\n\r\n");
    Corpus amazon = reader("amazon").read(folder.resolve("amazon"), Progress.silent());
    assertEquals(0L, amazon.manifest().counts().get("malformed lines"));
    assertEquals("", amazon.catalog().text(1));
  }

  private static final String REVIEW =
      "{\"overall\": 5.0, \"reviewerID\": \"A\", \"asin\": \"B\","
          + " \"unixReviewTime\": 1588687729}";

  @Test
  void tagsWithoutAWordAreSearchesAndCounted() throws IOException {
    movieLens("5,100,4,10\n", "5,100,:),20\n5,100,,30\n5,100,\\N,40\n5,100,Noir,50\n");
    Corpus corpus = read("movielens");
    assertEquals(3L, corpus.manifest().counts().get("searches without a word"));
    assertEquals(1, corpus.queries().size());
    assertEquals(Histories.BROWSE, corpus.histories().action(0));
    assertEquals(Histories.SEARCH, corpus.histories().action(3));
    assertEquals(Queries.EMPTY, corpus.histories().query(3));
  }

  @Test
  void marksForNothingAreNoTexts() throws IOException {
    put("movies.csv", "movieId,title,genres\n1,NULL,None\n2,null and void,nan|War\n");
    put("ratings.csv", RATINGS + "5,1,4,10\n5,2,4,20\n");
    Catalog films = read("movielens").catalog();
    assertEquals(Catalog.ABSENT, films.textRow(1));
    assertEquals(0, films.attributes(1).length);
    assertEquals("null and void", films.text(2));
    assertEquals(1, films.attributes(2).length);
    kuaiRand("1,5,10,1\n");
    put("video_features_basic_pure.csv", VIDEOS.replace("70,NORMAL,Web,4,3", "\\N,NaN,,nan,NULL"));
    assertEquals(0, read("kuairand").catalog().attributeVocabulary());
  }

  @Test
  void tagsNeedNotBeThereAndEveryFileMayBePacked() throws IOException {
    movieLens("5,100,4,1588687729\n", "");
    Files.delete(folder.resolve("tags.csv"));
    String hash = read("movielens").hash();
    pack();
    assertEquals(hash, read("movielens").hash());
    assertTrue(read("movielens").manifest().sources().containsKey("ratings.csv.gz"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdsearch", "kuairand", "kuaisar", "movielens", "s3rec"})
  void everyReaderFindsItsFilesPackedAndUnpacked(String name) throws IOException {
    ValidLogs.write(name, folder);
    CorpusReader reader = Sources.byName(name);
    String hash = reader.read(folder, Progress.silent()).hash();
    pack();
    assertEquals(hash, reader.read(folder, Progress.silent()).hash());
    packAnew();
    assertEquals(hash, reader.read(folder, Progress.silent()).hash());
    Path above = folder.resolveSibling(folder.getFileName() + "-above");
    Files.createDirectories(above);
    Files.move(folder, above.resolve("inner"));
    String message =
        assertThrows(IOException.class, () -> reader.read(above, Progress.silent())).getMessage();
    assertTrue(message.contains("inner has it: give that"), message);
    Files.move(above.resolve("inner"), folder);
  }

  /** Packs what is unpacked and unpacks what is packed. */
  private void pack() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        if (name.endsWith(".gz")) {
          try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            Files.write(folder.resolve(name.replace(".gz", "")), unpacked.readAllBytes());
          }
        } else {
          Files.write(folder.resolve(name + ".gz"), Corruption.packed(bytes));
        }
        Files.delete(file);
      }
    }
  }

  /** Packs with Zstandard what is packed with gzip. */
  private void packAnew() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".gz")).toList()) {
        try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(file))) {
          Path other = Path.of(file.toString().replace(".gz", ".zst"));
          Files.write(other, Zstd.compress(unpacked.readAllBytes()));
        }
        Files.delete(file);
      }
    }
  }

  @Test
  void repeatedRowsAreCountedAndOnRequestLeftOut() throws IOException {
    kuaiRand("1,5,10,1\n1,5,10,1\n1,5,11,1\n1,5,11,0\n1,5,11,0\n");
    Corpus all = read("kuairand");
    assertEquals(2L, all.manifest().counts().get("repeated lines"));
    assertEquals(3, all.histories().events());
    Corpus once = reader("kuairand").with("repeats", "false").read(folder, Progress.silent());
    assertEquals(2L, once.manifest().counts().get("repeated lines"));
    assertEquals(2, once.histories().events());
    assertEquals(3, once.exposures().orElseThrow().size());
  }

  @Test
  void itemsThatFollowThemselvesWithoutTimesAreNoRepeats() throws IOException {
    put("X.txt", "1 2 2 2\n");
    assertNull(read("s3rec").manifest().counts().get("repeated lines"));
    Corpus once = reader("s3rec").with("repeats", "false").read(folder, Progress.silent());
    assertEquals(3, once.histories().events());
  }

  @Test
  void pairsGivenAsSequencesAreNamed() throws IOException {
    put("Beauty.txt", "1 1\n1 2\n1 3\n2 2\n");
    assertTrue(failure("s3rec").contains("Beauty.txt:2: user 1 has a second line"));
    assertTrue(failure("s3rec").contains("as SASRec has them, for the reader pairs"));
  }

  @Test
  void jsonThatIsNotALineAnObjectIsNamed() throws IOException {
    put("A_5.json", "[" + REVIEW + "]");
    put("meta_A.json", "{\"asin\": \"B\"}\n");
    assertTrue(failure("amazon").contains("A_5.json is a JSON array"), failure("amazon"));
    put("A_5.json", REVIEW.replace("{", "{\n"));
    assertTrue(failure("amazon").contains("is JSON over several lines"), failure("amazon"));
    put("A_5.json", REVIEW + "\n" + REVIEW.replace("5.0", "NaN") + "\n");
    assertEquals(
        List.of("A_5.json:2: overall is \"NaN\", not a number"),
        tolerant("amazon").manifest().malformed());
    put("A_5.json", REVIEW + "\n");
    put("meta_A.json", "{\"asin\": \"B\", \"title\": NaN, \"brand\": \"Acme\"}\n");
    Corpus corpus = read("amazon");
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals("", corpus.catalog().text(1));
    assertEquals(1, corpus.catalog().attributes(1).length);
  }

  @Test
  void aLogOfNothingSaysWhatWasMalformed() throws IOException {
    movieLens("x,100,4,10\n", "");
    String message = assertThrows(IOException.class, () -> tolerant("movielens")).getMessage();
    assertTrue(message.startsWith("no history has as many events as asked for"), message);
    assertTrue(
        message.endsWith(
            "1 of 2 lines are malformed, the first: ratings.csv:2: userId is 'x', not a whole"
                + " number"),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void marksAndEndsOfLinesAndFurtherColumnsChangeNothing(String end) throws IOException {
    movieLens("6,100,4,10\n5,100,4,20\n6,100,3,10\n5,100,2,5\n", "5,100,\"a, b\",7\n");
    String hash = read("movielens").hash();
    put(
        "ratings.csv",
        "\uFEFF,userId,movieId,rating,timestamp_0,5,100,2,5_1,6,100,4,10\n2,6,100,3,10_3,5,100,4,20"
            .replace("_", end));
    Files.write(folder.resolve("tags.csv.gz"), twoMembers(TAGS, "5,100,\"a, b\",7" + end));
    Files.delete(folder.resolve("tags.csv"));
    assertEquals(hash, read("movielens").hash());
  }

  private static byte[] twoMembers(String first, String second) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Corruption.packed(first));
    bytes.write(Corruption.packed(second));
    return bytes.toByteArray();
  }

  @Test
  void aTextOfThirtyMegabytesLosesItsLineAlone() throws IOException {
    String long30 = REVIEW.replace("{", "{\"reviewText\": \"" + "x".repeat(30 << 20) + "\", ");
    put("A_5.json", long30 + "\n" + REVIEW + "\n");
    put("meta_A.json", "{\"asin\": \"B\"}\n");
    Corpus corpus = tolerant("amazon");
    assertEquals(1, corpus.histories().events());
    String why = corpus.manifest().malformed().getFirst();
    assertTrue(why.startsWith("A_5.json:1: it is no JSON (String value length"), why);
    assertTrue(why.length() < 300, why);
  }
}
