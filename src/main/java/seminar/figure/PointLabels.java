package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * Short names beside the points of a chart: each where it has room, as near to its point as it can
 * be, with a thin line where it stands apart.
 */
final class PointLabels {
  private static final int MARKER = 6;
  private static final int NEAR = 9;
  private static final int FAR = 105;
  private static final int STEP = 8;
  private static final int DIRECTIONS = 16;
  private static final int EDGE = 3;

  private final XYChart chart;
  private final List<Point> points;

  /**
   * A named point.
   *
   * @param x on the axis of the chart
   * @param y on the axis of the chart
   */
  record Point(String name, Color color, double x, double y) {}

  PointLabels(XYChart chart, List<Point> points) {
    this.chart = chart;
    this.points = List.copyOf(points);
  }

  /** Draws them over the chart, which must have been painted. */
  void draw(Graphics2D g) {
    g.setFont(Style.TEXT.deriveFont(12f));
    FontMetrics metrics = g.getFontMetrics();
    Rectangle2D room = room();
    List<Rectangle2D> taken = new ArrayList<>();
    for (Point point : points) {
      double x = chart.getScreenXFromChart(point.x);
      double y = chart.getScreenYFromChart(point.y);
      taken.add(new Rectangle2D.Double(x - MARKER, y - MARKER, 2 * MARKER, 2 * MARKER));
    }
    for (Point point : points) {
      double x = chart.getScreenXFromChart(point.x);
      double y = chart.getScreenYFromChart(point.y);
      Rectangle2D box = place(x, y, metrics.stringWidth(point.name), metrics, room, taken);
      taken.add(box);
      g.setColor(Shades.mixed(point.color, 0.6));
      g.setStroke(new BasicStroke(1));
      double nearX = Math.clamp(x, box.getMinX(), box.getMaxX());
      double nearY = Math.clamp(y, box.getMinY(), box.getMaxY());
      if (Math.hypot(nearX - x, nearY - y) > 2 * MARKER) {
        g.draw(new Line2D.Double(x, y, nearX, nearY));
      }
      g.setColor(Shades.letters(point.color));
      float baseline = (float) box.getMaxY() - metrics.getDescent();
      g.drawString(point.name, (float) box.getMinX(), baseline);
    }
  }

  /** Where the plot is: between the ends of both axes. */
  private Rectangle2D room() {
    double left = chart.getScreenXFromChart(chart.getStyler().getXAxisMin());
    double right = chart.getScreenXFromChart(chart.getStyler().getXAxisMax());
    double top = chart.getScreenYFromChart(chart.getStyler().getYAxisMax());
    double bottom = chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
    return new Rectangle2D.Double(
        left + EDGE, top + EDGE, right - left - 2 * EDGE, bottom - top - 2 * EDGE);
  }

  /** The nearest free place; the nearest of all where none is free. */
  private static Rectangle2D place(
      double x,
      double y,
      int width,
      FontMetrics metrics,
      Rectangle2D room,
      List<Rectangle2D> taken) {
    int height = metrics.getAscent() + metrics.getDescent();
    for (int distance = NEAR; distance <= FAR; distance += STEP) {
      for (int i = 0; i < DIRECTIONS; i++) {
        double angle = 2 * Math.PI * i / DIRECTIONS;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        Rectangle2D box =
            new Rectangle2D.Double(
                x + distance * cos + (cos - 1) / 2 * width,
                y + distance * sin + (sin - 1) / 2 * height,
                width,
                height);
        if (room.contains(box) && taken.stream().noneMatch(box::intersects)) {
          return box;
        }
      }
    }
    return new Rectangle2D.Double(x + NEAR, y - height / 2.0, width, height);
  }
}
