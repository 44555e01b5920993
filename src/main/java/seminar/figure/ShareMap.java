package seminar.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.math.Checks;

/**
 * Tables of shares as coloured squares, side by side: which pair of a target channel and an event
 * channel decides the order of events, or which channel does for which head. Blue is a positive
 * share, orange a negative one.
 */
public final class ShareMap {
  private static final int CELL = 62;
  private static final int LEFT = 96;
  private static final int HEAD = 62;
  private static final int TOP = 52;
  private static final int GAP = 34;
  private static final Color POSITIVE = new Color(0x0072B2);
  private static final Color NEGATIVE = new Color(0xD55E00);

  private ShareMap() {}

  /**
   * One table.
   *
   * @param title above it
   * @param shares [rows, columns]
   */
  public record Panel(String title, double[][] shares) {}

  /**
   * Draws square tables and writes the picture with its JSON twin.
   *
   * @param labels n names of channels: rows are the target's, columns the events'
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(
      String title,
      String subtitle,
      List<String> labels,
      List<Panel> panels,
      Map<String, ?> more,
      Path png)
      throws IOException {
    new FigureFile(title)
        .with(more)
        .with("channels", labels)
        .with("panels", panels)
        .write(image(title, subtitle, labels, panels), png);
  }

  /**
   * The picture of square tables.
   *
   * @param labels n names of channels: rows are the target's, columns the events'
   * @throws IllegalArgumentException if there is no panel or a table is not [n, n]
   */
  public static BufferedImage image(
      String title, String subtitle, List<String> labels, List<Panel> panels) {
    return image(title, subtitle, labels, labels, panels);
  }

  /**
   * The picture.
   *
   * @param rows names of the rows
   * @param columns names of the columns
   * @throws IllegalArgumentException if there is no panel or a table is not [rows, columns]
   */
  public static BufferedImage image(
      String title, String subtitle, List<String> rows, List<String> columns, List<Panel> panels) {
    Checks.atLeast(1, "number of panels", panels.size());
    int width = panels.size() * side(columns) + GAP;
    int height = HEAD + TOP + rows.size() * CELL + GAP;
    return new Drawing(width, height, g -> draw(g, title, subtitle, rows, columns, panels));
  }

  private static int side(List<String> columns) {
    return LEFT + columns.size() * CELL + GAP;
  }

  private static void draw(
      Graphics2D g,
      String title,
      String subtitle,
      List<String> rows,
      List<String> columns,
      List<Panel> panels) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    centred(g, title, (panels.size() * side(columns) + GAP) / 2, 28);
    g.setFont(Style.TEXT);
    centred(g, subtitle, (panels.size() * side(columns) + GAP) / 2, 50);
    for (int i = 0; i < panels.size(); i++) {
      Graphics2D at = (Graphics2D) g.create();
      at.translate(i * side(columns) + GAP / 2, HEAD);
      draw(at, rows, columns, panels.get(i));
      at.dispose();
    }
  }

  private static void draw(Graphics2D g, List<String> rows, List<String> columns, Panel panel) {
    Checks.sameLength("rows of '" + panel.title + "'", panel.shares.length, "labels", rows.size());
    g.setColor(Style.INK);
    g.setFont(Style.PANEL);
    centred(g, panel.title, LEFT + columns.size() * CELL / 2, 18);
    g.setFont(Style.TEXT);
    for (int j = 0; j < columns.size(); j++) {
      centred(g, columns.get(j), LEFT + j * CELL + CELL / 2, TOP - 8);
    }
    double most = 1e-12;
    for (int i = 0; i < rows.size(); i++) {
      double[] row = panel.shares[i];
      Checks.sameLength("row of '" + panel.title + "'", row.length, "labels", columns.size());
      int right = LEFT - 8 - g.getFontMetrics().stringWidth(rows.get(i));
      g.drawString(rows.get(i), right, TOP + i * CELL + CELL / 2 + 5);
      for (double share : row) {
        most = Math.max(most, Math.abs(share));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        cell(g, LEFT + j * CELL, TOP + i * CELL, panel.shares[i][j], most);
      }
    }
  }

  private static void cell(Graphics2D g, int x, int y, double share, double most) {
    double strength = Math.abs(share) / most;
    g.setColor(Shades.mixed(share < 0 ? NEGATIVE : POSITIVE, strength));
    g.fillRect(x + 1, y + 1, CELL - 2, CELL - 2);
    g.setColor(strength > 0.5 ? Color.WHITE : Style.INK);
    centred(
        g,
        String.format(Locale.ROOT, "%d %%", Math.round(100 * share)),
        x + CELL / 2,
        y + CELL / 2 + 5);
  }

  private static void centred(Graphics2D g, String text, int x, int baseline) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, baseline);
  }
}
