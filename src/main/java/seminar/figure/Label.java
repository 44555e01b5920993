package seminar.figure;

import java.awt.Font;
import java.awt.FontMetrics;

/** Texts from data made fit to be drawn. */
final class Label {
  private static final char MISSING = '·';

  private Label() {}

  /**
   * The text in one line: control characters and runs of blanks become a blank, and what the font
   * has no shape for becomes a dot in the middle.
   */
  static String of(String text, Font font) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || isFormat(c) || Character.isSpaceChar(c) ? ' ' : c)
        .map(c -> font.canDisplay(c) ? c : MISSING)
        .forEach(line::appendCodePoint);
    return line.toString().replaceAll(" +", " ").strip();
  }

  /** Marks that turn the direction of writing or join lines would reach beyond their label. */
  private static boolean isFormat(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }

  /** The text in one line of at most {@code width} units, its end cut off where it must be. */
  static String of(String text, FontMetrics metrics, int width) {
    String line = of(text, metrics.getFont());
    if (metrics.stringWidth(line) <= width) {
      return line;
    }
    int[] points = line.codePoints().toArray();
    for (int kept = points.length - 1; kept > 0; kept--) {
      String shorter = new String(points, 0, kept).strip() + "…";
      if (metrics.stringWidth(shorter) <= width) {
        return shorter;
      }
    }
    return "";
  }
}
