package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
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
}
