package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import seminar.math.Checks;
import seminar.serve.ExplainedHistory;
import seminar.serve.ExplainedHistory.Event;

/**
 * A history as a strip of pictures, the oldest first; what got more than an even share of attention
 * for the target is framed, the more the thicker, and the rest is pale. Under a picture stands what
 * the person typed to find it.
 */
public final class HistoryStrip {
  private static final int CELL = 58;
  private static final int PICTURE = 48;
  private static final int ROW = 74;
  private static final int MARGIN = 20;
  private static final int HEAD = 118;
  private static final Color FRAME = new Color(0xD55E00);
  private static final Color VEIL = new Color(255, 255, 255, 170);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 9);

  private HistoryStrip() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param history the history and the attention it got
   * @param columns pictures in a row
   * @param rows how many rows of the latest events are shown
   * @param pictures picture of an item; an item without one is drawn as an empty square
   * @param title text of an item
   * @param provenance what made the history and the model
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(
      ExplainedHistory history,
      int columns,
      int rows,
      IntFunction<Optional<BufferedImage>> pictures,
      IntFunction<String> title,
      Map<String, ?> provenance,
      Path png)
      throws IOException {
    new FigureFile("A history and what the model looked at")
        .with("provenance", provenance)
        .with("target", title.apply(history.target()))
        .with("history", history)
        .write(image(history, columns, rows, pictures, title), png);
  }

  /** The picture alone; parameters as in {@link #draw}. */
  public static BufferedImage image(
      ExplainedHistory history,
      int columns,
      int rows,
      IntFunction<Optional<BufferedImage>> pictures,
      IntFunction<String> title) {
    Checks.atLeast(1, "columns", columns);
    Checks.atLeast(1, "rows", rows);
    List<Event> events = history.events();
    List<Event> shown = events.subList(Math.max(0, events.size() - columns * rows), events.size());
    BufferedImage strip = strip(shown, columns, events.size(), pictures);
    int width = strip.getWidth() / Style.SCALE;
    BufferedImage image =
        new BufferedImage(
            strip.getWidth(), HEAD * Style.SCALE + strip.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = graphics(image);
    head(g, history, shown.size(), pictures, title);
    g.drawImage(strip, 0, HEAD, width, strip.getHeight() / Style.SCALE, null);
    g.dispose();
    return image;
  }

  /**
   * Events without a headline. If no event has attention, none is pale and none framed.
   *
   * @param events what is shown, oldest first
   * @param columns pictures in a row
   * @param seen how many events share the attention; its even share is {@code 1 / seen}
   * @param pictures picture of an item; an item without one is drawn as an empty square
   */
  public static BufferedImage strip(
      List<Event> events, int columns, int seen, IntFunction<Optional<BufferedImage>> pictures) {
    int rows = Math.max(1, (events.size() + columns - 1) / columns);
    int width = 2 * MARGIN + columns * CELL;
    int height = rows * ROW + MARGIN;
    BufferedImage image =
        new BufferedImage(width * Style.SCALE, height * Style.SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = graphics(image);
    boolean attended = events.stream().anyMatch(event -> event.weight() > 0);
    for (int i = 0; i < events.size(); i++) {
      int x = MARGIN + i % columns * CELL;
      int y = 4 + i / columns * ROW;
      event(g, events.get(i), x, y, pictures);
      if (attended) {
        frame(g, seen * events.get(i).weight(), x, y);
      }
    }
    g.dispose();
    return image;
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.scale(Style.SCALE, Style.SCALE);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    return g;
  }

  private static void head(
      Graphics2D g,
      ExplainedHistory history,
      int shown,
      IntFunction<Optional<BufferedImage>> pictures,
      IntFunction<String> title) {
    picture(g, pictures.apply(history.target()), MARGIN, 22, 72);
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    g.drawString("Next: " + shortened(title.apply(history.target()), 60), MARGIN + 90, 42);
    g.setFont(Style.TEXT);
    g.drawString(
        "ranked %d of %d candidates by the model, which saw the %d events before it"
            .formatted(history.rank() + 1, history.candidates(), history.events().size()),
        MARGIN + 90,
        64);
    g.drawString(
        "the last %d, oldest first; framed: more than an even share of attention; words: what was typed"
            .formatted(shown),
        MARGIN + 90,
        84);
  }

  private static void event(
      Graphics2D g, Event event, int x, int y, IntFunction<Optional<BufferedImage>> pictures) {
    picture(g, pictures.apply(event.item()), x, y, PICTURE);
    g.setColor(Style.INK);
    g.setFont(SMALL);
    String typed = Label.of(event.query(), g.getFontMetrics(), CELL - 8);
    g.drawString(typed, x, y + PICTURE + 14);
  }

  /** A frame for more than the even share of attention, a veil for less. */
  private static void frame(Graphics2D g, double share, int x, int y) {
    if (share > 1) {
      g.setColor(FRAME);
      g.setStroke(new BasicStroke((float) Math.clamp(1.5 * share, 1.5, 6)));
      g.drawRect(x - 2, y - 2, PICTURE + 3, PICTURE + 3);
    } else {
      g.setColor(VEIL);
      g.fillRect(x, y, PICTURE, PICTURE);
    }
  }

  private static void picture(
      Graphics2D g, Optional<BufferedImage> picture, int x, int y, int size) {
    if (picture.isPresent()) {
      g.drawImage(picture.get(), x, y, size, size, null);
    } else {
      g.setColor(Style.GRID);
      g.fillRect(x, y, size, size);
    }
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
