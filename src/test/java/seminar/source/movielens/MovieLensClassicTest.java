package seminar.source.movielens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
