package seminar.world;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;
import seminar.math.Rng;

/**
 * Draws an item: a shape on a patterned ground, in the colours of its intent. Shape, pattern and
 * hues tell the intent; place, size, turn and shade are the item's own.
 */
final class Painter {
  /** Width and height of a picture in pixels. */
  static final int SIZE = 48;

  private static final int PATTERNS = 6;

  private final double noise;
  private final long seed;

  Painter(double noise, long seed) {
    this.noise = noise;
    this.seed = seed;
  }

  BufferedImage paint(int item, int intent) {
    SplittableRandom rng = Rng.stream("world/picture/" + item, seed);
    BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      double hue = hue(intent) + 0.06 * noise * rng.nextGaussian();
      double shade = 1 + 0.3 * noise * rng.nextGaussian();
      ground(g, rng, intent, hue, shade);
      figures(g, rng, intent, hue, shade);
    } finally {
      g.dispose();
    }
    speckle(picture, rng);
    return picture;
  }

  /**
   * 24 hues, in steps that lead neighbours, and intents of one shape, far apart; the styles of one
   * topic are a little off each other.
   */
  private static double hue(int intent) {
    return (7 * intent % Topics.TOPICS + 0.25 * (intent / Topics.TOPICS)) / Topics.TOPICS;
  }

  /** Intents of one shape have grounds of different patterns. */
  private static int pattern(int intent) {
    int lap = intent / Shapes.COUNT;
    return (intent % Shapes.COUNT + 2 * lap + intent / Topics.TOPICS) % PATTERNS;
  }

  private static void ground(
      Graphics2D g, SplittableRandom rng, int intent, double hue, double shade) {
    g.setColor(colour(hue, 0.28, 0.92 * shade));
    g.fillRect(0, 0, SIZE, SIZE);
    g.setColor(colour(hue + 0.06, 0.45, 0.78 * shade));
    pattern(g, pattern(intent), rng.nextInt(8));
  }

  /**
   * Draws one of the patterns in the current colour.
   *
   * @param phase by how many pixels it is shifted
   */
  private static void pattern(Graphics2D g, int pattern, int phase) {
    g.setStroke(new BasicStroke(3));
    for (int at = phase - 2 * SIZE; at < 2 * SIZE; at += 8) {
      switch (pattern) {
        case 0 -> g.draw(new Line2D.Double(0, at, SIZE, at));
        case 1 -> g.draw(new Line2D.Double(at, 0, at, SIZE));
        case 2 -> g.draw(new Line2D.Double(at, 0, at + SIZE, SIZE));
        case 3 -> dots(g, at, phase);
        case 4 -> checks(g, at, phase);
        default -> ring(g, at - phase);
      }
    }
  }

  private static void dots(Graphics2D g, int at, int phase) {
    for (int x = phase - 8; x < SIZE + 8; x += 8) {
      g.fill(new Ellipse2D.Double(x, at, 4, 4));
    }
  }

  private static void checks(Graphics2D g, int at, int phase) {
    int row = Math.floorDiv(at - phase, 8);
    for (int x = phase - 16 + 8 * Math.floorMod(row, 2); x < SIZE + 16; x += 16) {
      g.fill(new Rectangle2D.Double(x, at, 8, 8));
    }
  }

  private static void ring(Graphics2D g, int radius) {
    if (radius > 0) {
      double corner = SIZE / 2.0 - radius;
      g.draw(new Ellipse2D.Double(corner, corner, 2.0 * radius, 2.0 * radius));
    }
  }

  private static void figures(
      Graphics2D g, SplittableRandom rng, int intent, double hue, double shade) {
    Shape unit = Shapes.unit(intent % Shapes.COUNT);
    double size = SIZE * (0.52 + 0.16 * rng.nextDouble());
    AffineTransform place = new AffineTransform();
    place.translate(
        SIZE * (0.5 + 0.14 * (rng.nextDouble() - 0.5)),
        SIZE * (0.5 + 0.14 * (rng.nextDouble() - 0.5)));
    place.rotate(0.5 * (rng.nextDouble() - 0.5));
    place.scale(size, size);
    Shape shape = place.createTransformedShape(unit);
    g.setColor(colour(hue + 0.5 + 0.1 * (intent % 3 - 1), 0.85, 0.72 * shade));
    g.fill(shape);
    g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.setColor(colour(hue + 0.5, 0.9, 0.28));
    g.draw(shape);
  }

  /** Channel values stay in 0..255, as a sensor's do. */
  private void speckle(BufferedImage picture, SplittableRandom rng) {
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    double strength = 60 * noise;
    for (int i = 0; i < pixels.length; i++) {
      int grain = (int) Math.round(strength * (rng.nextDouble() - 0.5));
      int red = saturate((pixels[i] >> 16 & 255) + grain);
      int green = saturate((pixels[i] >> 8 & 255) + grain);
      int blue = saturate((pixels[i] & 255) + grain);
      pixels[i] = red << 16 | green << 8 | blue;
    }
  }

  private static int saturate(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private static Color colour(double hue, double saturation, double brightness) {
    double light = Math.max(0.1, Math.min(1, brightness));
    return Color.getHSBColor((float) (hue % 1 + 1), (float) saturation, (float) light);
  }
}
