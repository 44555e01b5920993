package seminar.source.layout;

import java.time.Instant;
import java.util.List;
import seminar.source.table.TableOptions;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads the user behaviour of Taobao: {@code UserBehavior.csv} without a line of names, whose kinds
 * of rows are {@code pv}, {@code buy}, {@code cart} and {@code fav} ({@code kinds}). Rows that lie
 * outside of the nine days that the set covers, 25 November to 3 December 2017 in China, are wrong
 * clocks; they are left out and counted ({@code from}, {@code to}).
 *
 * <p>See:
 *
 * <pre>
 * H. Zhu, X. Li, P. Zhang, G. Li, J. He, H. Li, K. Gai. "Learning tree-based deep model for
 * recommender systems". KDD, 2018.</pre>
 */
public final class TaobaoReader extends LayoutReader {
  private static final long BEGIN = Instant.parse("2017-11-24T16:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2017-12-03T16:00:00Z").toEpochMilli();

  private static final Layout LAYOUT = layout();

  private static Layout layout() {
    TableOptions timed =
        TableOptions.defaults()
            .withUser("user")
            .withItem("item")
            .withTime("timestamp")
            .withTimeUnit(TimeUnit.SECONDS);
    return Layout.of(
        "taobao",
        "User behaviour of Taobao: UserBehavior.csv",
        List.of("UserBehavior\\.csv"),
        false,
        List.of(),
        timed
            .withHistories(timed.histories().withFrom(BEGIN).withTo(END))
            .withColumns(List.of("user", "item", "category", "behavior", "timestamp"))
            .withDelimiter(",")
            .withKind("behavior")
            .withKinds(List.of("pv", "buy", "cart", "fav"))
            .withAttributes(List.of("category")));
  }

  /** With the usual options. */
  public TaobaoReader() {
    super(LAYOUT);
  }
}
