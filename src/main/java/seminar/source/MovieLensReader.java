package seminar.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Manifest;
import seminar.data.Progress;
import seminar.math.Checks;

/**
 * Reads MovieLens in two layouts, recognised by the files that are there.
 *
 * <ul>
 *   <li>The multi-modal set: {@code ml1m_even_sequences.tsv.gz} with films, queries and feature
 *       matrices in {@code items/}. Events have an order and no times; each has a query that was
 *       derived from its film.
 *   <li>The raw layout of ml-latest: {@code ratings.csv}, {@code movies.csv}, {@code tags.csv}. A
 *       rating is an event of browsing, a typed tag is a search with the tag as its query. Films
 *       are described by {@code items/} in the folder or beside it where there is one.
 * </ul>
 *
 * <p>See:
 *
 * <pre>
 * F. M. Harper, J. A. Konstan. "The MovieLens datasets: history and context". ACM TiiS, 2015.</pre>
 */
public final class MovieLensReader implements CorpusReader {
  private static final String SEQUENCES = "ml1m_even_sequences.tsv.gz";
  private static final String RATINGS = "ratings.csv";

  private final Options options;

  /** A reader with these options. */
  public MovieLensReader(Options options) {
    this.options = options;
  }

  /**
   * What is read.
   *
   * @param minLength lives of fewer events are left out, and counted
   * @param threshold ratings below it are left out, and counted; ratings go from 0.5 to 5
   * @param malformedShare the largest share of malformed lines that a file may have
   */
  public record Options(int minLength, double threshold, double malformedShare) {
    /** Checks every option. */
    public Options {
      Checks.atLeast(1, "minLength", minLength);
      Checks.within(0, 5, "threshold", threshold);
      Checks.within(0, 1, "malformedShare", malformedShare);
    }

    /** Every rating, lives of at least three events, at most 1 % malformed lines. */
    public static Options defaults() {
      return new Options(3, 0.5, 0.01);
    }
  }

  @Override
  public String name() {
    return "movielens";
  }

  @Override
  public String description() {
    return "MovieLens: " + SEQUENCES + " with items/, or ratings.csv, movies.csv and tags.csv";
  }

  @Override
  public Map<String, String> options() {
    return Described.of(options);
  }

  @Override
  public CorpusReader with(String option, String value) {
    return new MovieLensReader(Described.with(options, option, value));
  }

  @Override
  public Corpus read(Path folder, Progress progress) throws IOException {
    SourceFiles files = new SourceFiles(progress, new LineTally(options.malformedShare()));
    if (Files.exists(folder.resolve(SEQUENCES))) {
      return sequences(folder, files);
    }
    if (Files.exists(folder.resolve(RATINGS))) {
      return ratings(folder, files);
    }
    throw new IOException(
        "%s has neither %s nor %s: give the folder into which MovieLens was unpacked"
            .formatted(folder, SEQUENCES, RATINGS));
  }

  private Corpus sequences(Path folder, SourceFiles files) throws IOException {
    Path items = folder.resolve("items");
    MovieItems movies = new MovieItems();
    movies.readFolder(items, files);
    Map<Integer, String> texts = new HashMap<>(Map.of(0, ""));
    files.tabs(
        items.resolve("queries.tsv"),
        List.of("query_id", "text"),
        fields -> texts.put(MalformedLine.id("query_id", fields[0]), fields[1]));
    MovieEvents events = new MovieEvents(false);
    files.tabs(
        folder.resolve(SEQUENCES),
        List.of("user_id", "penultimate", "items", "aligned_query_ids"),
        fields -> sequence(fields, texts, events));
    return assemble("movielens-1m", files, movies, events, Map.of());
  }

  /** A line counts whole or not at all, so it is parsed before the first event is added. */
  private static void sequence(String[] fields, Map<Integer, String> texts, MovieEvents events)
      throws MalformedLine {
    int user = MalformedLine.id("user_id", fields[0]);
    String[] movies = fields[2].isBlank() ? new String[0] : fields[2].trim().split(" +");
    String[] queries = fields[3].isBlank() ? new String[0] : fields[3].trim().split(" +");
    if (movies.length != queries.length) {
      throw new MalformedLine(
          "%d items and %d queries, which must be aligned"
              .formatted(movies.length, queries.length));
    }
    int[] ids = new int[movies.length];
    String[] typed = new String[movies.length];
    for (int i = 0; i < movies.length; i++) {
      ids[i] = MalformedLine.id("item", movies[i]);
      int query = MalformedLine.id("query", queries[i]);
      if (!texts.containsKey(query)) {
        throw new MalformedLine("query %d is not in queries.tsv".formatted(query));
      }
      typed[i] = texts.get(query);
    }
    for (int i = 0; i < ids.length; i++) {
      events.add(user, ids[i], typed[i], 0);
    }
  }

  private Corpus ratings(Path folder, SourceFiles files) throws IOException {
    MovieItems movies = new MovieItems();
    Path beside = folder.toAbsolutePath().normalize().resolveSibling("items");
    for (Path items : List.of(folder.resolve("items"), beside)) {
      if (Files.exists(items.resolve("items.tsv"))) {
        movies.readFolder(items, files);
        break;
      }
    }
    movies.readMovies(folder.resolve("movies.csv"), files);
    MovieEvents events = new MovieEvents(true);
    long[] below = new long[1];
    files.commas(
        folder.resolve(RATINGS),
        List.of("userId", "movieId", "rating", "timestamp"),
        fields -> {
          double rating = rating(fields[2]);
          add(fields, "", events, rating >= options.threshold());
          below[0] += rating >= options.threshold() ? 0 : 1;
        });
    files.commas(
        folder.resolve("tags.csv"),
        List.of("userId", "movieId", "tag", "timestamp"),
        fields -> add(fields, fields[2], events, true));
    return assemble(
        "movielens-ratings", files, movies, events, Map.of("ratings below threshold", below[0]));
  }

  private static void add(String[] fields, String query, MovieEvents events, boolean kept)
      throws MalformedLine {
    int user = MalformedLine.id("userId", fields[0]);
    int movie = MalformedLine.id("movieId", fields[1]);
    long seconds = MalformedLine.number("timestamp", fields[3], 0);
    if (seconds > Long.MAX_VALUE / 1000) {
      throw new MalformedLine("timestamp is %d, too large".formatted(seconds));
    }
    if (kept) {
      events.add(user, movie, query, 1000 * seconds);
    }
  }

  private static double rating(String text) throws MalformedLine {
    try {
      double rating = Double.parseDouble(text);
      if (rating >= 0 && rating <= 5) {
        return rating;
      }
    } catch (NumberFormatException e) {
      throw new MalformedLine("rating is '%s', not a number".formatted(text));
    }
    throw new MalformedLine("rating is %s, outside 0..5".formatted(text));
  }

  private Corpus assemble(
      String name, SourceFiles files, MovieItems movies, MovieEvents events, Map<String, Long> more)
      throws IOException {
    MovieEvents.Lives lives = events.lives(options.minLength());
    if (lives.histories().users() == 0) {
      throw new IOException(
          "%s: no life has %d events: lower minLength".formatted(name, options.minLength()));
    }
    LineTally tally = files.tally();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("lines", tally.lines());
    counts.put("malformed lines", tally.malformed());
    counts.put("users shorter than minLength", lives.shortLives());
    counts.putAll(more);
    Map<String, String> described = new LinkedHashMap<>();
    described.put("minLength", "" + options.minLength());
    described.put("threshold", "" + options.threshold());
    described.put("malformedShare", "" + options.malformedShare());
    Manifest manifest =
        new Manifest(name, name() + "/1", described, counts, files.hashes(), tally.first());
    Catalog catalog = movies.catalog(lives.movies());
    return new Corpus(
        manifest.withSizes(catalog, lives.queries(), lives.histories()),
        catalog,
        lives.queries(),
        lives.histories(),
        movies.features());
  }
}
