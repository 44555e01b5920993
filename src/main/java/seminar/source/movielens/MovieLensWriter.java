package seminar.source.movielens;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.AtomicFiles;
import seminar.file.CsvFile;
import seminar.file.Progress;
import seminar.source.CorpusWriter;
import seminar.source.WrittenIds;

/**
 * Writes a corpus in the raw layout of ml-latest: an event without a query is a rating of 5.0, one
 * with a query is a tag, an item is a film whose title is its text and whose genres are its
 * attributes.
 *
 * <p>What the format cannot say:
 *
 * <ul>
 *   <li>Times are whole seconds; the milliseconds are lost. Ratings and tags are files of their
 *       own, so a rating that follows a tag within its second is put a second later: the order of a
 *       history is kept before its times. A history without times gets seconds that count its
 *       events from 1970-01-01.
 *   <li>Whether an event was a search is told by its query alone.
 *   <li>An attribute {@code genre:X} is written as {@code X} and any other as it is, so all of them
 *       are read as genres. The bar that separates genres is written as {@code ¦}, a line break as
 *       a blank.
 *   <li>Exposures, negatives and features, and keywords of a query that its text does not have.
 * </ul>
 */
public final class MovieLensWriter implements CorpusWriter {
  private static final String RATINGS = "ratings.csv";
  private static final String TAGS = "tags.csv";
  private static final String MOVIES = "movies.csv";
  private static final String LINKS = "links.csv";
  private static final List<String> LINK = List.of("movieId", "imdbId", "tmdbId");
  private static final int REPORT_EVERY = 1000;

  /** A writer; it has no options. */
  public MovieLensWriter() {}

  @Override
  public String name() {
    return "movielens";
  }

  @Override
  public String description() {
    return "MovieLens as ml-latest has it: ratings.csv, tags.csv, movies.csv and links.csv";
  }

  @Override
  public Map<String, String> readerOptions() {
    return Map.of("minUserEvents", "1");
  }

  @Override
  public void write(Corpus corpus, Path folder, Progress progress) throws IOException {
    WrittenIds ids = WrittenIds.of(corpus);
    String[] genres = genres(corpus.catalog());
    AtomicFiles.writeFolder(
        folder,
        Set.of(RATINGS, TAGS, MOVIES, LINKS),
        into -> {
          movies(corpus.catalog(), genres, ids, into);
          histories(corpus, ids, into, progress);
        });
  }

  /** The name of each attribute among the genres of a film. */
  private static String[] genres(Catalog catalog) {
    String[] genres = new String[catalog.attributeVocabulary() + 1];
    Map<String, Integer> owners = new HashMap<>();
    for (int attribute = 1; attribute < genres.length; attribute++) {
      String name = catalog.attributeName(attribute);
      String bare =
          name.startsWith(MovieItems.GENRE) ? name.substring(MovieItems.GENRE.length()) : name;
      String genre = MovieItems.oneLine(bare.replace('|', '¦'));
      if (genre.isEmpty() || genre.equals(MovieItems.NO_GENRE)) {
        throw new IllegalArgumentException(
            "attribute '%s' would be the genre '%s', which MovieLens reads as none"
                .formatted(name, genre));
      }
      Integer other = owners.putIfAbsent(genre, attribute);
      if (other != null) {
        throw new IllegalArgumentException(
            "attributes '%s' and '%s' would be the same genre '%s' in MovieLens"
                .formatted(catalog.attributeName(other), name, genre));
      }
      genres[attribute] = genre;
    }
    return genres;
  }

  private static void movies(Catalog catalog, String[] genres, WrittenIds ids, Path into)
      throws IOException {
    try (CsvFile movies = CsvFile.commas(into.resolve(MOVIES), MovieLensTables.MOVIE);
        CsvFile links = CsvFile.commas(into.resolve(LINKS), LINK)) {
      for (int item = 1; item <= catalog.size(); item++) {
        String id = ids.item(item);
        int[] attributes = catalog.attributes(item);
        String names =
            attributes.length == 0
                ? MovieItems.NO_GENRE
                : Arrays.stream(attributes)
                    .mapToObj(attribute -> genres[attribute])
                    .collect(Collectors.joining("|"));
        movies.row(id, catalog.text(item), names);
        links.row(id, "", "");
      }
    }
  }

  private static void histories(Corpus corpus, WrittenIds ids, Path into, Progress progress)
      throws IOException {
    try (CsvFile ratings = CsvFile.commas(into.resolve(RATINGS), MovieLensTables.RATING);
        CsvFile tags = CsvFile.commas(into.resolve(TAGS), MovieLensTables.TAG)) {
      int users = corpus.histories().users();
      for (int user = 0; user < users; user++) {
        history(corpus, user, ids, ratings, tags);
        if (user % REPORT_EVERY == 0) {
          progress.at("writing ratings.csv and tags.csv", user, users);
        }
      }
    }
  }

  private static void history(
      Corpus corpus, int user, WrittenIds ids, CsvFile ratings, CsvFile tags) throws IOException {
    Histories histories = corpus.histories();
    String userId = ids.user(user);
    long start = histories.start(user);
    long second = 0;
    boolean tagged = false;
    for (long event = start; event < histories.start(user + 1); event++) {
      boolean tag = histories.query(event) != Queries.EMPTY;
      long own = histories.hasTimes() ? seconds(histories, event) : event - start;
      second = Math.max(own, tagged && !tag ? second + 1 : second);
      tagged = tag;
      String itemId = ids.item(histories.item(event));
      if (tag) {
        tags.row(userId, itemId, text(corpus.queries(), histories, event), Long.toString(second));
      } else {
        ratings.row(userId, itemId, "5.0", Long.toString(second));
      }
    }
  }

  private static long seconds(Histories histories, long event) {
    long time = histories.time(event);
    if (time < 0) {
      throw new IllegalArgumentException(
          "event %d is of %d ms: MovieLens has no times before 1970".formatted(event, time));
    }
    return time / 1000;
  }

  private static String text(Queries queries, Histories histories, long event) {
    String text = queries.text(histories.query(event));
    if (Queries.tokenize(text).isEmpty()) {
      throw new IllegalArgumentException(
          "the query '%s' of event %d has no word: as a tag it would be read as none"
              .formatted(text, event));
    }
    return text;
  }
}
