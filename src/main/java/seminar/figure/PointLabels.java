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

  /**
   * A point that is to have a name.
   *
   * @param x on the screen
   * @param y on the screen
   * @param width of the name
   */
  record Mark(double x, double y, double width) {}

  /** Draws them over the chart, which must have been painted. */
  void draw(Graphics2D g) {
    g.setFont(Style.TEXT.deriveFont(12f));
    FontMetrics metrics = g.getFontMetrics();
    List<Mark> marks =
        points.stream()
            .map(
                point ->
                    new Mark(
                        chart.getScreenXFromChart(point.x),
                        chart.getScreenYFromChart(point.y),
                        metrics.stringWidth(point.name)))
            .toList();
    List<Rectangle2D> boxes = boxes(marks, metrics.getAscent() + metrics.getDescent(), room());
    for (int i = 0; i < boxes.size(); i++) {
      Rectangle2D box = boxes.get(i);
      Mark mark = marks.get(i);
      Color color = points.get(i).color;
      double nearX = Math.clamp(mark.x, box.getMinX(), box.getMaxX());
      double nearY = Math.clamp(mark.y, box.getMinY(), box.getMaxY());
      if (Math.hypot(nearX - mark.x, nearY - mark.y) > 2 * MARKER) {
        g.setColor(Shades.mixed(color, 0.6));
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(mark.x, mark.y, nearX, nearY));
      }
      g.setColor(Shades.letters(color));
      float baseline = (float) box.getMaxY() - metrics.getDescent();
      g.drawString(points.get(i).name, (float) box.getMinX(), baseline);
    }
  }

  /** Where names stand. */
  static List<Rectangle2D> boxes(List<Mark> marks, double height, Rectangle2D room) {
    List<Rectangle2D> taken = new ArrayList<>();
    for (Mark mark : marks) {
      taken.add(new Rectangle2D.Double(mark.x - MARKER, mark.y - MARKER, 2 * MARKER, 2 * MARKER));
    }
    List<Rectangle2D> boxes = new ArrayList<>();
    for (Mark mark : marks) {
      Rectangle2D box = box(mark, height, room, taken);
      taken.add(box);
      boxes.add(box);
    }
    return boxes;
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

  /** The nearest free place; at the right of the point where none is free. */
  private static Rectangle2D box(
      Mark mark, double height, Rectangle2D room, List<Rectangle2D> taken) {
    for (int distance = NEAR; distance <= FAR; distance += STEP) {
      for (int i = 0; i < DIRECTIONS; i++) {
        double angle = 2 * Math.PI * i / DIRECTIONS;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        Rectangle2D box =
            new Rectangle2D.Double(
                mark.x + distance * cos + (cos - 1) / 2 * mark.width,
                mark.y + distance * sin + (sin - 1) / 2 * height,
                mark.width,
                height);
        if (room.contains(box) && taken.stream().noneMatch(box::intersects)) {
          return box;
        }
      }
    }
    return new Rectangle2D.Double(mark.x + NEAR, mark.y - height / 2, mark.width, height);
  }
}
