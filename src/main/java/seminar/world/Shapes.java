package seminar.world;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The figures of pictures: each fits a circle of diameter 1 around the origin. */
final class Shapes {
  static final int COUNT = 8;

  private Shapes() {}

  static Shape unit(int shape) {
    return switch (shape) {
      case 0 -> new Ellipse2D.Double(-0.45, -0.45, 0.9, 0.9);
      case 1 -> polygon(3, 1);
      case 2 -> new Rectangle2D.Double(-0.38, -0.38, 0.76, 0.76);
      case 3 -> polygon(5, 0.42);
      case 4 -> ring();
      case 5 -> cross();
      case 6 -> moon();
      default -> polygon(4, 0.3);
    };
  }

  /** A polygon of {@code corners} tips whose notches lie at {@code inner} of the radius. */
  private static Shape polygon(int corners, double inner) {
    Path2D path = new Path2D.Double();
    int points = inner == 1 ? corners : 2 * corners;
    for (int i = 0; i < points; i++) {
      double radius = inner == 1 || i % 2 == 0 ? 0.52 : 0.52 * inner;
      double angle = 2 * Math.PI * i / points - Math.PI / 2;
      double x = radius * Math.cos(angle);
      double y = radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  private static Shape ring() {
    Area ring = new Area(new Ellipse2D.Double(-0.48, -0.48, 0.96, 0.96));
    ring.subtract(new Area(new Ellipse2D.Double(-0.24, -0.24, 0.48, 0.48)));
    return ring;
  }

  private static Shape cross() {
    Area cross = new Area(new Rectangle2D.Double(-0.48, -0.17, 0.96, 0.34));
    cross.add(new Area(new Rectangle2D.Double(-0.17, -0.48, 0.34, 0.96)));
    return cross;
  }

  private static Shape moon() {
    Area moon = new Area(new Ellipse2D.Double(-0.48, -0.48, 0.96, 0.96));
    moon.subtract(new Area(new Ellipse2D.Double(-0.16, -0.52, 0.8, 0.8)));
    return moon;
  }
}
