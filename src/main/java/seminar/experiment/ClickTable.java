package seminar.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.experiment.ClickComparison.ClickRun;
import seminar.measure.PairedBootstrap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How models predicted clicks, side by side (paper Table 2, last column): means over seeds, and the
 * difference of each to SEMINAR.
 *
 * @param corpus name of the corpus
 * @param runs those of each model, all seeds
 * @param differences AUC less that of SEMINAR, by model
 * @param missing why others have no row of numbers, by name
 */
public record ClickTable(
    String corpus,
    List<ClickRun> runs,
    Map<String, PairedBootstrap> differences,
    Map<String, String> missing) {

  /** AUC, AUC within users, log loss, predicted over observed clicks, and what the paper has. */
  public Table table() {
    Table table =
        ResultTable.table(
            "Clicks on %s, the latest fifth of the exposures".formatted(corpus),
            "model",
            ResultTable.CLICKS,
            means());
    missing.keySet().forEach(name -> table.appendRow().setString("model", name));
    List<String> names = table.stringColumn("model").asList();
    if (!differences.isEmpty()) {
      table.addColumns(
          ResultTable.column(
              "Δ AUC to %s [95 %%]".formatted(Contender.SEMINAR), names, this::difference));
    }
    DoubleColumn paper = DoubleColumn.create("paper, Alipay AUC");
    names.forEach(
        name -> PaperTables.clickAuc(name).ifPresentOrElse(paper::append, paper::appendMissing));
    table.addColumns(ResultTable.formatted(paper));
    if (missing.isEmpty()) {
      return table;
    }
    return table.addColumns(
        StringColumn.create(
            "remark", names.stream().map(n -> missing.getOrDefault(n, "")).toList()));
  }

  private String difference(String name) {
    PairedBootstrap b = differences.get(name);
    return b == null
        ? ""
        : String.format(Locale.ROOT, "%+.4f [%+.4f, %+.4f]", b.difference(), b.low(), b.high());
  }

  /** Each measure of each model, a mean over its runs. */
  private Map<String, Map<String, Double>> means() {
    Map<String, List<ClickRun>> byName = new LinkedHashMap<>();
    runs.forEach(run -> byName.computeIfAbsent(run.name(), name -> new ArrayList<>()).add(run));
    Map<String, Map<String, Double>> means = new LinkedHashMap<>();
    byName.forEach(
        (name, own) -> {
          Map<String, Double> mean = new LinkedHashMap<>();
          own.forEach(run -> run.test().forEach((m, value) -> mean.merge(m, value, Double::sum)));
          mean.replaceAll((measure, sum) -> sum / own.size());
          means.put(name, mean);
        });
    return means;
  }

  /** What goes beside the table: runs without predictions, differences, how many seeds. */
  public Map<String, Object> made() {
    List<Map<String, Object>> rows = new ArrayList<>();
    differences.forEach(
        (name, b) -> rows.add(Map.of("model", name, "lessSeminar", b, "seeds", seeds(name))));
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("runs", runs.stream().map(ClickRun::told).toList());
    made.put("missing", missing);
    made.put("differences", rows);
    return made;
  }

  /** Of a model and SEMINAR, the smaller number of runs; click rates have no seed. */
  private long seeds(String name) {
    long own = runs.stream().filter(run -> run.name().equals(name) && run.parameters() > 0).count();
    long ours = runs.stream().filter(run -> run.name().equals(Contender.SEMINAR)).count();
    return own == 0 ? ours : Math.min(own, ours);
  }
}
