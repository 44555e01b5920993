package seminar.source.s3rec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.data.Queries;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.HistoryOptions;
import seminar.source.JsonFiles;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;

/**
 * Reads a set X in the files of S³-Rec and those that the paper's code adds to them.
 *
 * <ul>
 *   <li>{@code X.txt}: a user and the items of the history on each line, oldest first. There are no
 *       times: the order is that of the file.
 *   <li>{@code X_item2attributes.json}: an object of item and list of attribute ids; need not be
 *       there.
 *   <li>{@code X_sample.txt}: a user and as many negatives on each line; where it is there, the
 *       corpus has these negatives.
 *   <li>{@code X_queries.txt}: a user and the query of each item, on the same line as in {@code
 *       X.txt}; a query is a list of keyword ids between commas, 0 is none. Where the users or the
 *       numbers of items differ, the line is malformed. An event with a query is a search.
 *   <li>{@code X_id2dummy_query.json}: an object of item and a query that was made of it; it is
 *       checked and counted, not used, since histories carry their own queries. The queries of
 *       negatives, {@code X_sample_queries.txt}, are made of these and are not read.
 *   <li>{@code X_keywords.tsv} and {@code X_attributes.tsv}, which are this project's and have the
 *       columns {@code id} and {@code name}: what ids stand for.
 * </ul>
 *
 * <p>The catalogue holds the items of histories and of all negatives, so that every negative has a
 * number even if nobody met it. Ids are whole numbers; 0 is no item.
 *
 * <p>See:
 *
 * <pre>
 * K. Zhou et al. "S³-Rec: self-supervised learning for sequential recommendation with mutual
 *   information maximization". CIKM, 2020.</pre>
 */
public final class S3RecReader extends LogReader<S3RecReader.Options> {
  /** With {@link Options#defaults}. */
  public S3RecReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public S3RecReader(Options options) {
    super("s3rec", EventLog.Ids.NUMBERS, options, options.histories(), S3RecReader::new);
  }

  /**
   * What is read.
   *
   * @param histories which histories are kept; there are no times and no exposures
   * @param set the name with which the files begin, such as {@code Beauty}; empty for the only one
   *     there is
   * @param minAttributeCount attributes of fewer items are left out
   */
  @Withers
  public record Options(
      @Spelled(open = true) HistoryOptions histories, String set, int minAttributeCount)
      implements S3RecReaderOptionsBuilder.With {
    /** Checks every option. */
    public Options {
      if (histories.exposures()) {
        throw new IllegalArgumentException("exposures: sequences do not say what was shown");
      }
      if (histories.from() != Long.MIN_VALUE || histories.to() != Long.MAX_VALUE) {
        throw new IllegalArgumentException("from and to: sequences have no times");
      }
      if (!set.matches("[^/\\\\\\x00]*")) {
        throw new IllegalArgumentException(
            "set is '%s': it is the beginning of the names of files in one folder".formatted(set));
      }
      Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    }

    /**
     * Histories of at least three events, one each to learn from, to choose by and to test on: the
     * public sets are 5-cores already.
     */
    public static Options defaults() {
      return new Options(HistoryOptions.ofAtLeast(3), "", 1);
    }
  }

  @Override
  public String description() {
    return "S3-Rec: X.txt, with X_item2attributes.json, X_sample.txt, X_queries.txt where there";
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    S3RecFiles set = S3RecFiles.in(folder, options.set());
    Map<String, Long> counts = new LinkedHashMap<>();
    S3RecNames keywords = new S3RecNames("");
    keywords.read(set.keywordNames(), files);
    S3RecQueries queries = new S3RecQueries(log, keywords);
    queries.read(set.queries(), files);
    histories(set.sequences(), queries, files, log);
    counts.put("lines of queries beside no sequence", queries.left());
    items(set, files, log);
    counts.put("dummy queries not used", dummyQueries(set.dummyQueries(), files));
    S3RecNegatives sampled = new S3RecNegatives();
    sampled.read(set.negatives(), files, log);
    EventLog.Found found = log.read(false, false, files.progress());
    Catalog catalog = log.catalog(options.minAttributeCount());
    counts.put("repeated descriptions of items", log.repeatedDescriptions());
    Optional<Negatives> negatives = sampled.of(found.histories(), catalog);
    counts.putAll(sampled.counts());
    return corpus(
        "s3rec-" + set.set(), files, found, catalog, counts, FeatureFiles.none(), negatives);
  }

  private static void histories(Path file, S3RecQueries queries, SourceFiles files, EventLog log)
      throws IOException {
    Set<Integer> users = new HashSet<>();
    boolean[] longer = new boolean[1];
    files.lines(
        file,
        (number, text) -> {
          S3RecLine line = S3RecLine.of(text, "item");
          int[] items = line.items();
          int[] typed = queries.of(number, line.user(), items.length);
          longer[0] |= items.length > 1;
          if (!users.add(line.user())) {
            if (!longer[0]) {
              throw new IOException(
                  ("%s:%d: user %d has a second line, and no line so far has more than one item:"
                          + " these are pairs of user and item, as SASRec has them, for the reader"
                          + " pairs")
                      .formatted(file, number, line.user()));
            }
            throw new MalformedLine("user %d has a line already".formatted(line.user()));
          }
          for (int i = 0; i < items.length; i++) {
            byte action = typed[i] == Queries.EMPTY ? Histories.BROWSE : Histories.SEARCH;
            log.event(line.user(), items[i], typed[i], 0, action, Role.EVENT);
          }
        });
  }

  private static void items(S3RecFiles set, SourceFiles files, EventLog log) throws IOException {
    if (DataFolder.has(set.attributes())) {
      S3RecNames names = new S3RecNames("attribute:");
      names.read(set.attributeNames(), files);
      JsonFiles.members(
          files,
          set.attributes(),
          (name, value) ->
              log.item(S3RecLine.positive("item", name), "", attributes(name, value, names)));
    }
  }

  private static List<String> attributes(String item, JsonNode list, S3RecNames names)
      throws MalformedLine {
    List<String> attributes = new ArrayList<>();
    for (JsonNode id : list) {
      attributes.add(names.of(S3RecLine.positive("attribute of item " + item, id.asText())));
    }
    if (!list.isArray()) {
      throw new MalformedLine("attributes of item %s are no list".formatted(item));
    }
    return attributes;
  }

  private static long dummyQueries(Path file, SourceFiles files) throws IOException {
    long[] queries = new long[1];
    if (DataFolder.has(file)) {
      JsonFiles.members(
          files,
          file,
          (name, value) -> {
            S3RecLine.positive("item", name);
            for (String keyword : value.asText().split(",", -1)) {
              MalformedLine.id("keyword of item " + name, keyword);
            }
            queries[0]++;
          });
    }
    return queries[0];
  }
}
