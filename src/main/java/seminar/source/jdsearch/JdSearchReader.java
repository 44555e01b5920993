package seminar.source.jdsearch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.HistoryOptions;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;

/**
 * Reads JDsearch, a log of product search with real queries of anonymised terms.
 *
 * <p>A line of the log is a user, whose id is the number of the line in the file: a history of
 * clicks, carts, follows and orders, each with its query or none, and the products that answered a
 * present query. The answers are exposures after the whole of the history, clicked where their
 * label is above 0.
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
public final class JdSearchReader extends LogReader<JdSearchReader.Options> {
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

  private static final List<String> PRODUCT_COLUMNS =
      List.of(
          "wid", "name", "brand_id", "cate_id_1", "cate_id_2", "cate_id_3", "cate_id_4", "shop_id");

  private static final List<String> ATTRIBUTE_KINDS =
      List.of("brand:", "category1:", "category2:", "category3:", "category4:", "shop:");
  private static final int FIRST_ATTRIBUTE = 2;

  /** With {@link Options#defaults}. */
  public JdSearchReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public JdSearchReader(Options options) {
    super("jdsearch", EventLog.Ids.NUMBERS, options, options.histories(), JdSearchReader::new);
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
  public String description() {
    return "JDsearch: user_behavior_data.txt and product_meta_data.txt, or their samples";
  }

  @Override
  protected boolean dated() {
    return false;
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    Path behaviour = first(folder, LOGS);
    options.histories().needNoDates(behaviour);
    long[] others = new long[1];
    files.numberedTabs(
        behaviour,
        JdSearchUser.COLUMNS,
        (line, fields) -> others[0] += JdSearchUser.of(fields).into(log, line, options::keeps));
    files.tabs(first(folder, PRODUCTS), PRODUCT_COLUMNS, fields -> product(fields, log));
    EventLog.Found found = log.read(true, true, files.progress());
    Catalog catalog = log.catalog(options.minAttributeCount());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("events of kinds not asked for", others[0]);
    counts.putAll(log.descriptions());
    return corpus("jdsearch", files, found, catalog, counts);
  }

  private static void product(String[] fields, EventLog log) throws MalformedLine, IOException {
    long item = MalformedLine.whole("wid", fields[0], 0);
    Arrays.setAll(fields, i -> PlainText.optional(fields[i]));
    String name = fields[1];
    String text = name.isBlank() ? "" : String.join(" ", JdSearchUser.terms("name", name));
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < ATTRIBUTE_KINDS.size(); i++) {
      String id = fields[FIRST_ATTRIBUTE + i];
      if (!id.isBlank() && !id.equals("-1")) {
        String column = PRODUCT_COLUMNS.get(FIRST_ATTRIBUTE + i);
        attributes.add(ATTRIBUTE_KINDS.get(i) + MalformedLine.whole(column, id, 0));
      }
    }
    log.item(item, text, attributes);
  }

  /** The first of these files that is there. */
  private static Path first(Path folder, List<String> names) throws IOException {
    return names.stream()
        .map(folder::resolve)
        .filter(DataFolder::has)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "%s has none of %s: give the folder into which JDsearch was unpacked%s"
                        .formatted(
                            folder,
                            String.join(", ", names),
                            DataFolder.below(folder, names::contains))));
  }
}
