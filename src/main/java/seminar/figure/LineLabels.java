package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import seminar.figure.Style.Look;

/**
 * Names of lines at their right ends, in their colours, one under another without overlap: nobody
 * has to look them up in a legend.
 *
 * @param chart has a series for each look
 * @param looks whose lines end at the right
 */
record LineLabels(XYChart chart, List<Look> looks) {
  /** Longest line of a name. */
  private static final int WIDEST = 150;

  private static final Font FONT = Style.TEXT.deriveFont(12f);
  private static final int LINE = 14;
  private static final int BETWEEN = 3;
  private static final int LEADER = 22;

  /** How far right in its chart a line must end. */
  private static final double RIGHT = 0.75;

  /** Of a chart's height, free above and below. */
  private static final int MARGIN = 16;

  /** A name in short lines, and where it stands. */
  private static final class Label {
    final Look look;
    final List<String> lines;
    double x;
    double y;

    Label(Look look, FontMetrics metrics) {
      this.look = look;
      this.lines = wrapped(look.label(), metrics);
    }

    double height() {
      return lines.size() * LINE + BETWEEN;
    }
  }

  /** The labels of those lines of a chart that end at its right. */
  static LineLabels of(XYChart chart, List<Look> looks) {
    double[] all =
        chart.getSeriesCollection().stream()
            .flatMapToDouble(series -> Arrays.stream(series.getXData()))
            .toArray();
    double low = Arrays.stream(all).min().orElse(0);
    double high = Arrays.stream(all).max().orElse(1);
    boolean logarithmic = chart.getStyler().isXAxisLogarithmic();
    List<Look> right = new ArrayList<>();
    for (Look look : looks) {
      XYSeries series = chart.getSeries(look.label());
      if (series != null && series.getLineStyle() != Style.NO_LINE && low < high) {
        double[] x = series.getXData();
        double end = x[x.length - 1];
        double place =
            logarithmic ? Math.log(end / low) / Math.log(high / low) : (end - low) / (high - low);
        boolean rises = end > x[0] && end == Arrays.stream(x).max().orElseThrow();
        if (rises && place >= RIGHT) {
          right.add(look);
        }
      }
    }
    return new LineLabels(chart, right);
  }

  boolean isEmpty() {
    return looks.isEmpty();
  }

  /** Whether all names have room beside a chart. */
  boolean fits() {
    return labels().stream().mapToDouble(Label::height).sum() <= Style.HEIGHT - 2 * MARGIN;
  }

  /** How much room they need beside the chart. */
  int width() {
    FontMetrics metrics = metrics();
    int widest =
        labels().stream()
            .flatMap(label -> label.lines.stream())
            .mapToInt(metrics::stringWidth)
            .max()
            .orElse(-LEADER);
    return LEADER + widest;
  }

  /** Draws them right of the chart, which must have been painted. */
  void draw(Graphics2D g) {
    List<Label> labels = labels();
    for (Label label : labels) {
      XYSeries series = chart.getSeries(label.look.label());
      int last = series.getXData().length - 1;
      label.x = chart.getScreenXFromChart(series.getXData()[last]);
      label.y = chart.getScreenYFromChart(series.getYData()[last]);
    }
    labels.sort(Comparator.comparingDouble(label -> label.y));
    double[] middles =
        spread(
            labels.stream().mapToDouble(label -> label.y).toArray(),
            labels.stream().mapToDouble(Label::height).toArray());
    g.setFont(FONT);
    for (int i = 0; i < middles.length; i++) {
      draw(g, labels.get(i), middles[i]);
    }
  }

  private static void draw(Graphics2D g, Label label, double middle) {
    double left = Style.WIDTH + LEADER - 6;
    g.setColor(Shades.mixed(label.look.color(), 0.6));
    g.setStroke(new BasicStroke(1));
    g.draw(new Line2D.Double(label.x + 6, label.y, left - 3, middle));
    g.setColor(Shades.letters(label.look.color()));
    double baseline = middle - label.lines.size() * LINE / 2.0 + LINE - 3.5;
    for (String line : label.lines) {
      g.drawString(line, (float) left, (float) baseline);
      baseline += LINE;
    }
  }

  /** Labels that touch one another, together as near to their lines as they can be. */
  private record Group(int first, int count, double top, double height) {
    /** Of labels in order, from one to before another. */
    static Group of(double[] wanted, double[] heights, int from, int to) {
      double sum = 0;
      double height = 0;
      for (int i = from; i < to; i++) {
        sum += wanted[i] - height - heights[i] / 2;
        height += heights[i];
      }
      double top = Math.clamp(sum / (to - from), MARGIN, Style.HEIGHT - MARGIN - height);
      return new Group(from, to - from, top, height);
    }
  }

  /**
   * Moves labels apart as little as they must.
   *
   * @param wanted their middles, rising
   * @param heights as many
   * @return their middles, none over another
   */
  static double[] spread(double[] wanted, double[] heights) {
    Deque<Group> groups = new ArrayDeque<>();
    for (int i = 0; i < wanted.length; i++) {
      Group group = Group.of(wanted, heights, i, i + 1);
      while (!groups.isEmpty() && group.top < groups.getLast().top + groups.getLast().height) {
        group = Group.of(wanted, heights, groups.removeLast().first, i + 1);
      }
      groups.addLast(group);
    }
    double[] middles = new double[wanted.length];
    for (Group group : groups) {
      double at = group.top;
      for (int i = group.first; i < group.first + group.count; i++) {
        middles[i] = at + heights[i] / 2;
        at += heights[i];
      }
    }
    return middles;
  }

  private List<Label> labels() {
    FontMetrics metrics = metrics();
    List<Label> labels = new ArrayList<>();
    looks.forEach(look -> labels.add(new Label(look, metrics)));
    return labels;
  }

  private static FontMetrics metrics() {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = g.getFontMetrics(FONT);
    g.dispose();
    return metrics;
  }

  /** A name in lines that have room: cut after commas if that is enough, else between words. */
  private static List<String> wrapped(String name, FontMetrics metrics) {
    List<String> lines = packed(name.split("(?<=,) "), metrics);
    boolean fits = lines.stream().allMatch(line -> metrics.stringWidth(line) <= WIDEST);
    return fits ? lines : packed(name.split(" (?!=)(?<!= )"), metrics);
  }

  private static List<String> packed(String[] parts, FontMetrics metrics) {
    List<String> lines = new ArrayList<>(List.of(parts[0]));
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      String longer = lines.getLast() + " " + part;
      if (metrics.stringWidth(longer) > WIDEST) {
        lines.add(part);
      } else {
        lines.set(lines.size() - 1, longer);
      }
    }
    return lines;
  }
}
