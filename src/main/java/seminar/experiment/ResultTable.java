package seminar.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seminar.measure.Buckets;
import seminar.measure.UserValues;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * Results as Tablesaw tables, the form in which notebooks, reports and the command line show them.
 */
public final class ResultTable {
  /** The measures of the paper's Table 2, in its order. */
  public static final List<String> TABLE_2 =
      List.of("HIT@1", "HIT@5", "NDCG@5", "HIT@10", "NDCG@10", "HIT@50", "NDCG@50", "MRR");

  /** The measures of predicted clicks; that within users is not always there. */
  static final List<String> CLICKS = List.of("AUC", "GAUC", "log loss", "calibration");

  private static final int DECIMALS = 4;

  private ResultTable() {}

  /**
   * Rankings side by side (paper Table 2).
   *
   * @param summaries the measures of each model, by model name, in the order of the rows
   * @throws IllegalArgumentException if a model lacks a measure
   */
  public static Table rankings(String title, Map<String, Map<String, Double>> summaries) {
    return whole(title, "model", TABLE_2, summaries);
  }

  /**
   * Any numbers side by side, one row and one column for each name.
   *
   * @param of what the rows are
   * @param rows numbers by the name of their column, by the name of their row; the first row has
   *     the order of the columns
   * @throws IllegalArgumentException if a row lacks a column that the first one has
   */
  public static Table numbers(String title, String of, Map<String, Map<String, Double>> rows) {
    return rows.isEmpty()
        ? table(title, of, List.of(), rows)
        : whole(title, of, List.copyOf(rows.values().iterator().next().keySet()), rows);
  }

  /** A table without holes. */
  private static Table whole(
      String title, String of, List<String> columns, Map<String, Map<String, Double>> rows) {
    rows.forEach(
        (name, row) -> {
          for (String column : columns) {
            if (row.get(column) == null) {
              throw new IllegalArgumentException(
                  "%s has no %s: it has %s".formatted(name, column, row.keySet()));
            }
          }
        });
    return table(title, of, columns, rows);
  }

  /** Some numbers of each row; one that a row lacks is a missing value. */
  static Table table(
      String title, String of, List<String> columns, Map<String, Map<String, Double>> rows) {
    Table table = Table.create(title, StringColumn.create(of, rows.keySet()));
    for (String name : columns) {
      DoubleColumn column = DoubleColumn.create(name);
      for (Map<String, Double> row : rows.values()) {
        Optional.ofNullable(row.get(name)).ifPresentOrElse(column::append, column::appendMissing);
      }
      table.addColumns(formatted(column));
    }
    return table;
  }

  /**
   * A measure of several models in each bucket of users, one row for each model; a bucket without
   * users is a missing value.
   *
   * @param numbers what the users are grouped by
   * @param values the measure of the same users, by model name
   * @throws IllegalArgumentException if a model was measured on other users
   */
  public static Table buckets(
      String title, Buckets buckets, UserValues numbers, Map<String, UserValues> values) {
    Table table = Table.create(title, StringColumn.create("model", values.keySet()));
    List<Buckets.Row> counts = buckets.summary(numbers, numbers);
    for (int b = 0; b < buckets.size(); b++) {
      String name = "%s (%d users)".formatted(counts.get(b).label(), counts.get(b).users());
      DoubleColumn column = DoubleColumn.create(name);
      for (UserValues model : values.values()) {
        buckets
            .summary(numbers, model)
            .get(b)
            .mean()
            .ifPresentOrElse(column::append, column::appendMissing);
      }
      table.addColumns(formatted(column));
    }
    return table;
  }

  /**
   * Predictions of clicks side by side, one row for each model.
   *
   * @param reports how well clicks were predicted, by model name, in the order of the rows
   */
  public static Table clicks(String title, Map<String, ClickReport> reports) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    reports.forEach((model, report) -> rows.put(model, report.summary()));
    return table(title, "model", CLICKS, rows);
  }

  /** A column of text, a cell for each row. */
  public static <T> StringColumn column(String name, List<T> rows, Function<T, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell).toList());
  }

  /** A column that shows four decimals. */
  public static DoubleColumn formatted(DoubleColumn column) {
    column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(DECIMALS));
    return column;
  }
}
