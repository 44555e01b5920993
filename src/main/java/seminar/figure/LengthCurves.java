package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.experiment.LengthMethod;
import seminar.experiment.LengthResult;
import seminar.experiment.LengthResult.Bound;
import seminar.experiment.LengthResult.Group;
import seminar.experiment.LengthResult.Level;
import seminar.experiment.LengthResult.Point;
import seminar.experiment.TasteAges;
import seminar.figure.Style.Look;
import seminar.measure.PairedBootstrap;

/**
 * What a longer history gives and costs: NDCG@10 against L beside the best possible; the gain of
 * the longest L by the age of the event that matters; seconds of an epoch and milliseconds of a
 * request. A method has one colour, its K one marker.
 */
public final class LengthCurves {
  private static final float[] DASHES = {7, 4};
  private static final float[] DOTS = {2, 4};
  private static final Color BLACK = Color.BLACK;

  private final LengthResult result;
  private final Map<String, Look> looks = new LinkedHashMap<>();
  private final double shortest;
  private final double longest;

  private LengthCurves(LengthResult result) {
    this.result = result;
    for (String curve : result.curves()) {
      looks.put(curve, look(result.of(curve).getFirst()));
    }
    shortest = lengths().min().orElse(1);
    longest = lengths().max().orElse(1);
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
    if (result.curves().isEmpty()) {
      throw new IllegalArgumentException("no run of any method is there: nothing can be drawn");
    }
    LengthCurves curves = new LengthCurves(result);
    List<XYChart> charts =
        List.of(
            curves.quality(),
            curves.ages(),
            curves.cost(
                "Training",
                "seconds of an epoch",
                p ->
                    p.budget()
                        .map(b -> b.secondsOfEpoch())
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty())),
            curves.cost(
                "Ranking",
                "ms of a request, 100 candidates",
                p ->
                    p.budget().map(b -> b.millisecondsOfRequest()).orElse(OptionalDouble.empty())));
    return new Panels(heading, subtitle, charts, 2, List.copyOf(curves.looks.values())).image();
  }

  /** Colour of the method, marker of K; dashes say that a method shares its colour. */
  private static Look look(Point point) {
    Marker marker =
        switch (point.topK()) {
          case "50" -> SeriesMarkers.CIRCLE;
          case "L" -> SeriesMarkers.DIAMOND;
          default -> SeriesMarkers.SQUARE;
        };
    return new Look(point.curve(), color(point.method()), marker, stroke(point.method()));
  }

  private static Color color(LengthMethod method) {
    return switch (method) {
      case SEMINAR, NO_PRETRAINING -> Style.category(0);
      case TWIN -> Style.category(1);
      case STCA -> Style.category(2);
      case SIM_HARD, SIM_SOFT -> Style.category(3);
      case ETA, SDIM -> Style.category(4);
      case QIN -> Style.category(5);
      case LATEST -> Style.color(3);
    };
  }

  private static BasicStroke stroke(LengthMethod method) {
    boolean second =
        method == LengthMethod.NO_PRETRAINING
            || method == LengthMethod.SIM_SOFT
            || method == LengthMethod.SDIM;
    return second ? broken(DASHES) : new BasicStroke(2.2f);
  }

  private static BasicStroke broken(float[] pattern) {
    return new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, pattern, 0);
  }

  private IntStream lengths() {
    return result.curves().stream().flatMap(c -> result.of(c).stream()).mapToInt(Point::length);
  }

  private XYChart quality() {
    XYChart chart = chart("Quality, bars: 95 % over users and seeds", "NDCG@10");
    flat(
        chart,
        LengthResult.BEST,
        new Look("best possible", BLACK, SeriesMarkers.NONE, broken(DOTS)));
    List<Integer> remembered =
        lengths()
            .distinct()
            .sorted()
            .filter(events -> result.bound(LengthResult.BEST_WITH + events).isPresent())
            .boxed()
            .toList();
    if (!remembered.isEmpty()) {
      Look look =
          new Look("best possible with L events", BLACK, SeriesMarkers.NONE, new BasicStroke(2.2f));
      looks.putIfAbsent(look.label(), look);
      List<Level> levels =
          remembered.stream()
              .map(events -> result.bound(LengthResult.BEST_WITH + events).orElseThrow().ndcg10())
              .toList();
      Style.add(
          chart,
          look,
          remembered.stream().mapToDouble(events -> events).toArray(),
          levels.stream().mapToDouble(Level::mean).toArray());
    }
    flat(
        chart,
        "popularity",
        new Look("popularity", Style.color(3), SeriesMarkers.NONE, broken(DOTS)));
    int i = 0;
    for (String curve : result.curves()) {
      List<Point> points = result.of(curve);
      double aside = Math.pow(1.02, i++ - (result.curves().size() - 1) / 2.0);
      XYSeries series =
          chart.addSeries(
              curve,
              points.stream().mapToDouble(p -> p.length() * aside).toArray(),
              points.stream().mapToDouble(p -> p.ndcg10().orElseThrow().mean()).toArray(),
              points.stream()
                  .map(p -> p.ndcg10().orElseThrow())
                  .mapToDouble(level -> (level.high() - level.low()) / 2)
                  .toArray());
      Style.apply(series, looks.get(curve));
    }
    chart.getStyler().setYAxisDecimalPattern("0.0#");
    return chart;
  }

  private void flat(XYChart chart, String name, Look look) {
    Optional<Bound> bound = result.bound(name);
    if (bound.isPresent()) {
      looks.putIfAbsent(look.label(), look);
      double level = bound.get().ndcg10().mean();
      Style.add(chart, look, new double[] {shortest, longest}, new double[] {level, level});
    }
  }

  private XYChart ages() {
    XYChart chart =
        Style.chart(
            "Gain of the longest L over L = " + result.reference(),
            "events since the user last took the target's kind",
            "Δ NDCG@10");
    List<String> labels = TasteAges.LABELS;
    Look zero = Look.reference("zero");
    Style.add(chart, zero, new double[] {-0.4, labels.size() - 0.6}, new double[] {0, 0});
    oracleGain()
        .ifPresent(bound -> gains(chart, "best possible with L events", bound.byAge(), labels, 0));
    int i = 0;
    for (String curve : result.curves()) {
      double aside = 0.05 * (i++ - (result.curves().size() - 1) / 2.0);
      gains(chart, curve, result.of(curve).getLast().byAge(), labels, aside);
    }
    chart.getStyler().setXAxisMin(-0.5);
    chart.getStyler().setXAxisMax(labels.size() - 0.5);
    chart.getStyler().setYAxisDecimalPattern("0.0#");
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setXAxisTickMarkSpacingHint((int) (0.75 * Style.WIDTH / labels.size()));
    chart.setCustomXAxisTickLabelsFormatter(
        x -> x == Math.rint(x) && x >= 0 && x < labels.size() ? labels.get(x.intValue()) : " ");
    return chart;
  }

  /** The oracle that remembers the longest length. */
  private Optional<Bound> oracleGain() {
    return result.bound(LengthResult.BEST_WITH + (int) longest);
  }

  private void gains(
      XYChart chart, String curve, List<Group> groups, List<String> labels, double aside) {
    List<Group> compared = groups.stream().filter(g -> g.lessReference().isPresent()).toList();
    if (compared.isEmpty()) {
      return;
    }
    List<PairedBootstrap> gains =
        compared.stream().map(g -> g.lessReference().orElseThrow()).toList();
    XYSeries series =
        chart.addSeries(
            curve,
            compared.stream().mapToDouble(g -> labels.indexOf(g.label()) + aside).toArray(),
            gains.stream().mapToDouble(PairedBootstrap::difference).toArray(),
            gains.stream().mapToDouble(gain -> (gain.high() - gain.low()) / 2).toArray());
    Style.apply(series, looks.get(curve));
  }

  private XYChart cost(String title, String unit, Function<Point, OptionalDouble> number) {
    XYChart chart = chart(title, unit);
    List<Double> all = new ArrayList<>();
    for (String curve : result.curves()) {
      List<Point> points =
          result.of(curve).stream().filter(p -> number.apply(p).orElse(0) > 0).toList();
      if (!points.isEmpty()) {
        double[] y = points.stream().mapToDouble(p -> number.apply(p).orElseThrow()).toArray();
        for (double value : y) {
          all.add(value);
        }
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
