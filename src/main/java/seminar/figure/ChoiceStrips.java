package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import seminar.lesson.ChosenEvents;
import seminar.lesson.ChosenEvents.Choice;
import seminar.lesson.ChosenEvents.Relatedness;

/**
 * One history as a strip, the oldest event on the left and the target on the right, and below it a
 * row for each model: the events that it chose, as bars as high as their weight. Events that speak
 * of the target have a colour of their own, so that one sees what was found and what was missed.
 */
public final class ChoiceStrips {
  private static final int NAMES = 206;
  private static final int STRIP = 800;
  private static final int RIGHT = 122;
  private static final int WIDTH = NAMES + STRIP + RIGHT;
  private static final int HEAD = 92;
  private static final int LARGEST_CELL = 22;
  private static final int SMALLEST_CELL = 4;
  private static final int TRUTH = 12;
  private static final int ROW = 40;
  private static final int BAR = 30;
  private static final int FOOT = 34;
  private static final int TOP = 16;
  private static final int TARGET = 86;
  private static final double LEAST_BAR = 3;
  private static final Color RELATED = Style.color(0);
  private static final Color OTHER = Style.color(1);
  private static final Color GROUND = new Color(0xF4F4F4);

  private ChoiceStrips() {}

  /**
   * What the picture says beside the choices.
   *
   * @param pictures picture of an item; an item without one is drawn as an empty square
   * @param title text of an item
   * @param relatedness which events speak of the target
   * @param related that in words, such as {@code same intent as the target}
   */
  public record Labels(
      IntFunction<Optional<BufferedImage>> pictures,
      IntFunction<String> title,
      Relatedness relatedness,
      String related) {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the history and the models
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(ChosenEvents chosen, Labels labels, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile("What each model chose of one history")
        .with("provenance", provenance)
        .with("target", labels.title.apply(chosen.target()))
        .with("related", labels.related)
        .with("akinEvents", related(chosen, labels.relatedness))
        .with("chosen", chosen)
        .write(image(chosen, labels), png);
  }

  private static List<Boolean> related(ChosenEvents chosen, Relatedness relatedness) {
    return chosen.items().stream().map(item -> relatedness.related(item, chosen.target())).toList();
  }

  /**
   * The picture alone.
   *
   * @throws IllegalArgumentException if the history is empty, or longer than there are places
   */
  public static BufferedImage image(ChosenEvents chosen, Labels labels) {
    int n = chosen.items().size();
    if (n < 1 || n > STRIP / SMALLEST_CELL) {
      throw new IllegalArgumentException(
          "the history has %d events: 1 to %d can be drawn".formatted(n, STRIP / SMALLEST_CELL));
    }
    double cell = Math.min(LARGEST_CELL, (double) STRIP / n);
    int truthTop = HEAD + (int) cell + 4;
    int rowsTop = truthTop + TRUTH + 10;
    int height = rowsTop + chosen.choices().size() * ROW + FOOT;
    BufferedImage image =
        new BufferedImage(WIDTH * Style.SCALE, height * Style.SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    prepare(g, height);
    heading(g, chosen, labels);
    List<Boolean> related = related(chosen, labels.relatedness);
    history(g, chosen, labels, related, cell, truthTop);
    for (int m = 0; m < chosen.choices().size(); m++) {
      row(g, chosen, chosen.choices().get(m), related, cell, rowsTop + m * ROW);
    }
    legend(g, labels.related, height - 12);
    g.dispose();
    return image;
  }

  private static void prepare(Graphics2D g, int height) {
    g.scale(Style.SCALE, Style.SCALE);
    Style.smooth(g);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, height);
  }

  private static void heading(Graphics2D g, ChosenEvents chosen, Labels labels) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    g.drawString("What was chosen of one history", 16, 28);
    g.setFont(Style.TEXT);
    int n = chosen.items().size();
    String title = Label.of(labels.title.apply(chosen.target()), g.getFontMetrics(), 400);
    g.drawString("%d events, the oldest on the left; next: %s".formatted(n, title), 16, 50);
  }

  private static double left(ChosenEvents chosen, double cell, int event) {
    return NAMES + STRIP - (chosen.items().size() - event) * cell;
  }

  /** The pictures of the events, a tile for each that speaks of the target, and the target. */
  private static void history(
      Graphics2D g,
      ChosenEvents chosen,
      Labels labels,
      List<Boolean> related,
      double cell,
      int truthTop) {
    for (int e = 0; e < related.size(); e++) {
      double x = left(chosen, cell, e);
      picture(g, labels.pictures.apply(chosen.items().get(e)), x, HEAD, cell - 1);
      g.setColor(related.get(e) ? RELATED : Style.GRID);
      g.fill(new Rectangle2D.Double(x, truthTop, cell - 1, TRUTH));
    }
    g.setColor(Style.INK);
    g.setFont(Style.TEXT);
    g.drawString("the history", 16, HEAD + (int) cell - 2);
    g.drawString(Label.of(labels.related, g.getFontMetrics(), NAMES - 24), 16, truthTop + 11);
    int x = NAMES + STRIP + 16;
    picture(g, labels.pictures.apply(chosen.target()), x, TOP, TARGET);
    g.setColor(RELATED);
    g.setStroke(new BasicStroke(2));
    g.drawRect(x - 3, TOP - 3, TARGET + 5, TARGET + 5);
    g.setColor(Style.INK);
    g.setFont(Style.PANEL);
    String name = "target";
    g.drawString(name, x - 14 - g.getFontMetrics().stringWidth(name), TOP + 12);
  }

  private static void picture(
      Graphics2D g, Optional<BufferedImage> picture, double x, double y, double size) {
    if (picture.isPresent()) {
      double scale = size / picture.get().getWidth();
      Graphics2D at = (Graphics2D) g.create();
      at.translate(x, y);
      at.scale(scale, scale);
      at.drawImage(picture.get(), 0, 0, null);
      at.dispose();
    } else {
      g.setColor(Style.GRID);
      g.fill(new Rectangle2D.Double(x, y, size, size));
    }
  }

  /** Bars as high as the weight, the highest of the row as high as the row. */
  private static void row(
      Graphics2D g,
      ChosenEvents chosen,
      Choice choice,
      List<Boolean> related,
      double cell,
      int top) {
    double start = left(chosen, cell, 0);
    g.setColor(GROUND);
    g.fill(new Rectangle2D.Double(start, top, NAMES + STRIP - start, BAR));
    double highest = choice.weights().stream().mapToDouble(w -> w).max().orElse(0);
    for (int e = 0; e < related.size(); e++) {
      double weight = choice.weights().get(e);
      if (weight > 0) {
        double bar = Math.max(LEAST_BAR, BAR * weight / highest);
        g.setColor(related.get(e) ? RELATED : OTHER);
        g.fill(new Rectangle2D.Double(left(chosen, cell, e), top + BAR - bar, cell - 1, bar));
      }
    }
    g.setColor(Style.INK);
    g.setFont(Style.TEXT);
    FontMetrics text = g.getFontMetrics();
    g.drawString(Label.of(choice.model(), text, NAMES - 24), 16, top + 14);
    g.setColor(Style.color(3));
    g.drawString("%d events".formatted(choice.size()), 16, top + 29);
    g.setColor(Style.INK);
    double found =
        IntStream.range(0, related.size())
            .filter(related::get)
            .mapToDouble(choice.weights()::get)
            .sum();
    g.drawString("%.0f %% related".formatted(100 * found), NAMES + STRIP + 16, top + 14);
    g.drawString("rank %d".formatted(choice.rank() + 1), NAMES + STRIP + 16, top + 29);
  }

  private static void legend(Graphics2D g, String related, int baseline) {
    g.setFont(Style.TEXT);
    int x = NAMES;
    for (int i = 0; i < 2; i++) {
      g.setColor(i == 0 ? RELATED : OTHER);
      g.fillRect(x, baseline - 11, 14, 12);
      g.setColor(Style.INK);
      String text = i == 0 ? "chosen, " + related : "chosen, another";
      g.drawString(text, x + 20, baseline);
      x += g.getFontMetrics().stringWidth(text) + 50;
    }
    g.drawString(
        "height: weight over all heads; right: its share on related events, the target's rank",
        x,
        baseline);
  }
}
