package seminar.figure;

import java.awt.Color;

/** Lighter and darker shades of a colour. */
final class Shades {
  /** Contrast to white that letters need (Web Content Accessibility Guidelines, level AA). */
  private static final double LEGIBLE = 4.5;

  private Shades() {}

  /** So much of a colour on white. */
  static Color mixed(Color color, double share) {
    return new Color(
        (int) Math.round(255 + share * (color.getRed() - 255)),
        (int) Math.round(255 + share * (color.getGreen() - 255)),
        (int) Math.round(255 + share * (color.getBlue() - 255)));
  }

  /** A darker shade. */
  static Color dark(Color color) {
    return shade(color, 0.62);
  }

  private static Color shade(Color color, double share) {
    return new Color(
        (int) Math.round(share * color.getRed()),
        (int) Math.round(share * color.getGreen()),
        (int) Math.round(share * color.getBlue()));
  }

  /** The colour, as dark as letters on white must be. */
  static Color letters(Color color) {
    double share = 1;
    while (contrast(shade(color, share)) < LEGIBLE) {
      share -= 0.02;
    }
    return shade(color, share);
  }

  /** Contrast to white, from 1 to 21. */
  static double contrast(Color color) {
    double light =
        0.2126 * linear(color.getRed())
            + 0.7152 * linear(color.getGreen())
            + 0.0722 * linear(color.getBlue());
    return 1.05 / (light + 0.05);
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
