package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import seminar.experiment.LengthResult;
import seminar.experiment.LengthResult.Bound;
import seminar.experiment.LengthResult.Budget;
import seminar.experiment.LengthResult.Group;
import seminar.experiment.LengthResult.Level;
import seminar.experiment.LengthResult.Point;
import seminar.experiment.TasteAges;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.measure.PairedBootstrap;

/**
 * What a longer history gives and costs: NDCG@10 against L beside the best possible; the gain of
 * the longest L by the age of the event that matters; seconds of an epoch and milliseconds of a
 * request. A method has one colour, its K one marker.
 */
public final class LengthCurves {
  private static final String REMEMBERED = LengthResult.BEST_WITH + "L events";

  /** {@link TasteAges#LABELS}, short. */
  private static final List<String> AGES =
      List.of("≤ 50", "≤ 200", "≤ 1000", "≤ 2000", "> 2000", "never");

  /** A group of fewer requests says too little to be drawn; the twin has it. */
  private static final int FEWEST = 10;

  private final LengthResult result;
  private final Map<String, Look> looks = new LinkedHashMap<>();
  private final int shortest;
  private final int longest;
  private final List<Integer> places; // of the first panel: every L, at 0, 1, 2 …

  private LengthCurves(LengthResult result) {
    this.result = result;
    for (String curve : result.curves()) {
      looks.put(curve, LengthLooks.of(result.of(curve).getFirst()));
    }
    places =
        result.curves().stream()
            .flatMap(c -> result.of(c).stream())
            .map(Point::length)
            .distinct()
            .sorted()
            .toList();
    shortest = places.getFirst();
    longest = places.getLast();
  }

  /**
   * Draws the picture and writes it with its JSON twin.
   *
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if no point has a result
   */
  public static void draw(
      String heading, String subtitle, LengthResult result, Map<String, ?> more, Path png)
      throws IOException {
    new FigureFile(heading)
        .with(more)
        .with(LengthTwin.of(result))
        .write(image(heading, subtitle, result), png);
  }

  /** The picture alone. */
  public static BufferedImage image(String heading, String subtitle, LengthResult result) {
    Checks.atLeast(1, "curves with a result", result.curves().size());
    LengthCurves curves = new LengthCurves(result);
    List<XYChart> charts =
        List.of(
            curves.quality(),
            curves.ages(),
            curves.cost(
                "Training", "seconds of an epoch", b -> OptionalDouble.of(b.secondsOfEpoch())),
            curves.cost(
                "Ranking", "ms of a request, 100 candidates", Budget::millisecondsOfRequest));
    return new Panels(heading, subtitle, charts, 2, List.copyOf(curves.looks.values())).image();
  }

  private XYChart quality() {
    XYChart chart =
        Style.chart(
            "Quality, bars: 95 % over users and seeds",
            "L, latest events that a request sees", "NDCG@10");
    flat(chart, LengthResult.BEST, MethodLooks.alone(LengthResult.BEST));
    List<Integer> remembered =
        places.stream()
            .filter(events -> result.bound(LengthResult.BEST_WITH + events).isPresent())
            .toList();
    if (!remembered.isEmpty()) {
      Look look = MethodLooks.alone(REMEMBERED);
      looks.put(look.label(), look);
      Style.add(
          chart,
          look,
          remembered.stream().mapToDouble(places::indexOf).toArray(),
          remembered.stream()
              .map(events -> result.bound(LengthResult.BEST_WITH + events).orElseThrow())
              .mapToDouble(bound -> bound.ndcg10().mean())
              .toArray());
    }
    flat(chart, "popularity", MethodLooks.alone("popularity"));
    int i = 0;
    for (String curve : result.curves()) {
      List<Point> points = result.of(curve);
      List<Level> levels = points.stream().map(p -> p.ndcg10().orElseThrow()).toList();
      double aside = aside(i++);
      XYSeries series =
          chart.addSeries(
              curve,
              points.stream().mapToDouble(p -> places.indexOf(p.length()) + aside).toArray(),
              levels.stream().mapToDouble(Level::mean).toArray(),
              levels.stream().mapToDouble(level -> (level.high() - level.low()) / 2).toArray());
      Style.apply(series, looks.get(curve));
    }
    chart.getStyler().setYAxisDecimalPattern("0.0##");
    Style.names(chart, 0.6, places.stream().map(L -> "" + L).toList());
    return chart;
  }

  /** Curves stand side by side, so that their bars do not hide each other. */
  private double aside(int curve) {
    int curves = result.curves().size();
    return 0.4 / curves * (curve - (curves - 1) / 2.0);
  }

  private void flat(XYChart chart, String name, Look look) {
    Optional<Bound> bound = result.bound(name);
    if (bound.isPresent()) {
      looks.put(look.label(), look);
      double level = bound.get().ndcg10().mean();
      Style.add(chart, look, new double[] {-0.3, places.size() - 0.7}, new double[] {level, level});
    }
  }

  private XYChart ages() {
    XYChart chart =
        Style.chart(
            "Gain of %s over L = %d".formatted(gaining(), result.reference()),
            "events since the user last took the target's kind",
            "Δ NDCG@10");
    Style.add(
        chart, Look.reference("zero"), new double[] {-0.3, AGES.size() - 0.7}, new double[] {0, 0});
    result
        .bound(LengthResult.BEST_WITH + longest)
        .ifPresent(bound -> gains(chart, REMEMBERED, bound.byAge(), 0));
    int i = 0;
    for (String curve : result.curves()) {
      gains(chart, curve, result.of(curve).getLast().byAge(), aside(i++));
    }
    chart.getStyler().setYAxisDecimalPattern("0.0##");
    Style.names(chart, 0.6, AGES);
    return chart;
  }

  /** The longest L in words: the same for all curves, or that of each. */
  private String gaining() {
    List<Integer> last =
        result.curves().stream().map(c -> result.of(c).getLast().length()).distinct().toList();
    return last.size() == 1 ? "L = " + last.getFirst() : "the longest L";
  }

  private void gains(XYChart chart, String curve, List<Group> groups, double aside) {
    List<Group> compared =
        groups.stream()
            .filter(g -> g.lessReference().isPresent() && g.requests() >= FEWEST)
            .toList();
    if (compared.isEmpty()) {
      return;
    }
    List<PairedBootstrap> gains =
        compared.stream().map(g -> g.lessReference().orElseThrow()).toList();
    double[] x =
        compared.stream().mapToDouble(g -> TasteAges.LABELS.indexOf(g.label()) + aside).toArray();
    double[] y = gains.stream().mapToDouble(PairedBootstrap::difference).toArray();
    double[] error = gains.stream().mapToDouble(gain -> (gain.high() - gain.low()) / 2).toArray();
    XYSeries series =
        curve.equals(REMEMBERED)
            ? chart.addSeries(curve, x, y)
            : chart.addSeries(curve, x, y, error);
    Style.apply(series, looks.get(curve).alone());
  }

  private static OptionalDouble number(Point point, Function<Budget, OptionalDouble> cost) {
    return cost.apply(point.budget().orElseThrow());
  }

  private XYChart cost(String title, String unit, Function<Budget, OptionalDouble> cost) {
    XYChart chart = chart(title, unit);
    List<Double> all = new ArrayList<>();
    for (String curve : result.curves()) {
      List<Point> points =
          result.of(curve).stream().filter(p -> number(p, cost).orElse(0) > 0).toList();
      if (!points.isEmpty()) {
        double[] y = points.stream().mapToDouble(p -> number(p, cost).orElseThrow()).toArray();
        Arrays.stream(y).forEach(all::add);
        Style.add(chart, looks.get(curve), points.stream().mapToDouble(Point::length).toArray(), y);
      }
    }
    if (all.isEmpty()) {
      Style.add(
          chart,
          Look.reference("not measured"),
          new double[] {shortest, longest},
          new double[] {1, 1});
      all.add(1.0);
    }
    chart.getStyler().setYAxisLogarithmic(true);
    double low = all.stream().mapToDouble(value -> value).min().orElseThrow();
    double high = all.stream().mapToDouble(value -> value).max().orElseThrow();
    chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(low))));
    chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(high) + 1e-9)));
    chart.getStyler().setYAxisDecimalPattern("0.####");
    return chart;
  }

  /** A panel over lengths. */
  private XYChart chart(String title, String yTitle) {
    XYChart chart = Style.chart(title, "L, latest events that a request sees", yTitle);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(shortest / 1.3);
    chart.getStyler().setXAxisMax(longest * 1.3);
    chart.getStyler().setXAxisDecimalPattern("0");
    return chart;
  }
}
