package seminar.source.movielens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Sources;

/** The layout of MovieLens 1M and 10M. */
class MovieLensClassicTest {
  private static final String MOVIES =
      "73::Misérables, Les (1995)::Drama|Musical\n9::Unmade (1999)::(no genres listed)\n";

  @TempDir Path folder;

  private final CorpusReader reader = Sources.byName("movielens").with("minUserEvents", "1");

  private void files(Charset charset, String ratings) throws IOException {
    Files.writeString(folder.resolve("movies.dat"), MOVIES, charset);
    Files.writeString(folder.resolve("ratings.dat"), ratings, charset);
  }

  @Test
  void ratingsOfTheOldestSetAreReadInItsOwnAlphabet() throws IOException {
    files(StandardCharsets.ISO_8859_1, "10::73::5::978300760\n10::9::3::978302109\n");
    Files.writeString(folder.resolve("users.dat"), "10::F::1::10::48067\n");
    Corpus corpus = reader.read(folder, Progress.silent());
    Catalog catalog = corpus.catalog();
    assertEquals("9", catalog.originalId(1));
    assertEquals(0, catalog.attributes(1).length);
    assertEquals("Misérables, Les (1995)", catalog.text(2));
    assertEquals(
        List.of("genre:Drama", "genre:Musical"),
        Arrays.stream(catalog.attributes(2)).mapToObj(catalog::attributeName).toList());
    assertEquals(978300760_000L, corpus.histories().time(0));
    assertEquals(Histories.BROWSE, corpus.histories().action(0));
    assertEquals(2, corpus.manifest().sources().size());
  }

  @Test
  void tagsOfTheMiddleSetAreSearchesInItsAlphabet() throws IOException {
    files(StandardCharsets.UTF_8, "10::73::4.5::20\n");
    Files.writeString(folder.resolve("tags.dat"), "10::73::Révolution!::30\n10::9::a::b::40\n");
    Corpus corpus = reader.with("malformedShare", "0.5").read(folder, Progress.silent());
    assertEquals("Misérables, Les (1995)", corpus.catalog().text(1));
    assertEquals("Révolution!", corpus.queries().text(corpus.histories().query(1)));
    assertEquals(Histories.SEARCH, corpus.histories().action(1));
    assertEquals(List.of("tags.dat:2: 5 fields, not 4"), corpus.manifest().malformed());
    assertEquals(1L, corpus.manifest().counts().get("described items that nobody met"));
  }

  @Test
  void anEmptyTableIsNamed() throws IOException {
    files(StandardCharsets.UTF_8, "");
    IOException e = assertThrows(IOException.class, () -> reader.read(folder, Progress.silent()));
    assertTrue(e.getMessage().contains("ratings.dat is empty"), e.getMessage());
  }

  @Test
  void idsOfMoreThan64BitsAreMalformed() throws IOException {
    files(StandardCharsets.UTF_8, "1::73::4::20\n1::99999999999999999999::4::20\n");
    Corpus corpus = reader.with("malformedShare", "0.5").read(folder, Progress.silent());
    assertEquals(
        List.of("ratings.dat:2: movieId is '99999999999999999999', not a whole number"),
        corpus.manifest().malformed());
  }

  @Test
  void eventsOutsideTheTimesAskedForAreCounted() throws IOException {
    files(StandardCharsets.UTF_8, "1::73::4::20\n1::9::4::978300760\n");
    Corpus corpus = reader.with("from", "2000-12-31").read(folder, Progress.silent());
    assertEquals(1, corpus.histories().events());
    assertEquals(1L, corpus.manifest().counts().get("events outside the time range"));
  }

  @Test
  void theAlphabetIsThatOfTheFile() throws IOException {
    files(StandardCharsets.UTF_8, "10::73::5::978300760\n");
    assertEquals(
        "Misérables, Les (1995)", reader.read(folder, Progress.silent()).catalog().text(1));
    files(StandardCharsets.ISO_8859_1, "10::73::5::978300760\n");
    Files.writeString(folder.resolve("tags.dat"), "10::73::Révolution!::30\n");
    Corpus corpus = reader.read(folder, Progress.silent());
    assertEquals("Misérables, Les (1995)", corpus.catalog().text(1));
    assertEquals("Révolution!", corpus.queries().text(1));
    assertEquals(1L, corpus.manifest().counts().get("files read as ISO-8859-1"));
  }

  @Test
  void aFewWrongBytesAmongMuchUtf8AreErrorsOfTheirLine() throws IOException {
    files(StandardCharsets.UTF_8, "10::73::5::978300760\n10::9::5::978300760\n");
    byte[] movies =
        (MOVIES + "8::Amélie (2001)::Comedy\n9::X?::War\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < movies.length; i++) {
      movies[i] = movies[i] == '?' ? (byte) 0xE9 : movies[i];
    }
    Files.write(folder.resolve("movies.dat"), movies);
    Corpus corpus = reader.with("malformedShare", "0.5").read(folder, Progress.silent());
    assertEquals(1L, corpus.manifest().counts().get("malformed lines"));
    assertEquals("Misérables, Les (1995)", corpus.catalog().text(2));
  }

  private static String film(int id, String title, int... genres) {
    StringBuilder line =
        new StringBuilder(
            "%d|%s|01-Jan-1995||http://us.imdb.com/M/title-exact?x".formatted(id, title));
    for (int genre = 0; genre < 19; genre++) {
      int number = genre;
      line.append(Arrays.stream(genres).anyMatch(held -> held == number) ? "|1" : "|0");
    }
    return line.append('\n').toString();
  }

  @Test
  void theOldestSetIsReadInItsOwnFiles() throws IOException {
    Files.writeString(
        folder.resolve("u.data"),
        "196\t242\t3\t881250949\n196\t267\t3\t881250950\n22\t242\t1\t878887116\n");
    Files.writeString(
        folder.resolve("u.item"),
        film(242, "Cité des enfants perdus, La (1995)", 2, 15)
            + "267|unknown||||1"
            + "|0".repeat(18)
            + "\n",
        StandardCharsets.ISO_8859_1);
    String[] genres = {
      "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
      "Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi",
      "Thriller", "War", "Western"
    };
    StringBuilder table = new StringBuilder();
    for (int genre = 0; genre < genres.length; genre++) {
      table.append(genres[genre]).append('|').append(genre).append('\n');
    }
    Files.writeString(folder.resolve("u.genre"), table + "\n");
    Corpus corpus = reader.read(folder, Progress.silent());
    Catalog catalog = corpus.catalog();
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(
        List.of("22", "196"), List.of(corpus.histories().userId(0), corpus.histories().userId(1)));
    assertEquals(881250950_000L, corpus.histories().time(2));
    assertEquals("Cité des enfants perdus, La (1995)", catalog.text(1));
    assertEquals(
        List.of("genre:Adventure", "genre:Sci-Fi"),
        Arrays.stream(catalog.attributes(1)).mapToObj(catalog::attributeName).toList());
    assertEquals(0, catalog.attributes(2).length);
  }

  @Test
  void theMiddleSetIsReadAsKaggleHasItWithDates() throws IOException {
    Files.writeString(
        folder.resolve("rating.csv"),
        """
        "userId","movieId","rating","timestamp"
        1,2,3.5,"2005-04-02 23:53:47"
        1,29,3.5,"2005-04-02 23:31:16"
        """);
    Files.writeString(
        folder.resolve("movie.csv"),
        """
        "movieId","title","genres"
        2,"Jumanji (1995)","Adventure|Children|Fantasy"
        29,"City of Lost Children, The (Cité des enfants perdus, La) (1995)","Adventure|Drama"
        """);
    Files.writeString(
        folder.resolve("tag.csv"),
        "\"userId\",\"movieId\",\"tag\",\"timestamp\"\n"
            + "1,2,\"dark hero\",\"2009-04-24 18:19:40\"\n");
    Corpus corpus = reader.read(folder, Progress.silent());
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(Instant.parse("2005-04-02T23:31:16Z").toEpochMilli(), corpus.histories().time(0));
    assertEquals("29", corpus.catalog().originalId(corpus.histories().item(0)));
    assertEquals("dark hero", corpus.queries().text(corpus.histories().query(2)));
    assertEquals(3, corpus.catalog().attributes(1).length);
  }
}
