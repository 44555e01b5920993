package seminar.source.movielens;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.HistoryOptions;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;
import seminar.source.TimeUnits;

/**
 * Reads MovieLens in the layouts of all its releases, recognised by the files that are there.
 *
 * <ul>
 *   <li>The multi-modal set: {@code ml1m_even_sequences.tsv.gz} with films, queries and feature
 *       matrices in {@code items/}. Events have an order and no times; each has a query that was
 *       derived from its film.
 *   <li>The raw layout of ml-latest, 20M, 25M and 32M: {@code ratings.csv}, {@code movies.csv} and,
 *       where there, {@code tags.csv}; and 20M as Kaggle has it, in {@code rating.csv}, {@code
 *       movie.csv} and {@code tag.csv}. Films are described by {@code items/} in the folder or
 *       beside it where there is one.
 *   <li>The classic layout of 1M and 10M: {@code ratings.dat}, {@code movies.dat} and, where there,
 *       {@code tags.dat} with {@code ::} between fields.
 *   <li>The layout of 100K: {@code u.data}, {@code u.item} and {@code u.genre}.
 * </ul>
 *
 * <p>A rating is an event of browsing, a typed tag is a search with the tag as its query; a tag
 * without a word, or a mark for none such as {@code \N}, is the empty query and is counted. Times
 * are seconds or dates. Where {@code .dat} files and those of 100K are not UTF-8 they are
 * ISO-8859-1.
 *
 * <p>See:
 *
 * <pre>
 * F. M. Harper, J. A. Konstan. "The MovieLens datasets: history and context". ACM TiiS, 2015.</pre>
 */
public final class MovieLensReader extends LogReader<MovieLensReader.Options> {
  private static final String SEQUENCES = "ml1m_even_sequences.tsv.gz";

  /** With {@link Options#defaults}. */
  public MovieLensReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public MovieLensReader(Options options) {
    super("movielens", EventLog.Ids.NUMBERS, options, options.histories(), MovieLensReader::new);
  }

  /**
   * What is read.
   *
   * @param histories which histories are kept; the log has no exposures
   * @param threshold ratings below it are left out, and counted; ratings go from 0.5 to 5
   */
  @Withers
  public record Options(@Spelled(open = true) HistoryOptions histories, double threshold)
      implements MovieLensReaderOptionsBuilder.With {
    /** Checks the threshold. */
    public Options {
      Checks.within(0, 5, "threshold", threshold);
    }

    /**
     * Every rating, as the paper counts every review (§4.1); histories of at least three events,
     * one each to train, validate and test.
     */
    public static Options defaults() {
      return new Options(HistoryOptions.ofAtLeast(3), 0.5);
    }
  }

  @Override
  public String description() {
    return "MovieLens: ratings.csv and movies.csv, or ratings.dat and movies.dat, with tags where"
        + " there; or rating.csv and movie.csv of Kaggle, or u.data, u.item and u.genre, or "
        + SEQUENCES
        + " with items/";
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    if (DataFolder.has(folder.resolve(SEQUENCES))) {
      return sequences(folder, files, log);
    }
    Optional<MovieLensTables> tables = MovieLensTables.in(folder, files);
    if (tables.isPresent()) {
      return ratings(folder, tables.get(), files, log);
    }
    throw new IOException(
        ("%s has neither %s nor ratings.csv nor ratings.dat nor rating.csv nor u.data:"
                + " give the folder into which MovieLens was unpacked%s")
            .formatted(
                folder,
                SEQUENCES,
                DataFolder.below(
                    folder,
                    name ->
                        MovieLensTables.isRatings(name)
                            || name.equals(DataFolder.unpacked(SEQUENCES)))));
  }

  private Corpus sequences(Path folder, SourceFiles files, EventLog log) throws IOException {
    options.histories().needNoDates(folder.resolve(SEQUENCES));
    Path items = folder.resolve("items");
    MovieItems movies = new MovieItems(log);
    movies.readFolder(items, files);
    Map<Long, Integer> queries = new HashMap<>(Map.of(0L, log.query("")));
    files.tabs(
        items.resolve("queries.tsv"),
        List.of("query_id", "text"),
        fields -> queries.put(MalformedLine.whole("query_id", fields[0], 1), log.query(fields[1])));
    files.tabs(
        folder.resolve(SEQUENCES),
        List.of("user_id", "penultimate", "items", "aligned_query_ids"),
        fields -> sequence(fields, queries, log));
    return assemble("movielens-1m", false, files, movies, log, Map.of());
  }

  /** A line counts whole or not at all, so it is parsed before the first event is added. */
  private static void sequence(String[] fields, Map<Long, Integer> queries, EventLog log)
      throws MalformedLine, IOException {
    long user = MalformedLine.whole("user_id", fields[0], 0);
    String[] movies = fields[2].isBlank() ? new String[0] : fields[2].trim().split(" +");
    String[] aligned = fields[3].isBlank() ? new String[0] : fields[3].trim().split(" +");
    if (movies.length != aligned.length) {
      throw new MalformedLine(
          "%d items and %d queries, which must be aligned"
              .formatted(movies.length, aligned.length));
    }
    long[] ids = new long[movies.length];
    int[] typed = new int[movies.length];
    for (int i = 0; i < movies.length; i++) {
      ids[i] = MalformedLine.whole("item", movies[i], 0);
      long query = MalformedLine.whole("query", aligned[i], 0);
      if (!queries.containsKey(query)) {
        throw new MalformedLine("query %d is not in queries.tsv".formatted(query));
      }
      typed[i] = queries.get(query);
    }
    for (int i = 0; i < ids.length; i++) {
      log.event(user, ids[i], typed[i], 0, action(typed[i]), Role.EVENT);
    }
  }

  private static byte action(int query) {
    return query == 0 ? Histories.BROWSE : Histories.SEARCH;
  }

  private Corpus ratings(Path folder, MovieLensTables tables, SourceFiles files, EventLog log)
      throws IOException {
    MovieItems movies = new MovieItems(log);
    Path beside = folder.toAbsolutePath().normalize().resolveSibling("items");
    for (Path items : List.of(folder.resolve("items"), beside)) {
      if (DataFolder.has(items.resolve("items.tsv"))) {
        movies.readFolder(items, files);
        break;
      }
    }
    tables.movies(movies::movie);
    long[] below = new long[1];
    tables.ratings(
        fields -> {
          boolean kept = rating(fields[2]) >= options.threshold();
          event(fields, 0, Histories.BROWSE, kept, log);
          below[0] += kept ? 0 : 1;
        });
    long[] wordless = new long[1];
    tables.tags(
        fields -> {
          int query = log.query(PlainText.optional(fields[2]));
          event(fields, query, Histories.SEARCH, true, log);
          wordless[0] += query == 0 ? 1 : 0;
        });
    Map<String, Long> counts =
        Map.of("ratings below threshold", below[0], "searches without a word", wordless[0]);
    return assemble("movielens-ratings", true, files, movies, log, counts);
  }

  private static void event(String[] fields, int query, byte action, boolean kept, EventLog log)
      throws MalformedLine, IOException {
    long user = MalformedLine.whole("userId", fields[0], 0);
    long movie = MalformedLine.whole("movieId", fields[1], 0);
    String at = fields[3];
    long time =
        TimeUnits.isIso(at)
            ? TimeUnits.iso("timestamp", at)
            : TimeUnits.SECONDS.millis("timestamp", at);
    if (kept) {
      log.event(user, movie, query, time, action, Role.EVENT);
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
      String name,
      boolean timed,
      SourceFiles files,
      MovieItems movies,
      EventLog log,
      Map<String, Long> more)
      throws IOException {
    EventLog.Found found = log.read(timed, timed, files.progress());
    Catalog catalog = movies.catalog();
    Map<String, Long> counts = new LinkedHashMap<>(more);
    counts.putAll(log.descriptions());
    return corpus(name, files, found, catalog, counts, movies.features(), Optional.empty());
  }
}
