package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import seminar.figure.Style.Look;
import seminar.math.Checks;

/**
 * A panel with lines and points, for a question asked in a notebook that has no figure of its own.
 *
 * <p>Series with the same name look the same in all panels of a picture, and those of methods in
 * all pictures. Immutable.
 *
 * @param title above the panel
 * @param xTitle below the horizontal axis
 * @param yTitle beside the vertical axis
 * @param logarithmic whether both axes are; x then starts at 1 or later
 * @param places names of x = 0, 1, 2 …, where x is not a number; none for numbers
 * @param series in the order of the legend
 */
public record Curves(
    String title,
    String xTitle,
    String yTitle,
    boolean logarithmic,
    List<String> places,
    List<Series> series) {

  /** How a series is drawn. */
  public enum Form {
    /** Points joined by a line. */
    LINE,
    /** Points alone. */
    POINTS,
    /** Black crosses: the points that a picture is about. */
    CROSSES
  }

  /**
   * One name in the legend.
   *
   * @param label the name
   * @param form how it is drawn
   * @param x one number for each point
   * @param y as many
   * @param error half-widths of the intervals around y; none, or as many
   */
  public record Series(
      String label, Form form, List<Double> x, List<Double> y, List<Double> error) {
    /** Checks that there are as many x as y. */
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
      error = List.copyOf(error);
      if (!error.isEmpty()) {
        Checks.sameLength("y of " + label, y.size(), "error", error.size());
      }
      Checks.sameLength("x of " + label, x.size(), "y", y.size());
      Checks.atLeast(1, "points of " + label, x.size());
    }
  }

  /** Copies the lists. */
  public Curves {
    places = List.copyOf(places);
    series = List.copyOf(series);
  }

  /** An empty panel. */
  public static Curves of(String title, String xTitle, String yTitle) {
    return new Curves(title, xTitle, yTitle, false, List.of(), List.of());
  }

  /** The same with logarithmic axes. */
  public Curves onLogarithmicAxes() {
    return new Curves(title, xTitle, yTitle, true, places, series);
  }

  /** The same with names instead of the numbers 0, 1, 2 … below the horizontal axis. */
  public Curves at(List<String> names) {
    return new Curves(title, xTitle, yTitle, logarithmic, names, series);
  }

  /**
   * The same with a line from point to point, and an interval around each.
   *
   * @param error half-widths of the intervals
   */
  public Curves line(
      String label,
      List<? extends Number> x,
      List<? extends Number> y,
      List<? extends Number> error) {
    return with(label, Form.LINE, x, y, error);
  }

  /** The same with a line from point to point. */
  public Curves line(String label, List<? extends Number> x, List<? extends Number> y) {
    return with(label, Form.LINE, x, y, List.of());
  }

  /** The same with points. */
  public Curves points(String label, List<? extends Number> x, List<? extends Number> y) {
    return with(label, Form.POINTS, x, y, List.of());
  }

  /** The same with crosses. */
  public Curves crosses(String label, List<? extends Number> x, List<? extends Number> y) {
    return with(label, Form.CROSSES, x, y, List.of());
  }

  private Curves with(
      String label,
      Form form,
      List<? extends Number> x,
      List<? extends Number> y,
      List<? extends Number> error) {
    Series added = new Series(label, form, doubles(x), doubles(y), doubles(error));
    List<Series> all = Stream.concat(series.stream(), Stream.of(added)).toList();
    return new Curves(title, xTitle, yTitle, logarithmic, places, all);
  }

  private static List<Double> doubles(List<? extends Number> numbers) {
    return numbers.stream().map(Number::doubleValue).toList();
  }

  /** This panel as a picture. */
  public BufferedImage image(String heading, String subtitle) {
    return image(heading, subtitle, List.of(this));
  }

  /**
   * Panels side by side with one legend.
   *
   * @throws IllegalArgumentException if there is no panel, a panel is empty, or there are more
   *     names than the seven colours
   */
  public static BufferedImage image(String heading, String subtitle, List<Curves> panels) {
    Checks.atLeast(1, "number of panels", panels.size());
    Map<String, Look> looks = looks(panels);
    List<XYChart> charts = new ArrayList<>();
    for (Curves panel : panels) {
      charts.add(panel.chart(looks));
    }
    return new Panels(heading, subtitle, charts, charts.size(), List.copyOf(looks.values()))
        .image();
  }

  /**
   * Writes panels side by side as a figure with its JSON twin, in which every number is.
   *
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(
      String heading, String subtitle, List<Curves> panels, Map<String, ?> more, Path png)
      throws IOException {
    new FigureFile(heading)
        .with(more)
        .with("panels", panels)
        .write(image(heading, subtitle, panels), png);
  }

  private XYChart chart(Map<String, Look> looks) {
    Checks.atLeast(1, "series of panel '" + title + "'", series.size());
    XYChart chart = Style.chart(title, xTitle, yTitle);
    if (logarithmic) {
      Style.logarithmic(
          chart,
          decade(x().max().orElseThrow(), 1),
          decade(y().min().orElseThrow(), 0),
          decade(y().max().orElseThrow(), 1));
      chart.getStyler().setXAxisMin(decade(x().min().orElseThrow(), 0));
    }
    if (!logarithmic && y().map(Math::abs).max().orElseThrow() < 10) {
      chart.getStyler().setYAxisDecimalPattern("0.0##");
    }
    for (Series one : series) {
      Style.apply(add(chart, one), looks.get(one.label));
    }
    if (!places.isEmpty()) {
      Style.names(chart, 0.75, places);
    }
    return chart;
  }

  private static XYSeries add(XYChart chart, Series one) {
    double[] x = array(one.x);
    double[] y = array(one.y);
    return one.error.isEmpty()
        ? chart.addSeries(one.label, x, y)
        : chart.addSeries(one.label, x, y, array(one.error));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private DoubleStream x() {
    return series.stream().flatMap(one -> one.x.stream()).mapToDouble(Double::doubleValue);
  }

  private DoubleStream y() {
    return series.stream().flatMap(one -> one.y.stream()).mapToDouble(Double::doubleValue);
  }

  /** The power of ten at or below a value, or at or above it. */
  private static double decade(double value, int up) {
    double exponent = Math.log10(value);
    return Math.pow(10, up == 0 ? Math.floor(exponent) : Math.ceil(exponent));
  }

  /** How each name looks, the same in all panels; methods look as in all figures. */
  static Map<String, Look> looks(List<Curves> panels) {
    Map<String, Form> forms = new LinkedHashMap<>();
    panels.forEach(panel -> panel.series.forEach(one -> forms.putIfAbsent(one.label, one.form)));
    Map<String, Look> coloured =
        MethodLooks.of(
            forms.keySet().stream().filter(name -> forms.get(name) != Form.CROSSES).toList());
    Map<String, Look> looks = new LinkedHashMap<>();
    forms.forEach(
        (name, form) ->
            looks.put(
                name,
                switch (form) {
                  case LINE -> coloured.get(name);
                  case POINTS -> coloured.get(name).alone();
                  case CROSSES -> Look.paper(name);
                }));
    return looks;
  }
}
