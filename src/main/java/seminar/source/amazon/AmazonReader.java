package seminar.source.amazon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.HistoryOptions;
import seminar.source.JsonFields;
import seminar.source.JsonFiles;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;
import seminar.source.TimeUnits;

/**
 * Reads Amazon Review Data: the reviews of a category and the descriptions of its items, of the
 * release of 2018 ({@code Gift_Cards_5.json.gz} and {@code meta_Gift_Cards.json.gz}) or of 2014
 * ({@code reviews_Beauty_5.json.gz} and {@code meta_Beauty.json.gz}, whose lines may be literals of
 * Python).
 *
 * <p>A review is an event. Nobody typed a query: where queries are wanted, each event is given one
 * that is made of its own item, so <em>a target's query gives the target away</em>. Such an event
 * is one of browsing, not a search; the manifest counts the events that have a made query. Rank
 * with an empty query for every candidate unless the leak is the point.
 *
 * <p>Attributes are {@code brand:...} and one {@code category:...} for each category of the item
 * but the first of a path, which is the same for all. Tags and entities of the web pages are taken
 * out of texts; categories that hold markup are left out and counted. Pictures are counted, not
 * fetched.
 *
 * <p>See:
 *
 * <pre>
 * J. Ni, J. Li, J. McAuley. "Justifying recommendations using distantly-labeled reviews and
 *   fine-grained aspects". EMNLP, 2019.
 * Q. Ai, Y. Zhang, K. Bi, X. Chen, W. B. Croft. "Learning a hierarchical embedding model for
 *   personalized product search". SIGIR, 2017.</pre>
 */
public final class AmazonReader extends LogReader<AmazonReader.Options> {
  /** Stands between title and description. */
  static final String JOINT = ". ";

  private static final double BEST = 5;

  /** With {@link Options#defaults}. */
  public AmazonReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public AmazonReader(Options options) {
    super("amazon", EventLog.Ids.TEXTS, options, options.histories(), AmazonReader::new);
  }

  /** What the query of an event is made of. */
  public enum QuerySource {
    /** The first words of the description of the event's own item, as the paper's code does. */
    DESCRIPTION,
    /**
     * The words of the item's first path of categories without stop words; of repeated words the
     * last counts (Ai et al. 2017).
     */
    CATEGORY,
    /** Every query is empty. */
    NONE
  }

  /** What the text of an item is. */
  public enum Text {
    /** Title and description. */
    TITLE_AND_DESCRIPTION,
    /** The title alone, as far as the paper's text features go. */
    TITLE
  }

  /**
   * What is read.
   *
   * @param histories which events and histories are kept; there are no exposures
   * @param category the category to read, such as {@code Gift_Cards}; empty for the only one there
   *     is
   * @param threshold reviews that rate the item above it count, the others are left out, and
   *     counted; ratings go from 1 to 5
   * @param text what the text of an item is
   * @param queries what the queries of events are made of
   * @param queryWords how many words of a description make a query
   * @param minAttributeCount attributes of fewer items are left out
   */
  @Withers
  public record Options(
      @Spelled(open = true) HistoryOptions histories,
      String category,
      double threshold,
      Text text,
      QuerySource queries,
      int queryWords,
      int minAttributeCount)
      implements AmazonReaderOptionsBuilder.With {
    /** Checks every option. */
    public Options {
      if (histories.exposures()) {
        throw new IllegalArgumentException("exposures: reviews do not say what was shown");
      }
      Checks.within(0, BEST, "threshold", threshold);
      Checks.atLeast(1, "queryWords", queryWords);
      Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    }

    /**
     * The files as they are published, every review an event, queries of the first five words of a
     * description.
     */
    public static Options defaults() {
      return new Options(
          HistoryOptions.ofAtLeast(1),
          "",
          0,
          Text.TITLE_AND_DESCRIPTION,
          QuerySource.DESCRIPTION,
          5,
          1);
    }

    /**
     * As the released code of the paper, which asks again for five events of each user and item,
     * until both hold, although the files are called 5-core.
     */
    public static Options released() {
      return defaults()
          .withHistories(HistoryOptions.ofAtLeast(5).withMinUserEvents(5).withMinItemEvents(5));
    }
  }

  @Override
  public String description() {
    return "Amazon reviews of 2018 or 2014: X_5.json.gz (or X.json.gz) and meta_X.json.gz";
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    AmazonFiles found = AmazonFiles.in(folder, options.category());
    AmazonItems items = new AmazonItems(options, log);
    items.read(found.meta(), files);
    long[] below = new long[1];
    JsonFiles.lines(
        files, found.reviews(), review -> below[0] += review(review, items, log) ? 0 : 1);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("ratings not above threshold", below[0]);
    EventLog.Found readLog = log.read(true, true, files.progress());
    Catalog catalog = log.catalog(options.minAttributeCount());
    counts.putAll(items.counts(catalog));
    counts.put("events whose query was made of their own item", made(readLog.histories()));
    String name = "amazon-" + found.category();
    return corpus(name, files, readLog, catalog, counts);
  }

  /** Adds a review; false if its rating is not above the threshold. */
  private boolean review(JsonNode review, AmazonItems items, EventLog log)
      throws MalformedLine, IOException {
    String user = JsonFields.id(review, "reviewerID");
    String asin = JsonFields.id(review, "asin");
    long seconds = JsonFields.whole(review, "unixReviewTime", Long.MAX_VALUE / 1000);
    long time = TimeUnits.SECONDS.millis("unixReviewTime", seconds);
    double rating = JsonFields.number(review, "overall");
    if (rating < 0 || rating > BEST) {
      throw new MalformedLine("overall is %s, outside 0..5".formatted(rating));
    }
    boolean kept = rating > options.threshold();
    if (kept) {
      log.event(user, asin, items.query(asin), time, Histories.BROWSE, Role.EVENT);
    }
    return kept;
  }

  private static long made(Histories histories) {
    long made = 0;
    for (long event = 0; event < histories.events(); event++) {
      made += histories.query(event) == Queries.EMPTY ? 0 : 1;
    }
    return made;
  }
}
