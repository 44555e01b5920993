package seminar.source;

import java.io.IOException;
import java.util.Map;

/**
 * Chooses users and items by their numbers of events: from the table {@code event} it makes the
 * tables {@code usr} (users with their numbers from 0) and {@code history} (their lines).
 */
final class HistoryFilter {
  private final Workbench bench;
  private final HistoryOptions options;

  HistoryFilter(Workbench bench, HistoryOptions options) {
    this.bench = bench;
    this.options = options;
  }

  void run(Map<String, Long> counts) throws IOException {
    long users = bench.number("SELECT count(DISTINCT usr) FROM event WHERE in_history");
    long strangers =
        bench.number(
            "SELECT count(*) FROM event ANTI JOIN (SELECT usr FROM event WHERE in_history) USING"
                + " (usr)");
    bench.run("CREATE TABLE usable AS SELECT DISTINCT item FROM event WHERE in_history");
    long items = bench.number("SELECT count(*) FROM usable");
    chooseUsers();
    if (options.minItemEvents() > 1) {
      core();
    }
    counts.put("users with too few events", users - bench.number("SELECT count(*) FROM chosen"));
    counts.put("exposures of users without a history", strangers);
    if (options.minItemEvents() > 1) {
      counts.put("items with too few events", items - bench.number("SELECT count(*) FROM usable"));
    }
    bench.run(
        "CREATE TABLE usr AS SELECT usr, CAST(row_number() OVER (ORDER BY usr) - 1 AS INTEGER) "
            + "AS n FROM chosen");
    bench.run(
        "CREATE TABLE history AS SELECT *, rowid AS seq FROM event SEMI JOIN chosen USING (usr)"
            + (options.minItemEvents() > 1 ? " SEMI JOIN usable USING (item)" : ""));
    if (options.maxLength() < Integer.MAX_VALUE) {
      counts.put("events before the latest maxLength", shorten());
    }
  }

  private void chooseUsers() throws IOException {
    bench.run(
        ("CREATE OR REPLACE TABLE chosen AS SELECT usr FROM event SEMI JOIN usable USING (item) "
                + "WHERE in_history GROUP BY usr HAVING count(*) >= %d")
            .formatted(options.minUserEvents()));
  }

  /** Users and items in turn, until nobody more is left out. */
  private void core() throws IOException {
    String size = "SELECT (SELECT count(*) FROM usable) + (SELECT count(*) FROM chosen)";
    long before;
    do {
      before = bench.number(size);
      bench.run(
          ("CREATE OR REPLACE TABLE usable AS SELECT item FROM event SEMI JOIN chosen USING (usr) "
                  + "WHERE in_history GROUP BY item HAVING count(*) >= %d")
              .formatted(options.minItemEvents()));
      chooseUsers();
    } while (bench.number(size) < before);
  }

  /** Keeps the latest events, and what was shown since the first of them. */
  private long shorten() throws IOException {
    long before = bench.number("SELECT count(*) FROM history WHERE in_history");
    bench.run(
        ("CREATE TABLE newest AS SELECT usr, ms, seq FROM history WHERE in_history QUALIFY"
                + " row_number() OVER (PARTITION BY usr ORDER BY ms DESC, seq DESC) <= %d")
            .formatted(options.maxLength()));
    bench.run(
        "CREATE TABLE begin AS SELECT usr, arg_min(ms, (ms, seq)) AS ms, arg_min(seq, (ms, seq)) "
            + "AS seq FROM newest GROUP BY usr");
    bench.run(
        "DELETE FROM history USING begin b WHERE history.usr = b.usr "
            + "AND (history.ms < b.ms OR (history.ms = b.ms AND history.seq < b.seq))");
    return before - bench.number("SELECT count(*) FROM history WHERE in_history");
  }
}
