package seminar.source;

import java.io.IOException;

/**
 * Lines of a log that say the same as an earlier one. Where lines have no times one item may follow
 * itself, so these are none.
 */
final class Repeats {
  private static final String LINE = "usr, item, query, ms, action, in_history, shown, clicked";

  private Repeats() {}

  /**
   * Leaves the first of such lines in the table {@code event}.
   *
   * @param timedHistories whether lines of histories have times
   * @param timedShown whether the others have
   * @return how many were left out
   */
  static long drop(Workbench bench, boolean timedHistories, boolean timedShown) throws IOException {
    if (!timedHistories && !timedShown) {
      return 0;
    }
    String timed =
        timedHistories && timedShown ? "true" : timedHistories ? "in_history" : "NOT in_history";
    // Few lines share a hash, so that little is sorted.
    bench.run(
        "CREATE TABLE twice AS SELECT hash(%s) AS h FROM event WHERE %s GROUP BY h HAVING count(*) > 1"
            .formatted(LINE, timed));
    bench.run(
        ("CREATE TABLE further AS SELECT rowid AS r FROM event WHERE %2$s "
                + "AND hash(%1$s) IN (SELECT h FROM twice) "
                + "QUALIFY row_number() OVER (PARTITION BY %1$s ORDER BY rowid) > 1")
            .formatted(LINE, timed));
    bench.run("DELETE FROM event WHERE rowid IN (SELECT r FROM further)");
    return bench.number("SELECT count(*) FROM further");
  }
}
