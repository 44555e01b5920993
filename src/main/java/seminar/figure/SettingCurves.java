package seminar.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.experiment.ModelTable;
import seminar.experiment.ModelTable.Row;

/**
 * One number of the setting varied (paper Figures 3 and 4): the level that is reached on the left,
 * the difference to one of the settings on the right, with an interval over users.
 *
 * @param heading above all
 * @param subtitle under it
 * @param xTitle what is varied
 */
public record SettingCurves(String heading, String subtitle, String xTitle) {
  /**
   * One line.
   *
   * @param label the name in the legend
   * @param table its rows are named by the number that is varied
   */
  public record Line(String label, ModelTable table) {}

  /**
   * Draws the picture and writes it with its JSON twin.
   *
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public void draw(List<Line> lines, Map<String, ?> more, Path png) throws IOException {
    Map<String, Object> twin = new LinkedHashMap<>(more);
    List<Map<String, Object>> tables = new ArrayList<>();
    for (Line line : lines) {
      Map<String, Object> table = new LinkedHashMap<>();
      table.put("line", line.label);
      table.put("reference", line.table.heading().reference());
      table.put("rows", line.table.rows().stream().map(ModelDots::timeless).toList());
      tables.add(table);
    }
    twin.put("lines", tables);
    Curves.draw(heading, subtitle, panels(lines), twin, png);
  }

  /** The two panels: levels, and differences to the reference of each line. */
  public List<Curves> panels(List<Line> lines) {
    String reference = lines.getFirst().table.heading().reference();
    Curves levels = Curves.of("Level", xTitle, "NDCG@10");
    Curves differences = Curves.of("Δ to that at " + reference, xTitle, "Δ NDCG@10");
    for (Line line : lines) {
      levels = level(levels, line);
      differences = difference(differences, line);
    }
    return List.of(levels, differences);
  }

  private static Curves level(Curves panel, Line line) {
    List<Row> rows = rows(line);
    List<Double> means = rows.stream().map(row -> row.mean().orElseThrow()).toList();
    boolean several = rows.stream().allMatch(row -> row.spread().isPresent());
    return several
        ? panel.line(
            line.label,
            x(rows),
            means,
            rows.stream().map(row -> row.spread().orElseThrow().halfWidth()).toList())
        : panel.line(line.label, x(rows), means);
  }

  private static Curves difference(Curves panel, Line line) {
    List<Row> rows = rows(line);
    return panel.line(
        line.label,
        x(rows),
        rows.stream()
            .map(row -> row.difference().map(difference -> difference.difference()).orElse(0.0))
            .toList(),
        rows.stream()
            .map(row -> row.difference().map(d -> (d.high() - d.low()) / 2).orElse(0.0))
            .toList());
  }

  private static List<Row> rows(Line line) {
    return line.table.rows().stream().filter(row -> row.missing().isEmpty()).toList();
  }

  private static List<Double> x(List<Row> rows) {
    return rows.stream().map(row -> Double.parseDouble(row.name())).toList();
  }
}
