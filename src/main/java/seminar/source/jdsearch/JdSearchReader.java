package seminar.source.jdsearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.options.OptionPaths;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.Assembly;
import seminar.source.CorpusReader;
import seminar.source.EventLog;
import seminar.source.HistoryOptions;
import seminar.source.LineTally;
import seminar.source.ReadLog;
import seminar.source.SourceFiles;

/**
 * Reads JDsearch, a log of product search with real queries of anonymised terms.
 *
 * <p>A line of the log is a user, whose id is the number of the line in the file: a history of
 * clicks, carts, follows and orders, each with its query or none, and the products that answered a
 * present query. The history is the history, the answers are exposures after the whole of it,
 * clicked where their label is above 0.
 *
 * <p>Times are relative: the log has the seconds between events, so times are milliseconds since
 * the user's first event, not since 1970. A present query in the second of the last event is put a
 * millisecond after it.
 *
 * <p>The text of a product is the terms of its name; brand, four levels of category and shop are
 * attributes, by their ids. See:
 *
 * <pre>
 * J. Liu, Z. Dou, G. Tang, S. Xu. "JDsearch: a personalized product search dataset with real
 * queries and full interactions". SIGIR, 2023.</pre>
 */
public final class JdSearchReader implements CorpusReader {
  private static final List<String> LOGS =
      List.of(
          "user_behavior_data.txt",
          "release_data.txt",
          "user_behavior_data_sample.txt",
          "release_data_sample.txt");
  private static final List<String> PRODUCTS =
      List.of(
          "product_meta_data.txt",
          "product_data.txt",
          "product_meta_data_sample.txt",
          "product_data_sample.txt");

  private final Options options;

  /** With {@link Options#defaults}. */
  public JdSearchReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public JdSearchReader(Options options) {
    this.options = options;
  }

  /**
   * What is read.
   *
   * @param histories which histories are kept
   * @param clicks whether clicks are events; what is not is left out, and counted
   * @param carts whether products put into the cart are events
   * @param follows whether followed products are events
   * @param orders whether orders are events
   * @param minAttributeCount attributes of fewer products are left out
   */
  @Withers
  public record Options(
      @Spelled(open = true) HistoryOptions histories,
      boolean clicks,
      boolean carts,
      boolean follows,
      boolean orders,
      int minAttributeCount)
      implements JdSearchReaderOptionsBuilder.With {
    /** Checks the count. */
    public Options {
      Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    }

    /** All users, all kinds of events and all answers, as the log was published. */
    public static Options defaults() {
      HistoryOptions histories = HistoryOptions.ofAtLeast(1).withExposures(true);
      return new Options(histories, true, true, true, true, 1);
    }

    /** Whether events of this kind are asked for. */
    boolean keeps(JdSearchUser.Kind kind) {
      return switch (kind) {
        case CLICK -> clicks;
        case CART -> carts;
        case FOLLOW -> follows;
        case ORDER -> orders;
      };
    }
  }

  @Override
  public String name() {
    return "jdsearch";
  }

  @Override
  public String description() {
    return "JDsearch: user_behavior_data.txt and product_meta_data.txt, or their samples";
  }

  @Override
  public Map<String, String> options() {
    return OptionPaths.describe(options);
  }

  @Override
  public CorpusReader with(String option, String value) {
    return new JdSearchReader(OptionPaths.set(options, option, value));
  }

  @Override
  public Corpus read(Path folder, Progress progress) throws IOException {
    SourceFiles files =
        new SourceFiles(progress, new LineTally(options.histories().malformedShare()));
    Path behaviour = first(folder, LOGS);
    options.histories().needNoDates(behaviour);
    long[] others = new long[1];
    try (EventLog log = new EventLog(EventLog.Ids.NUMBERS, options.histories())) {
      files.numberedTabs(
          behaviour,
          JdSearchUser.COLUMNS,
          List.of(),
          (line, fields) -> others[0] += JdSearchUser.of(fields).into(log, line, options::keeps));
      files.tabs(first(folder, PRODUCTS), JdSearchProducts.COLUMNS, JdSearchProducts.into(log));
      ReadLog found = log.read(true, true, progress);
      Catalog catalog = log.catalog(options.minAttributeCount());
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("events of kinds not asked for", others[0]);
      counts.putAll(log.descriptions());
      return new Assembly("jdsearch", "jdsearch/1", options, files).of(found, catalog, counts);
    }
  }

  /** The first of these files that is there. */
  private static Path first(Path folder, List<String> names) throws IOException {
    return names.stream()
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "%s has none of %s: give the folder into which JDsearch was unpacked"
                        .formatted(folder, String.join(", ", names))));
  }
}
