package seminar.figure;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.profile.HistoryLengths;
import seminar.profile.HistoryLengths.Point;

/**
 * How long histories are: the share of users with at least n events against n, both logarithmic,
 * with mean and median marked. A straight line is a power law.
 */
public final class LengthDistribution {
  private LengthDistribution() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the corpus and the picture
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if every history is empty or the name does not end in .png
   */
  public static void draw(HistoryLengths lengths, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile("Complementary cumulative distribution of history lengths")
        .with("provenance", provenance)
        .with("lengths", lengths)
        .write(image(lengths), png);
  }

  /** The picture alone. */
  public static BufferedImage image(HistoryLengths lengths) {
    List<Point> points = lengths.points();
    Checks.atLeast(1, "number of lengths", points.size());
    XYChart chart = Style.chart("", "length n, events", "share of users with ≥ n events");
    double least = Math.min(0.1, points.getLast().share()) / 1.5;
    Style.logarithmic(chart, Math.max(10, 1.3 * points.getLast().length()), least, 1);
    List<Look> legend = new ArrayList<>();
    Look curve = new Look("histories", Style.color(1), SeriesMarkers.NONE, new BasicStroke(2.2f));
    legend.add(curve);
    Style.add(
        chart,
        curve,
        points.stream().mapToDouble(Point::length).toArray(),
        points.stream().mapToDouble(Point::share).toArray());
    double mean = lengths.lengths().mean();
    double median = lengths.lengths().median();
    legend.add(mark(chart, Look.reference(label("mean %,.1f", mean)), mean, least));
    Look middle =
        new Look(
            label("median %,.1f", median),
            Style.color(0),
            SeriesMarkers.NONE,
            new BasicStroke(1.6f));
    legend.add(mark(chart, middle, median, least));
    String title = "Lengths of histories: " + Label.of(lengths.corpus(), Style.TITLE);
    String subtitle =
        label(
            "%,d users, the longest history has %,d events",
            lengths.users(), lengths.lengths().max());
    return new Panels(title, subtitle, List.of(chart), 1, legend).image();
  }

  /** A vertical line; one left of the axis, at less than one event, stands on the axis. */
  private static Look mark(XYChart chart, Look look, double at, double least) {
    double x = Math.max(1, at);
    Style.add(chart, look, new double[] {x, x}, new double[] {least, 1});
    return look;
  }

  private static String label(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
