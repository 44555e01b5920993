package seminar.source.layout;

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
import seminar.source.EventLog;
import seminar.source.HistoryOptions;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.Separation;
import seminar.source.SourceFiles;

/**
 * Reads MIND: every {@code behaviors.tsv} and {@code news.tsv} in a folder and below it, as those
 * of {@code MINDsmall_train} and {@code MINDsmall_dev}. The clicks that a line gives as history are
 * the beginning of the user's; they have an order and no times, so the corpus has times only of
 * what was shown. Every line gives the history again: the first counts. Each impression is an
 * exposure, and an event if it was clicked.
 *
 * <p>See:
 *
 * <pre>
 * F. Wu, Y. Qiao, J.-H. Chen, C. Wu, T. Qi, J. Lian, D. Liu, X. Xie, J. Gao, W. Wu, M. Zhou. "MIND:
 * a large-scale dataset for news recommendation". ACL, 2020.</pre>
 */
public final class MindReader extends LogReader<MindReader.Options> {
  private static final String BEHAVIORS = "behaviors\\.tsv";
  private static final String NEWS = "news\\.tsv";
  private static final List<String> LINE =
      List.of("impression_id", "user_id", "time", "history", "impressions");
  private static final List<String> ARTICLE =
      List.of(
          "news_id",
          "category",
          "subcategory",
          "title",
          "abstract",
          "url",
          "title_entities",
          "abstract_entities");

  /** With {@link Options#defaults}. */
  public MindReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public MindReader(Options options) {
    super("mind", EventLog.Ids.TEXTS, options, options.histories(), MindReader::new);
  }

  /**
   * What is read.
   *
   * @param histories which histories are kept
   * @param minAttributeCount categories of fewer articles are left out
   */
  @Withers
  public record Options(@Spelled(open = true) HistoryOptions histories, int minAttributeCount)
      implements MindReaderOptionsBuilder.With {
    /** Checks the count. */
    public Options {
      Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    }

    /** Histories of at least three events, one each to train, validate and test. */
    public static Options defaults() {
      return new Options(HistoryOptions.ofAtLeast(3).withExposures(true), 1);
    }
  }

  @Override
  public String description() {
    return "MIND: behaviors.tsv and news.tsv, in one folder or in those of train and dev";
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    List<Path> logs = LayoutFiles.find(folder, BEHAVIORS);
    if (logs.isEmpty()) {
      throw new IOException(
          "%s has no behaviors.tsv: give the folder into which MIND was unpacked"
              .formatted(folder));
    }
    options.histories().needNoDates(logs.getFirst());
    MindImpressions impressions = new MindImpressions(log);
    for (Path file : logs) {
      files.separated(
          file,
          Separation.by("\t", LINE),
          LINE,
          List.of(),
          (number, fields) -> impressions.line(fields));
    }
    Set<String> seen = new HashSet<>();
    for (Path file : LayoutFiles.find(folder, NEWS)) {
      files.separated(
          file,
          Separation.by("\t", ARTICLE),
          ARTICLE,
          List.of(),
          (number, fields) -> article(fields, seen, log));
    }
    EventLog.Found found = log.read(false, true, files.progress());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("histories that differ from the first of their user", impressions.differing());
    Catalog catalog = log.catalog(options.minAttributeCount());
    counts.putAll(log.descriptions());
    return corpus("mind", files, found, catalog, counts);
  }

  /** An article is in the news of each part; it is the same there. */
  private static void article(String[] fields, Set<String> seen, EventLog log)
      throws MalformedLine, IOException {
    String id = MindImpressions.id("news_id", fields[0]);
    if (seen.add(id)) {
      String title = fields[3].strip();
      String summary = fields[4].strip();
      String joint = title.isEmpty() || summary.isEmpty() ? "" : ". ";
      log.item(
          id,
          title + joint + summary,
          List.of("category:" + fields[1], "subcategory:" + fields[2]));
    }
  }
}
