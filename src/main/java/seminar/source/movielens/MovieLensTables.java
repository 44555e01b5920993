package seminar.source.movielens;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seminar.source.DataFolder;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;

/**
 * The tables of ratings, films and tags of one release, by whatever name and in whatever form.
 *
 * @param folder where they are
 * @param layout their names and their form
 * @param files opens them
 */
record MovieLensTables(Path folder, Layout layout, SourceFiles files) {
  static final List<String> RATING = List.of("userId", "movieId", "rating", "timestamp");
  static final List<String> TAG = List.of("userId", "movieId", "tag", "timestamp");
  static final List<String> MOVIE = List.of("movieId", "title", "genres");

  private static final String COLONS = "::";
  private static final String GENRES = "u.genre";

  /** Id, title, two dates and an address stand before the genres of a film of 100K. */
  private static final int BEFORE_GENRES = 5;

  /** What 100K calls a film whose genres nobody knows. */
  private static final String UNKNOWN = "unknown";

  /** How a release is laid out. */
  enum Layout {
    /** ml-latest, 20M, 25M and 32M. */
    COMMAS("ratings.csv", "movies.csv", "tags.csv"),
    /** 20M as Kaggle has it, with dates. */
    DATED("rating.csv", "movie.csv", "tag.csv"),
    /** 1M and 10M. */
    CLASSIC("ratings.dat", "movies.dat", "tags.dat"),
    /** 100K, which has no tags. */
    OLDEST("u.data", "u.item", "");

    private final String ratings;
    private final String movies;
    private final String tags;

    Layout(String ratings, String movies, String tags) {
      this.ratings = ratings;
      this.movies = movies;
      this.tags = tags;
    }
  }

  /** The tables of a folder: of several layouts the first that is there. */
  static Optional<MovieLensTables> in(Path folder, SourceFiles files) {
    return Arrays.stream(Layout.values())
        .filter(layout -> DataFolder.has(folder.resolve(layout.ratings)))
        .findFirst()
        .map(layout -> new MovieLensTables(folder, layout, files));
  }

  /** Whether a file of this name holds ratings. */
  static boolean isRatings(String name) {
    return Arrays.stream(Layout.values()).anyMatch(layout -> layout.ratings.equals(name));
  }

  /** Reads user, film, rating and time of each rating. */
  void ratings(SourceFiles.Row row) throws IOException {
    Path file = folder.resolve(layout.ratings);
    switch (layout) {
      case COMMAS, DATED -> files.commas(file, RATING, row);
      case CLASSIC -> files.plain(file, COLONS, RATING.size(), row);
      case OLDEST -> files.plain(file, "\t", RATING.size(), row);
    }
  }

  /** Reads user, film, tag and time of each tag, where there are any. */
  void tags(SourceFiles.Row row) throws IOException {
    Path file = folder.resolve(layout.tags);
    if (!layout.tags.isEmpty() && DataFolder.has(file)) {
      if (layout == Layout.CLASSIC) {
        files.plain(file, COLONS, TAG.size(), row);
      } else {
        files.commas(file, TAG, row);
      }
    }
  }

  /** Reads id, title and genres, with bars between them, of each film. */
  void movies(SourceFiles.Row row) throws IOException {
    Path file = folder.resolve(layout.movies);
    switch (layout) {
      case COMMAS, DATED -> files.commas(file, MOVIE, row);
      case CLASSIC -> files.plain(file, COLONS, MOVIE.size(), row);
      case OLDEST -> {
        List<String> genres = genres();
        files.plain(
            file,
            "|",
            BEFORE_GENRES + genres.size(),
            fields -> row.accept(new String[] {fields[0], fields[1], joined(fields, genres)}));
      }
    }
  }

  /** The genres of 100K in the order of their numbers. */
  private List<String> genres() throws IOException {
    List<String> genres = new ArrayList<>();
    files.plain(
        folder.resolve(GENRES),
        "|",
        2,
        fields -> {
          if (MalformedLine.whole("genre", fields[1], 0) != genres.size()) {
            throw new MalformedLine("genre is %s, not %d".formatted(fields[1], genres.size()));
          }
          genres.add(fields[0]);
        });
    return genres;
  }

  /** The genres of which a film has the flag. */
  private static String joined(String[] fields, List<String> genres) throws MalformedLine {
    List<String> held = new ArrayList<>();
    for (int genre = 0; genre < genres.size(); genre++) {
      long flag = MalformedLine.whole(genres.get(genre), fields[BEFORE_GENRES + genre], 0);
      if (flag > 1) {
        throw new MalformedLine("%s is %d, neither 0 nor 1".formatted(genres.get(genre), flag));
      }
      if (flag == 1 && !genres.get(genre).equals(UNKNOWN)) {
        held.add(genres.get(genre));
      }
    }
    return held.isEmpty() ? MovieItems.NO_GENRE : String.join("|", held);
  }
}
