package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The runs of a grid as a table: a column for each option that varies, then what came out. */
public final class SweepTable {
  private SweepTable() {}

  /**
   * The table; every line is compared to the first that could be trained.
   *
   * @param corpus name of the corpus
   * @param lines one for each case, in their order
   * @throws IllegalArgumentException if no line has a run, with the first error
   */
  public static Table of(
      SweepSpec spec, String corpus, List<SweepSpec.Case> cases, List<Comparison.Line> lines) {
    Comparison.Line first =
        lines.stream()
            .filter(line -> !line.runs().isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no case of the grid could be trained; the first %s"
                            .formatted(lines.getFirst().missing().orElse("has no run"))));
    ModelTable results =
        ModelTable.of(
            new ModelTable.Heading(spec.title(), corpus, first.name(), "paper"),
            lines,
            spec.seeds(),
            name -> OptionalDouble.empty());
    Table table = results.table().removeColumns("model", "paper");
    List<StringColumn> varied = new ArrayList<>();
    for (String path : spec.vary().keySet()) {
      StringColumn column = StringColumn.create(spec.shortName(path));
      cases.forEach(one -> column.append(String.valueOf(one.values().get(path))));
      varied.add(column);
    }
    for (int i = 0; i < varied.size(); i++) {
      table.insertColumn(i, varied.get(i));
    }
    return table;
  }
}
