package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import seminar.figure.Style.Look;

/**
 * Several charts in a grid under one title. Lines that end at the right of their chart have their
 * names there; the others stand in one legend below, in as many columns as fit. Of charts side by
 * side with the same lines the last alone has names.
 *
 * @param title above all panels
 * @param subtitle under the title: what holds for all panels
 * @param charts in reading order
 * @param columns how many stand side by side
 * @param legend of all panels
 * @param over what is drawn over them
 */
record Panels(
    String title,
    String subtitle,
    List<XYChart> charts,
    int columns,
    List<Look> legend,
    Over over) {
  private static final int MARGIN = 12;
  private static final int HEAD = 62;
  private static final int LINE = 24;
  private static final int SAMPLE = 34;

  /** Nothing is drawn over the charts. */
  Panels(String title, String subtitle, List<XYChart> charts, int columns, List<Look> legend) {
    this(title, subtitle, charts, columns, legend, (chart, g) -> {});
  }

  /** Draws over a chart. */
  interface Over {
    /**
     * Called when the chart has been painted.
     *
     * @param chart its number
     */
    void draw(int chart, Graphics2D g);
  }

  /** The same with something over the charts. */
  Panels over(Over drawing) {
    return new Panels(title, subtitle, charts, columns, legend, drawing);
  }

  /** The picture. */
  BufferedImage image() {
    List<LineLabels> labels = labels();
    int[] left = left(labels);
    int width = left[columns];
    int rows = (charts.size() + columns - 1) / columns;
    List<Look> named = labels.stream().flatMap(chart -> chart.looks().stream()).toList();
    Legend under =
        Legend.of(
            legend.stream().filter(look -> !named.contains(look)).toList(), width - 2 * MARGIN);
    int legendTop = HEAD + rows * Style.HEIGHT;
    int height = legendTop + under.rows() * LINE + MARGIN;
    return new Drawing(
        width,
        height,
        g -> {
          centred(g, title, Style.TITLE, width, 28);
          centred(g, subtitle, Style.TEXT, width, 50);
          for (int i = 0; i < charts.size(); i++) {
            Graphics2D panel = (Graphics2D) g.create();
            panel.translate(left[i % columns], HEAD + i / columns * Style.HEIGHT);
            charts.get(i).paint(panel, Style.WIDTH, Style.HEIGHT);
            labels.get(i).draw(panel);
            over.draw(i, panel);
            panel.dispose();
          }
          under.draw(g, width, legendTop);
        });
  }

  /** Where each column begins, and where the last ends. */
  private int[] left(List<LineLabels> labels) {
    int[] left = new int[columns + 1];
    for (int column = 0; column < columns; column++) {
      int room = 0;
      for (int i = column; i < charts.size(); i += columns) {
        room = Math.max(room, labels.get(i).isEmpty() ? 0 : labels.get(i).width());
      }
      left[column + 1] = left[column] + Style.WIDTH + room;
    }
    return left;
  }

  /** The names beside each chart; none beside any where they have no room, or one line alone. */
  private List<LineLabels> labels() {
    List<LineLabels> labels = new ArrayList<>();
    for (XYChart chart : charts) {
      labels.add(LineLabels.of(chart, legend));
    }
    long named = labels.stream().flatMap(chart -> chart.looks().stream()).distinct().count();
    boolean fit = named > 1 && labels.stream().allMatch(LineLabels::fits);
    for (int i = 0; i < charts.size(); i++) {
      boolean hasNext = (i + 1) % columns != 0 && i + 1 < charts.size();
      if (!fit || hasNext && labels.get(i + 1).looks().containsAll(labels.get(i).looks())) {
        labels.set(i, new LineLabels(charts.get(i), List.of()));
      }
    }
    return labels;
  }

  /** Draws text in the middle, smaller where the picture is too narrow for it. */
  private static void centred(Graphics2D g, String text, Font font, int width, int baseline) {
    float needed = g.getFontMetrics(font).stringWidth(text);
    float scale = Math.min(1, (width - 2 * MARGIN) / needed);
    g.setFont(font.deriveFont(scale * font.getSize2D()));
    g.setColor(Style.INK);
    g.drawString(text, (width - g.getFontMetrics().stringWidth(text)) / 2, baseline);
  }

  /** Samples and names in a grid whose columns are as wide as the longest name. */
  private record Legend(List<Look> looks, int columns, int cell) {
    static Legend of(List<Look> looks, int width) {
      Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      int cell = 0;
      for (Look look : looks) {
        cell = Math.max(cell, SAMPLE + 30 + g.getFontMetrics(Style.TEXT).stringWidth(look.label()));
      }
      g.dispose();
      return new Legend(
          looks, Math.clamp(width / Math.max(1, cell), 1, Math.max(1, looks.size())), cell);
    }

    int rows() {
      return (looks.size() + columns - 1) / columns;
    }

    void draw(Graphics2D g, int width, int top) {
      int left = (width - columns * cell + 22) / 2;
      for (int i = 0; i < looks.size(); i++) {
        Look look = looks.get(i);
        int x = left + i % columns * cell;
        int middle = top + i / columns * LINE + LINE / 2;
        g.setColor(look.color());
        if (look.line() != Style.NO_LINE) {
          g.setStroke(look.line());
          g.drawLine(x, middle, x + SAMPLE, middle);
        }
        g.setStroke(new BasicStroke(1));
        look.marker().paint(g, x + SAMPLE / 2.0, middle, 8);
        g.setColor(Style.INK);
        g.setFont(Style.TEXT);
        g.drawString(look.label(), x + SAMPLE + 8, middle + 5);
      }
    }
  }
}
