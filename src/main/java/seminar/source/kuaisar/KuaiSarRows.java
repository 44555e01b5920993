package seminar.source.kuaisar;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.CsvFile;
import seminar.source.ShownHistory;
import seminar.source.WordList;
import seminar.source.WrittenIds;

/** Rows of both logs of KuaiSAR. */
final class KuaiSarRows implements ShownHistory.Row<IOException> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Queries queries;
  private final WrittenIds ids;
  private final boolean numbers;
  private final CsvFile browsing;
  private final CsvFile searching;
  private String user = "";
  private long session;
  private long sessionTime;
  private int sessionQuery;

  /**
   * Rows to be added to both files.
   *
   * @param numbers whether keywords are written as they are, else as the numbers of their tokens
   */
  KuaiSarRows(
      Queries queries, WrittenIds ids, boolean numbers, CsvFile browsing, CsvFile searching) {
    this.queries = queries;
    this.ids = ids;
    this.numbers = numbers;
    this.browsing = browsing;
    this.searching = searching;
  }

  /** The rows of this user follow. */
  void begin(int number) {
    user = ids.user(number);
    sessionTime = -1;
  }

  @Override
  public void accept(int item, int query, byte action, boolean taken, long time)
      throws IOException {
    String id = ids.item(item);
    String at = TIME.format(Instant.ofEpochMilli(time));
    String ms = Long.toString(time);
    String click = taken ? "1" : "0";
    if (action == Histories.BROWSE && query == Queries.EMPTY) {
      browsing.row(user, id, "0", "0", at, ms, click, "0", "0", "0", "0", "0");
      return;
    }
    if (time != sessionTime || query != sessionQuery) {
      session++;
      sessionTime = time;
      sessionQuery = query;
    }
    String number = Long.toString(session);
    searching.row(user, number, at, ms, keywords(query), "USER_INPUT", id, click, "VIDEO");
  }

  private String keywords(int query) {
    int[] tokens = queries.tokens(query);
    List<String> words =
        numbers
            ? Arrays.stream(tokens).mapToObj(queries::keyword).toList()
            : Arrays.stream(tokens).mapToObj(Integer::toString).toList();
    return WordList.write(words, true);
  }
}
