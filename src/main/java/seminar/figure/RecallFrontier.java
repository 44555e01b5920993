package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.XYChart;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.recall.Frontier.Budget;
import seminar.recall.Frontier.Family;
import seminar.recall.Frontier.Point;
import seminar.recall.Frontier.Result;

/**
 * Recall against what it costs, a row of two panels for each setting: bytes that a search reads of
 * an event, and microseconds. Methods look as in all figures; the grey stair is what nothing beats.
 */
public final class RecallFrontier {
  private static final Set<Family> LONE =
      EnumSet.of(Family.EXACT, Family.REFINED, Family.RABITQ_REFINED);
  private static final List<Budget> DRAWN = List.of(Budget.READ, Budget.TIME);
  private static final Look FRONT = Look.reference("nothing finds more for as little");
  private static final float THIN = 1.4f;

  private RecallFrontier() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance where the results came from: code version, command, machine
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if there is no result or the name does not end in .png
   */
  public static void draw(List<Result> results, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile("What recall costs")
        .with("time", "computing time of one thread, median of rounds, all methods in one run")
        .with("provenance", provenance)
        .with("results", results)
        .write(image(results), png);
  }

  /** The picture alone. */
  public static BufferedImage image(List<Result> results) {
    Checks.atLeast(1, "number of results", results.size());
    Map<Family, Look> looks = looks(results);
    List<XYChart> charts = new ArrayList<>();
    for (Result result : results) {
      for (Budget budget : DRAWN) {
        charts.add(chart(result, budget, looks));
      }
    }
    List<Look> legend = new ArrayList<>(looks.values());
    legend.add(FRONT);
    var panel = results.getFirst().options().panel();
    String subtitle =
        String.format(
            Locale.ROOT,
            "L = %,d, mean of K = %s, %d targets, codebooks of another history; computing time of"
                + " one thread, medians of one run",
            panel.sequenceLength(),
            String.join(", ", panel.topK().stream().map(String::valueOf).toList()),
            panel.sequences());
    return new Panels("What recall costs", subtitle, charts, DRAWN.size(), legend).image();
  }

  private static XYChart chart(Result result, Budget budget, Map<Family, Look> looks) {
    var panel = result.options().panel();
    String title = "%s setting, d = %d".formatted(panel.setting(), panel.dims());
    XYChart chart = Style.chart(title, budget.label(), "recall");
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Point point : result.points()) {
      least = Math.min(least, point.cost(budget));
      most = Math.max(most, point.cost(budget));
    }
    double from = Math.pow(10, Math.floor(Math.log10(least)));
    double to = Math.pow(10, Math.ceil(Math.log10(most)));
    front(chart, result.front(budget), budget, to);
    looks.forEach((family, look) -> family(chart, result, family, budget, look));
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(from);
    chart.getStyler().setXAxisMax(to);
    chart.getStyler().setXAxisDecimalPattern("#,##0.#");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.05);
    chart.getStyler().setYAxisDecimalPattern("0.0");
    return chart;
  }

  /** A stair: a recall stays until the next point that finds more. */
  private static void front(XYChart chart, List<Point> front, Budget budget, double end) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      double next = i + 1 < front.size() ? front.get(i + 1).cost(budget) : end;
      x.addAll(List.of(front.get(i).cost(budget), next));
      y.addAll(List.of(front.get(i).recall().mean(), front.get(i).recall().mean()));
    }
    Style.apply(chart.addSeries(FRONT.label(), x, y), FRONT);
  }

  private static void family(
      XYChart chart, Result result, Family family, Budget budget, Look look) {
    List<Point> points =
        result.points().stream()
            .filter(point -> point.family() == family)
            .sorted(Comparator.comparingDouble(point -> point.cost(budget)))
            .toList();
    if (points.isEmpty()) {
      return;
    }
    Style.add(
        chart,
        look,
        points.stream().mapToDouble(point -> point.cost(budget)).toArray(),
        points.stream().mapToDouble(point -> point.recall().mean()).toArray());
  }

  /** Ways that read all of an event or look twice are points of their own. */
  private static Map<Family, Look> looks(List<Result> results) {
    Map<String, Look> byName =
        MethodLooks.of(Arrays.stream(Family.values()).map(Family::label).toList());
    Map<Family, Look> looks = new EnumMap<>(Family.class);
    for (Result result : results) {
      for (Point point : result.points()) {
        Look look = byName.get(point.family().label());
        boolean alone = LONE.contains(point.family());
        looks.put(point.family(), alone ? look.alone() : look.wide(THIN));
      }
    }
    return looks;
  }
}
