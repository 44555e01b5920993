package seminar.recall;

import java.util.List;
import java.util.Locale;
import seminar.recall.Frontier.Budget;
import seminar.recall.Frontier.Point;
import seminar.recall.Frontier.Result;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What {@link Frontier} measured as tables: all numbers, and what wins under which budget. */
public final class FrontierTable {
  private FrontierTable() {}

  /** A row for each way of retrieval. */
  public static Table points(List<Result> results) {
    StringColumn setting = StringColumn.create("setting");
    StringColumn family = StringColumn.create("family");
    StringColumn method = StringColumn.create("method");
    DoubleColumn read = DoubleColumn.create(Budget.READ.label());
    DoubleColumn kept = DoubleColumn.create(Budget.KEPT.label());
    DoubleColumn time = DoubleColumn.create(Budget.TIME.label());
    DoubleColumn recall = DoubleColumn.create("recall");
    DoubleColumn error = DoubleColumn.create("± (95 %)");
    for (Result result : results) {
      for (Point point : result.points()) {
        setting.append(result.options().panel().setting());
        family.append(point.family().label());
        method.append(point.method());
        read.append(point.bytesRead());
        kept.append(point.bytesKept());
        time.append(rounded(point.microseconds(), 10));
        recall.append(rounded(point.recall().mean(), 10_000));
        error.append(rounded(point.recall().halfWidth(), 10_000));
      }
    }
    return Table.create("What recall costs", setting, family, method, read, kept, time, recall)
        .addColumns(error);
  }

  /**
   * Which way of retrieval finds most for a budget: a row for each that does for some. It wins from
   * what it costs to what the next one costs, which finds more.
   */
  public static Table wins(List<Result> results) {
    StringColumn setting = StringColumn.create("setting");
    StringColumn method = StringColumn.create("method");
    DoubleColumn recall = DoubleColumn.create("recall");
    StringColumn when = StringColumn.create("wins when");
    for (Result result : results) {
      for (Budget budget : Budget.values()) {
        List<Point> front = result.front(budget);
        for (int i = 0; i < front.size(); i++) {
          setting.append(result.options().panel().setting());
          method.append(front.get(i).method());
          recall.append(rounded(front.get(i).recall().mean(), 1000));
          when.append(when(front, i, budget));
        }
      }
    }
    return Table.create("Which way of retrieval finds most", setting, when, method, recall);
  }

  private static String when(List<Point> front, int i, Budget budget) {
    String from = number(front.get(i).cost(budget));
    return i + 1 == front.size()
        ? "%s %s or more are given".formatted(from, budget.label())
        : "%s to below %s %s are given"
            .formatted(from, number(front.get(i + 1).cost(budget)), budget.label());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value).replace(".0", "");
  }

  private static double rounded(double value, int parts) {
    return Math.rint(value * parts) / parts;
  }
}
