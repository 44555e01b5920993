package seminar.source.kuaisar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.AtomicFiles;
import seminar.file.CsvFile;
import seminar.file.Progress;
import seminar.source.CorpusWriter;
import seminar.source.ShownHistory;
import seminar.source.WrittenIds;

/**
 * Writes a corpus in the files of KuaiSAR, with all their columns.
 *
 * <p>Every event is a row that was clicked: of {@code src_inter.csv} if it came from a search or
 * has a query, else of {@code rec_inter.csv}. Exposures that were not clicked are rows that were
 * not. Ids are those of the corpus if all are plain numbers, else the corpus' own numbers. Keywords
 * are their own numbers if all of them are numbers, else numbers whose words stand in {@code
 * keywords.tsv}; attributes that no column of KuaiSAR can hold stand in {@code attributes.tsv}.
 * Both files are no part of KuaiSAR and are written where needed. Columns of which a corpus knows
 * nothing (playing time, duration, forward, like, follow, levels of activity) are 0 or say unknown.
 *
 * <p>What the format cannot carry: queries beyond their words (letter case, punctuation); the
 * difference between a search with a query and browsing with one; the order of a search and a
 * browsing event in the same millisecond; exposures that were clicked and are no events, and events
 * that were no exposures; names of brands and the kind of attributes that become authors or
 * categories; ready-made features, pictures, negatives; items that nobody met. Everything that a
 * search shows is written as a video. A corpus without times gets some: its event at position p
 * happens p seconds after the beginning of 2023 (UTC).
 */
public final class KuaiSarWriter implements CorpusWriter {
  private static final int REPORT_EVERY = 100;

  /** A writer. */
  public KuaiSarWriter() {}

  @Override
  public String name() {
    return "kuaisar";
  }

  @Override
  public String description() {
    return "KuaiSAR: "
        + String.join(
            ", ",
            KuaiSarFormat.BROWSING,
            KuaiSarFormat.SEARCHING,
            KuaiSarFormat.ITEMS,
            KuaiSarFormat.USERS);
  }

  @Override
  public Map<String, String> readerOptions() {
    return Map.of("minUserEvents", "1", "minAttributeCount", "1", "exposures", "true");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if an event lies before 1970, or a keyword or an attribute has
   *     a tab or a line break
   */
  @Override
  public void write(Corpus corpus, Path folder, Progress progress) throws IOException {
    checkTimes(corpus.histories());
    WrittenIds ids = WrittenIds.of(corpus);
    AtomicFiles.writeFolder(
        folder,
        KuaiSarFormat.WRITTEN,
        into -> {
          events(corpus, ids, into, progress);
          KuaiSarDescriptions items = new KuaiSarDescriptions(corpus.catalog(), ids);
          items.write(into, progress);
          users(corpus.histories(), ids, into);
        });
  }

  private static void checkTimes(Histories histories) {
    for (long event = 0; histories.hasTimes() && event < histories.events(); event++) {
      if (histories.time(event) < 0) {
        throw new IllegalArgumentException(
            "event %d happened at %d, before 1970, which KuaiSAR cannot say"
                .formatted(event, histories.time(event)));
      }
    }
  }

  private static void events(Corpus corpus, WrittenIds ids, Path into, Progress progress)
      throws IOException {
    boolean numbers = numbers(corpus.queries());
    if (!numbers) {
      keywords(corpus.queries(), into.resolve(KuaiSarFormat.KEYWORDS));
    }
    ShownHistory history = new ShownHistory(corpus);
    try (CsvFile browsing =
            CsvFile.commas(into.resolve(KuaiSarFormat.BROWSING), KuaiSarFormat.BROWSING_COLUMNS);
        CsvFile searching =
            CsvFile.commas(
                into.resolve(KuaiSarFormat.SEARCHING), KuaiSarFormat.SEARCHING_COLUMNS)) {
      KuaiSarRows rows = new KuaiSarRows(corpus.queries(), ids, numbers, browsing, searching);
      int users = corpus.histories().users();
      for (int user = 0; user < users; user++) {
        rows.begin(user);
        history.rows(user, rows);
        if (user % REPORT_EVERY == 0) {
          progress.at("writing histories", user, users);
        }
      }
    }
  }

  /** Whether every keyword is a number that is a word for the reader, too. */
  private static boolean numbers(Queries queries) {
    for (int token = 1; token <= queries.vocabulary(); token++) {
      String word = queries.keyword(token);
      if (!WrittenIds.isNumber(word) || word.equals("0")) {
        return false;
      }
    }
    return true;
  }

  private static void keywords(Queries queries, Path file) throws IOException {
    try (CsvFile table = CsvFile.tabs(file, List.of("id", "word"))) {
      for (int token = 1; token <= queries.vocabulary(); token++) {
        table.row(Integer.toString(token), queries.keyword(token));
      }
    }
  }

  private static void users(Histories histories, WrittenIds ids, Path into) throws IOException {
    List<String> columns = KuaiSarFormat.USER_COLUMNS;
    try (CsvFile users = CsvFile.commas(into.resolve(KuaiSarFormat.USERS), columns)) {
      for (int user = 0; user < histories.users(); user++) {
        users.row(ids.user(user), "0", "0", "0", "0");
      }
    }
  }
}
