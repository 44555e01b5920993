package seminar.experiment;

import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Results as Tablesaw tables, the form in which notebooks, reports and the command line show them.
 */
public final class ResultTable {
  /** The measures of the paper's Table 2, in its order. */
  public static final List<String> TABLE_2 =
      List.of("HIT@1", "HIT@5", "NDCG@5", "HIT@10", "NDCG@10", "HIT@50", "NDCG@50", "MRR");

  private static final int DECIMALS = 4;

  private ResultTable() {}

  /**
   * Rankings side by side (paper Table 2).
   *
   * @param summaries the measures of each model, by model name, in the order of the rows
   * @throws IllegalArgumentException if a model lacks a measure
   */
  public static Table rankings(String title, Map<String, Map<String, Double>> summaries) {
    Table table = Table.create(title, StringColumn.create("model", summaries.keySet()));
    for (String measure : TABLE_2) {
      DoubleColumn column = DoubleColumn.create(measure);
      summaries.forEach((model, summary) -> column.append(value(model, summary, measure)));
      table.addColumns(formatted(column));
    }
    return table;
  }

  private static double value(String model, Map<String, Double> summary, String measure) {
    Double value = summary.get(measure);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s has no %s: it has %s".formatted(model, measure, summary.keySet()));
    }
    return value;
  }

  /** Recall of each kind of retrieval, one row each, one column for each K (paper Figure 2). */
  public static Table recall(NormRecall.Result result) {
    Table table = Table.create("Recall@K, " + result.options().setting() + " setting");
    StringColumn methods = StringColumn.create("method");
    result.curves().forEach(curve -> methods.append(curve.method().label()));
    table.addColumns(methods);
    for (int k : result.options().topK()) {
      DoubleColumn column = DoubleColumn.create("K = " + k);
      for (NormRecall.Curve curve : result.curves()) {
        column.append(result.at(curve.method(), k).recall().mean());
      }
      table.addColumns(formatted(column));
    }
    return table;
  }

  private static DoubleColumn formatted(DoubleColumn column) {
    column.setPrintFormatter(
        tech.tablesaw.columns.numbers.NumberColumnFormatter.fixedWithGrouping(DECIMALS));
    return column;
  }
}
