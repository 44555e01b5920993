package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import seminar.experiment.FullTable;
import seminar.figure.Style.Look;
import seminar.math.Checks;

/**
 * Models among all items: what each reaches alone and after a first stage, and what it shows to
 * everybody, side by side.
 */
public final class DotPanels {
  private static final int PANEL = 230;
  private static final int GAP = 56;
  private static final int LINE = 25;
  private static final int HEAD = 104;
  private static final int FOOT = 46;
  private static final int MARGIN = 16;

  private DotPanels() {}

  /** A number of a row with its interval, and of two others if there are any. */
  private record Dots(double value, double halfWidth, OptionalDouble ring, OptionalDouble cross) {
    static Dots of(double value) {
      return new Dots(value, 0, OptionalDouble.empty(), OptionalDouble.empty());
    }

    double largest() {
      return Math.max(value + halfWidth, Math.max(ring.orElse(0), cross.orElse(0)));
    }
  }

  private record Panel(String title, List<Dots> rows, double most) {}

  /**
   * Draws the picture and writes it with its JSON twin.
   *
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(FullTable table, Map<String, ?> more, Path png) throws IOException {
    new FigureFile(table.heading().title())
        .with("corpus", table.heading().corpus())
        .with("task", table.task())
        .with(more)
        .with("rows", table.rows().stream().map(DotPanels::told).toList())
        .write(image(table), png);
  }

  private static Map<String, Object> told(FullTable.Row row) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("model", row.name());
    told.put("ndcg10OfFew", row.sampled());
    told.put("ndcg10", row.ndcg10());
    told.put("halfWidth", row.halfWidth());
    told.put("hit10", row.hit10());
    told.put("mrr", row.mrr());
    row.difference().ifPresent(difference -> told.put("lessReference", difference));
    row.after().ifPresent(pair -> told.put("afterFirstStage", pair));
    row.mixed().ifPresent(pair -> told.put("mixedWithFirstStage", pair));
    row.weight().ifPresent(weight -> told.put("weightOfFirstStage", weight));
    told.put("beyond", row.beyond());
    return told;
  }

  /** The picture alone. */
  public static BufferedImage image(FullTable table) {
    Checks.atLeast(1, "number of models", table.rows().size());
    List<Panel> panels = panels(table);
    int names = names(table) + 2 * MARGIN;
    int width = names + panels.size() * (PANEL + GAP);
    int height = HEAD + table.rows().size() * LINE + FOOT;
    return new Drawing(width, height, g -> draw(g, table, panels, names, width));
  }

  private static List<Panel> panels(FullTable table) {
    List<Dots> levels =
        table.rows().stream()
            .map(
                row ->
                    new Dots(
                        row.ndcg10(),
                        row.halfWidth(),
                        row.after()
                            .map(pair -> OptionalDouble.of(pair.ndcg10()))
                            .orElse(OptionalDouble.empty()),
                        row.mixed()
                            .map(pair -> OptionalDouble.of(pair.ndcg10()))
                            .orElse(OptionalDouble.empty())))
            .toList();
    double most = levels.stream().mapToDouble(Dots::largest).max().orElse(1);
    return List.of(
        new Panel("NDCG@10 among all items", levels, Math.ceil(most * 20 + 0.1) / 20),
        new Panel(
            "coverage@10",
            table.rows().stream().map(row -> Dots.of(row.beyond().coverage())).toList(),
            1),
        new Panel(
            "popularity@10",
            table.rows().stream().map(row -> Dots.of(row.beyond().popularity())).toList(),
            1));
  }

  private static int names(FullTable table) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    int widest =
        table.rows().stream()
            .mapToInt(row -> g.getFontMetrics(Style.TEXT).stringWidth(row.name()))
            .max()
            .orElse(0);
    g.dispose();
    return widest;
  }

  private static void draw(
      Graphics2D g, FullTable table, List<Panel> panels, int names, int width) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    String corpus = Label.of(table.heading().corpus(), Style.TITLE);
    g.drawString("%s on %s, all items".formatted(table.heading().title(), corpus), MARGIN, 28);
    fitted(g, table.task(), width, 48);
    String marks =
        table.recall().isPresent()
            ? "● alone, bar: 95 % over users   ○ after the first stage   × mixed with its score"
            : "● bar: 95 % over users";
    fitted(g, marks + "; shown: the ten best of every user", width, 66);
    for (int i = 0; i < panels.size(); i++) {
      panel(g, panels.get(i), names + i * (PANEL + GAP));
    }
    for (int row = 0; row < table.rows().size(); row++) {
      String name = table.rows().get(row).name();
      int y = HEAD + row * LINE + LINE / 2;
      g.setFont(Style.TEXT);
      g.setColor(Style.INK);
      g.drawString(name, MARGIN, y + 5);
      Color color =
          MethodLooks.of(name).map(Look::color).orElse(MethodLooks.Family.SEMINAR.color());
      for (int i = 0; i < panels.size(); i++) {
        dots(g, panels.get(i), row, names + i * (PANEL + GAP), y, color);
      }
    }
  }

  private static void fitted(Graphics2D g, String text, int width, int y) {
    g.setFont(Style.TEXT);
    float room = (float) (width - 2 * MARGIN) / g.getFontMetrics().stringWidth(text);
    g.setFont(Style.TEXT.deriveFont(Math.min(1, room) * Style.TEXT.getSize2D()));
    g.drawString(text, MARGIN, y);
  }

  private static void panel(Graphics2D g, Panel panel, int left) {
    g.setFont(Style.PANEL);
    g.setColor(Style.INK);
    int width = g.getFontMetrics().stringWidth(panel.title);
    g.drawString(panel.title, left + (PANEL - width) / 2, HEAD - 10);
    int bottom = HEAD + panel.rows.size() * LINE;
    g.setFont(Style.TEXT);
    double step = panel.most > 0.5 ? 0.25 : panel.most > 0.2 ? 0.1 : 0.05;
    for (int tick = 0; tick * step <= panel.most + 1e-9; tick++) {
      double x = x(panel, left, tick * step);
      g.setColor(Style.GRID);
      g.setStroke(new BasicStroke(1));
      g.draw(new Line2D.Double(x, HEAD - 4, x, bottom + 4));
      g.setColor(Style.INK);
      String label = String.format(Locale.ROOT, "%.2f", tick * step);
      g.drawString(label, (float) x - g.getFontMetrics().stringWidth(label) / 2f, bottom + 22);
    }
  }

  private static double x(Panel panel, int left, double value) {
    return left + value / panel.most * PANEL;
  }

  private static void dots(Graphics2D g, Panel panel, int row, int left, int y, Color color) {
    Dots dots = panel.rows.get(row);
    g.setColor(color);
    g.setStroke(new BasicStroke(2.2f));
    double low = x(panel, left, Math.max(0, dots.value - dots.halfWidth));
    double high = x(panel, left, Math.min(panel.most, dots.value + dots.halfWidth));
    g.draw(new Line2D.Double(low, y, high, y));
    g.fill(new Ellipse2D.Double(x(panel, left, dots.value) - 4.5, y - 4.5, 9, 9));
    g.setStroke(new BasicStroke(1.6f));
    dots.ring.ifPresent(
        value -> g.draw(new Ellipse2D.Double(x(panel, left, value) - 4.5, y - 4.5, 9, 9)));
    dots.cross.ifPresent(
        value -> {
          double at = x(panel, left, value);
          g.setColor(Style.INK);
          g.draw(new Line2D.Double(at - 4, y - 4, at + 4, y + 4));
          g.draw(new Line2D.Double(at - 4, y + 4, at + 4, y - 4));
        });
  }
}
