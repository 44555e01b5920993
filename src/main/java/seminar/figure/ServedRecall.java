package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import seminar.experiment.SearchCost;
import seminar.experiment.ServedRun;
import seminar.figure.Style.Look;
import seminar.math.Checks;

/**
 * What lost recall costs in ranking: NDCG@10 of a model over the events that each search finds
 * against the share of its own choice that is among them, a panel for each length. Bars are the
 * interval of the paired difference to the exact choice, whose level is the dashed line.
 */
public final class ServedRecall {
  private static final String LEVEL = "NDCG@10 of the exact choice";
  private static final double ROOM = 0.15; // of the range of an axis, free at its ends

  private ServedRecall() {}

  /**
   * Draws the picture and writes it with its JSON twin.
   *
   * @param subtitle what the numbers say
   * @param runs one for each length
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if there is no run or the name does not end in .png
   */
  public static void draw(
      String heading, String subtitle, List<ServedRun> runs, Map<String, ?> more, Path png)
      throws IOException {
    new FigureFile(heading)
        .with(more)
        .with("runs", runs.stream().map(ServedRecall::twin).toList())
        .write(image(heading, subtitle, runs), png);
  }

  private static Map<String, Object> twin(ServedRun run) {
    Map<String, Object> twin = new LinkedHashMap<>();
    twin.put("name", run.name());
    twin.put("length", run.length());
    twin.put("topK", run.topK());
    twin.put("requests", run.requests());
    twin.put("seed", run.identity().seed());
    twin.put("model", run.model());
    twin.put("ndcg10", run.ndcg10());
    twin.put("searches", run.searches());
    return twin;
  }

  /** The picture alone. */
  public static BufferedImage image(String heading, String subtitle, List<ServedRun> runs) {
    Checks.atLeast(1, "runs", runs.size());
    List<String> labels =
        runs.stream()
            .flatMap(run -> run.searches().stream())
            .map(SearchCost::label)
            .distinct()
            .toList();
    Map<String, Look> looks = new LinkedHashMap<>();
    MethodLooks.of(labels).forEach((label, look) -> looks.put(label, look.alone()));
    List<XYChart> charts = runs.stream().map(run -> chart(run, looks)).toList();
    List<PointLabels> names = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      names.add(new PointLabels(charts.get(i), points(runs.get(i), looks)));
    }
    List<Look> legend = new ArrayList<>(looks.values());
    legend.add(Look.reference(LEVEL));
    return new Panels(heading, subtitle, charts, charts.size(), legend)
        .over((i, g) -> names.get(i).draw(g))
        .image();
  }

  private static List<PointLabels.Point> points(ServedRun run, Map<String, Look> looks) {
    return run.searches().stream()
        .map(
            search ->
                new PointLabels.Point(
                    search.search(),
                    looks.get(search.label()).color(),
                    search.recall(),
                    search.ndcg10()))
        .toList();
  }

  private static XYChart chart(ServedRun run, Map<String, Look> looks) {
    XYChart chart =
        Style.chart(
            "L = %,d, K = %d".formatted(run.length(), run.topK()),
            "recall of each head's exact choice",
            "NDCG@10, bars: 95 % of the difference");
    double least = run.searches().stream().mapToDouble(SearchCost::recall).min().orElse(0);
    double left = Math.max(0, Math.min(0.9, least - ROOM * (1 - least)));
    double right = 1 + ROOM * (1 - left);
    double low = run.ndcg10();
    double high = low;
    Style.add(
        chart,
        Look.reference(LEVEL),
        new double[] {left, right},
        new double[] {run.ndcg10(), run.ndcg10()});
    for (SearchCost search : run.searches()) {
      double half = (search.lessExact().high() - search.lessExact().low()) / 2;
      low = Math.min(low, search.ndcg10() - half);
      high = Math.max(high, search.ndcg10() + half);
      double[] x = {search.recall()};
      double[] y = {search.ndcg10()};
      Style.apply(
          chart.addSeries(search.label(), x, y, new double[] {half}), looks.get(search.label()));
    }
    double room = Math.max(0.005, ROOM * (high - low));
    chart.getStyler().setXAxisMin(left);
    chart.getStyler().setXAxisMax(right);
    chart.getStyler().setYAxisMin(low - room);
    chart.getStyler().setYAxisMax(high + room);
    chart.getStyler().setYAxisDecimalPattern("0.0##");
    chart.getStyler().setXAxisDecimalPattern("0.0#");
    return chart;
  }
}
