package seminar.profile;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import seminar.data.CorpusStatistics;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * A corpus beside the data sets of the paper (paper Table 1): the counts that the paper prints, and
 * those that the released code and its logs imply, which differ.
 */
public final class Table1 {
  private static final String PAPER = "paper, Table 1";
  private static final String ROUNDED = PAPER + " (in thousands)";
  private static final String LOGS = "logs of the released code";

  private Table1() {}

  /**
   * One line of the table; what its source does not say is absent.
   *
   * @param corpus name of the data set
   * @param users how many histories
   * @param items how many items
   * @param queries how many distinct queries
   * @param interactions how many events
   * @param meanLength events per history
   * @param source where the counts come from
   */
  public record Row(
      String corpus,
      OptionalLong users,
      OptionalLong items,
      OptionalLong queries,
      OptionalLong interactions,
      OptionalDouble meanLength,
      String source) {
    private static Row of(
        String corpus, long users, long items, OptionalLong queries, long events, String source) {
      return new Row(
          corpus,
          OptionalLong.of(users),
          OptionalLong.of(items),
          queries,
          OptionalLong.of(events),
          OptionalDouble.of((double) events / users),
          source);
    }
  }

  private static final String AMAZON = "Amazon Movies & TV";
  private static final String ALIPAY = "Alipay Short Video";
  private static final String KUAISAR = "KuaiSAR";

  /**
   * What is published. Amazon and Alipay are printed in thousands. The mean length is interactions
   * over users; the paper's text (§4.1) speaks of the magnitudes 100, 2000 and 1000 instead.
   */
  private static final List<Row> PUBLISHED =
      List.of(
          Row.of(AMAZON, 297_000, 181_000, OptionalLong.empty(), 3_293_000, ROUNDED),
          // Header of the released run script: after the second 5-core filter.
          new Row(
              AMAZON,
              OptionalLong.of(297_377),
              OptionalLong.of(59_925),
              OptionalLong.empty(),
              OptionalLong.of(3_408_612),
              OptionalDouble.of(11.46),
              LOGS),
          Row.of(ALIPAY, 35_065_000, 1_132_000, OptionalLong.of(51_000), 62_948_000, ROUNDED),
          Row.of(KUAISAR, 25_877, 6_890_707, OptionalLong.of(453_667), 19_664_885, PAPER),
          // 100 batches of 256 users bound the users by 25 345 and 25 600: left open here.
          new Row(
              KUAISAR,
              OptionalLong.empty(),
              OptionalLong.of(1_482_272),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalDouble.empty(),
              LOGS + " (25,345 to 25,600 users)"));

  /**
   * The rows to be read beside a corpus: those of its own data set, or all where the paper does not
   * have it.
   *
   * @param name name of the corpus; a data set is recognised by the first word of its own
   */
  public static List<Row> beside(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<Row> own =
        PUBLISHED.stream()
            .filter(row -> lower.contains(row.corpus.split(" ")[0].toLowerCase(Locale.ROOT)))
            .toList();
    return own.isEmpty() ? PUBLISHED : own;
  }

  /** The corpus, and below it the rows {@link #beside} it. */
  public static Table of(String name, CorpusStatistics statistics) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            name,
            OptionalLong.of(statistics.users()),
            OptionalLong.of(statistics.items()),
            OptionalLong.of(statistics.queries()),
            OptionalLong.of(statistics.events()),
            OptionalDouble.of(statistics.meanLength()),
            "this corpus"));
    rows.addAll(beside(name));
    return table(rows);
  }

  private static Table table(List<Row> rows) {
    DoubleColumn lengths = DoubleColumn.create("mean length");
    rows.forEach(
        row -> {
          if (row.meanLength.isPresent()) {
            lengths.append(row.meanLength.getAsDouble());
          } else {
            lengths.appendMissing();
          }
        });
    NumberColumnFormatter oneDecimal = NumberColumnFormatter.fixedWithGrouping(1);
    oneDecimal.getFormat().setRoundingMode(RoundingMode.HALF_UP); // as everything else is printed
    lengths.setPrintFormatter(oneDecimal);
    return Table.create(
        "Statistics of the data sets (paper Table 1)",
        StringColumn.create("data set", rows.stream().map(Row::corpus)),
        counts("users", rows.stream().map(Row::users).toList()),
        counts("items", rows.stream().map(Row::items).toList()),
        counts("queries", rows.stream().map(Row::queries).toList()),
        counts("interactions", rows.stream().map(Row::interactions).toList()),
        lengths,
        StringColumn.create("source", rows.stream().map(Row::source)));
  }

  private static LongColumn counts(String name, List<OptionalLong> values) {
    LongColumn column = LongColumn.create(name);
    for (OptionalLong value : values) {
      if (value.isPresent()) {
        column.append(value.getAsLong());
      } else {
        column.appendMissing();
      }
    }
    column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(0));
    return column;
  }
}
