package seminar.source.kuaisar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import seminar.source.SourceFiles;
import seminar.source.WordList;

/**
 * Reads KuaiSAR, the whole of it or the small one: clicks in recommendation and in search, by the
 * same users on the same platform, each click in search aligned with its query (paper §4.1).
 *
 * <ul>
 *   <li>{@code rec_inter.csv}: a row with click 1 is an event of browsing, with the empty query.
 *   <li>{@code src_inter.csv}: what a search shows may be no video but a user, goods or music,
 *       whose numbers are their own: its id is {@code USER:7} then. A row with a click count above
 *       0 is one event of search, however many clicks it counts. The query is the list of numbers
 *       in {@code keyword}; an empty list, or one of nothing but 0 and −1, is the empty query and
 *       is counted.
 *   <li>{@code item_features.csv}: the caption is the text, its words joined by blanks. Attributes
 *       are {@code author:7}, {@code music:7}, {@code category1:7 Food} to {@code category4:} (with
 *       the English name where there is one), {@code type:VIDEO} and {@code upload:}. An id of at
 *       most 0 (the log writes 0 and −124), an empty field, {@code nan} and {@code UNKNOWN} are no
 *       attribute.
 *   <li>{@code user_features.csv} and {@code social_network.csv}: checked and counted if they are
 *       there; a corpus has no place for what they say.
 * </ul>
 *
 * <p>Events of one user and one millisecond stand with searches before browsing, each in the order
 * of their file; a repeated row is a repeated event. Rows that were shown and not clicked are
 * exposures. Two files that {@link KuaiSarWriter} adds are read if they are there: {@code
 * keywords.tsv} with the words of keyword numbers, and {@code attributes.tsv} with attributes for
 * which KuaiSAR has no column. See:
 *
 * <pre>
 * Z. Sun et al. "KuaiSAR: a unified search and recommendation dataset". CIKM, 2023.</pre>
 */
public final class KuaiSarReader extends LogReader<KuaiSarReader.Options> {
  /** With {@link Options#defaults}. */
  public KuaiSarReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public KuaiSarReader(Options options) {
    super("kuaisar", EventLog.Ids.NUMBERS, options, options.histories(), KuaiSarReader::new);
  }

  /**
   * What is read.
   *
   * @param histories which events and histories are kept
   * @param minAttributeCount attributes of fewer items are left out
   */
  @Withers
  public record Options(@Spelled(open = true) HistoryOptions histories, int minAttributeCount)
      implements KuaiSarReaderOptionsBuilder.With {
    /** Checks every option. */
    public Options {
      Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    }

    /** Histories of at least four events and attributes of at least three items, as released. */
    public static Options defaults() {
      return new Options(HistoryOptions.ofAtLeast(4), 3);
    }
  }

  @Override
  public String description() {
    return "KuaiSAR: "
        + String.join(", ", KuaiSarFormat.BROWSING, KuaiSarFormat.SEARCHING, KuaiSarFormat.ITEMS)
        + " and, if there, "
        + KuaiSarFormat.USERS
        + " and "
        + KuaiSarFormat.NETWORK;
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    KuaiSarEvents events = new KuaiSarEvents(log, options.histories());
    events.read(folder, files);
    counts.put("searches without a word", events.wordless());
    KuaiSarItems items = new KuaiSarItems(log, events);
    items.read(folder, files);
    counts.put("descriptions of items nobody met", items.unmet());
    users(folder, files, counts);
    EventLog.Found found = log.read(true, true, files.progress());
    Catalog catalog = log.catalog(options.minAttributeCount(), events.types()::id);
    counts.put("repeated descriptions", log.repeatedDescriptions());
    return corpus(name(), files, found, catalog, counts);
  }

  private static void users(Path folder, SourceFiles files, Map<String, Long> counts)
      throws IOException {
    Path users = folder.resolve(KuaiSarFormat.USERS);
    if (DataFolder.has(users)) {
      Set<Long> described = new HashSet<>();
      files.commas(
          users,
          List.of("user_id"),
          fields -> described.add(MalformedLine.whole("user_id", fields[0], 0)));
      counts.put("users described", (long) described.size());
    }
    Path network = folder.resolve(KuaiSarFormat.NETWORK);
    if (DataFolder.has(network)) {
      long[] follows = new long[1];
      files.commas(
          network,
          List.of("user_id", "user_follow_id"),
          fields -> {
            MalformedLine.whole("user_id", fields[0], 0);
            follows[0] += follows(fields[1]);
          });
      counts.put("users followed by users, not used", follows[0]);
    }
  }

  /** One followed user, or a list of them. */
  private static int follows(String text) throws MalformedLine {
    if (WordList.isList(text)) {
      return WordList.of("user_follow_id", text).size();
    }
    MalformedLine.whole("user_follow_id", text, 0);
    return 1;
  }
}
