package seminar.world;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** The grounds of pictures, drawn in the current colour. */
final class Patterns {
  static final int COUNT = 6;

  private Patterns() {}

  /**
   * Draws one of the patterns.
   *
   * @param phase by how many pixels it is shifted
   */
  static void draw(Graphics2D g, int pattern, int size, int phase) {
    g.setStroke(new BasicStroke(3));
    for (int at = phase - 2 * size; at < 2 * size; at += 8) {
      switch (pattern) {
        case 0 -> g.draw(new Line2D.Double(0, at, size, at));
        case 1 -> g.draw(new Line2D.Double(at, 0, at, size));
        case 2 -> g.draw(new Line2D.Double(at, 0, at + size, size));
        case 3 -> dots(g, at, size, phase);
        case 4 -> checks(g, at, size, phase);
        default -> ring(g, at - phase, size);
      }
    }
  }

  private static void dots(Graphics2D g, int at, int size, int phase) {
    for (int x = phase - 8; x < size + 8; x += 8) {
      g.fill(new Ellipse2D.Double(x, at, 4, 4));
    }
  }

  private static void checks(Graphics2D g, int at, int size, int phase) {
    int row = Math.floorDiv(at - phase, 8);
    for (int x = phase - 16 + 8 * Math.floorMod(row, 2); x < size + 16; x += 16) {
      g.fill(new Rectangle2D.Double(x, at, 8, 8));
    }
  }

  private static void ring(Graphics2D g, int radius, int size) {
    if (radius > 0) {
      double corner = size / 2.0 - radius;
      g.draw(new Ellipse2D.Double(corner, corner, 2.0 * radius, 2.0 * radius));
    }
  }
}
