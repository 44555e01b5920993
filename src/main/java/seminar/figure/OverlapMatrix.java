package seminar.figure;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.lesson.ChoiceOverlap;

/** How far models agree on the events of a history: a square of numbers, the darker the more. */
public final class OverlapMatrix {
  private static final int NAMES = 216;
  private static final int CELL = 62;
  private static final int LINE = 34;
  private static final int HEAD = 68;
  private static final int COLUMNS = 40;
  private static final int MARGIN = 16;
  private static final int LEAST_WIDTH = 640;
  private static final Color DARK = Style.color(1);

  private OverlapMatrix() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the models
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(ChoiceOverlap overlap, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile("How far models agree on the events of a history")
        .with("provenance", provenance)
        .with("overlap", overlap)
        .write(image(overlap), png);
  }

  /** The picture alone. */
  public static BufferedImage image(ChoiceOverlap overlap) {
    int models = overlap.rows().size();
    int width = Math.max(LEAST_WIDTH, NAMES + models * CELL + MARGIN);
    int height = HEAD + COLUMNS + models * LINE + MARGIN;
    return new Drawing(width, height, g -> draw(g, overlap));
  }

  private static void draw(Graphics2D g, ChoiceOverlap overlap) {
    int models = overlap.rows().size();
    heading(g, overlap);
    for (int row = 0; row < models; row++) {
      name(g, overlap.rows().get(row).model(), row);
      for (int column = 0; column < models; column++) {
        cell(g, overlap.jaccard(), row, column);
      }
    }
  }

  private static void heading(Graphics2D g, ChoiceOverlap overlap) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    g.drawString("How far models agree on %d events".formatted(overlap.topK()), MARGIN, 28);
    g.setFont(Style.TEXT);
    g.drawString(
        String.format(
            Locale.ROOT,
            "|A ∩ B| / |A ∪ B| of the heaviest %d, mean over %d histories; at random %.2f",
            overlap.topK(),
            overlap.requests(),
            overlap.chance()),
        MARGIN,
        50);
  }

  /** On the left with a number, above the column the number alone. */
  private static void name(Graphics2D g, String model, int index) {
    g.setColor(Style.INK);
    g.setFont(Style.TEXT);
    FontMetrics text = g.getFontMetrics();
    int y = HEAD + COLUMNS + index * LINE + LINE / 2 + 5;
    g.drawString(Label.of(index + 1 + "  " + model, text, NAMES - MARGIN - 8), MARGIN, y);
    g.setFont(Style.PANEL);
    String number = "" + (index + 1);
    int x = NAMES + index * CELL + (CELL - g.getFontMetrics().stringWidth(number)) / 2;
    g.drawString(number, x, HEAD + COLUMNS - 12);
  }

  private static void cell(Graphics2D g, List<List<Double>> jaccard, int row, int column) {
    double value = jaccard.get(row).get(column);
    int x = NAMES + column * CELL;
    int y = HEAD + COLUMNS + row * LINE;
    g.setColor(row == column ? Style.GRID : Shades.mixed(DARK, value));
    g.fillRect(x, y, CELL - 2, LINE - 2);
    if (row != column) {
      g.setColor(value > 0.55 ? Color.WHITE : Style.INK);
      g.setFont(Style.TEXT);
      String number = String.format(Locale.ROOT, "%.2f", value);
      g.drawString(number, x + (CELL - 2 - g.getFontMetrics().stringWidth(number)) / 2, y + 21);
    }
  }
}
