package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.figure.TimelineLayout.Placed;
import seminar.math.Checks;
import seminar.profile.HistoryLine;
import seminar.profile.HistoryLine.Event;

/**
 * One history along time: searching above, browsing below, a gap for each pause of more than half
 * an hour, what was typed where there is room for it, and the categories of items as colours. A
 * history without times stands along its positions.
 */
public final class HistoryTimeline {
  private static final int WIDTH = 1000;
  private static final int MARGIN = 20;
  private static final int LEFT = 92;
  private static final int HEAD = 72;
  private static final int WORDS = 30;
  private static final int LANE = 22;
  private static final int ROW = WORDS + 2 * LANE + 32;
  private static final int LEGEND = 26;
  private static final int WORD_WIDTH = 120;
  private static final int POSITIONS_PER_TICK = 20;
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  private static final Color PALE = new Color(0x8A8A8A);
  private static final Color OTHER = new Color(0xBDBDBD);

  private HistoryTimeline() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the corpus and the picture
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if the history has no event or the name does not end in .png
   */
  public static void draw(HistoryLine history, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile("A history along time")
        .with("provenance", provenance)
        .with("sessionEndsAfterMilliseconds", TimelineLayout.SESSION)
        .with("history", history)
        .write(image(history), png);
  }

  /** The picture alone. */
  public static BufferedImage image(HistoryLine history) {
    Checks.atLeast(1, "number of events", history.events().size());
    TimelineLayout layout = TimelineLayout.of(history, WIDTH - LEFT - MARGIN);
    int height = HEAD + layout.rows() * ROW + LEGEND + MARGIN;
    return new Drawing(WIDTH, height, g -> draw(g, history, layout));
  }

  private static void draw(Graphics2D g, HistoryLine history, TimelineLayout layout) {
    head(g, history);
    for (int row = 0; row < layout.rows(); row++) {
      int shown = row;
      List<Placed> events = layout.events().stream().filter(e -> e.row() == shown).toList();
      Graphics2D part = (Graphics2D) g.create();
      part.translate(LEFT, HEAD + row * ROW);
      row(part, history, events);
      part.dispose();
    }
    legend(g, history, HEAD + layout.rows() * ROW);
  }

  private static void head(Graphics2D g, HistoryLine history) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    String title = "The history of user %s in %s".formatted(history.user(), history.corpus());
    g.drawString(Label.of(title, g.getFontMetrics(), WIDTH - 2 * MARGIN), MARGIN, 32);
    g.setFont(Style.TEXT);
    String shown =
        String.format(
            Locale.ROOT,
            "the latest %,d of %,d events, oldest first; %s",
            history.events().size(),
            history.length(),
            history.timed()
                ? "a gap is a pause of more than 30 minutes, as wide as its logarithm; dates in UTC"
                : "the log has no times, numbers are positions");
    g.drawString(Label.of(shown, g.getFontMetrics(), WIDTH - 2 * MARGIN), MARGIN, 54);
  }

  private static void row(Graphics2D g, HistoryLine history, List<Placed> events) {
    lane(g, "searching", WORDS);
    lane(g, "browsing", WORDS + LANE);
    for (Placed placed : events) {
      int top = WORDS + (placed.event().search() ? 0 : LANE);
      g.setColor(color(history, placed.event().category()));
      g.fill(new Rectangle2D.Double(placed.x() + 1, top + 3, TimelineLayout.PITCH - 2, LANE - 6));
      pause(g, placed);
    }
    words(g, events);
    ticks(g, history, events);
  }

  private static void lane(Graphics2D g, String name, int top) {
    g.setColor(Style.GRID);
    g.setStroke(new BasicStroke(1));
    g.drawLine(0, top + LANE, WIDTH - LEFT - MARGIN, top + LANE);
    g.setColor(Style.INK);
    g.setFont(Style.TEXT);
    g.drawString(name, MARGIN - LEFT, top + LANE - 6);
  }

  /** How long the pause was, in the gap, where it fits. */
  private static void pause(Graphics2D g, Placed placed) {
    if (placed.gap() == 0) {
      return;
    }
    g.setFont(SMALL);
    String length = duration(placed.pause());
    int width = g.getFontMetrics().stringWidth(length);
    if (width + 2 <= placed.gap()) {
      float x = (float) (placed.x() - (placed.gap() + width) / 2);
      g.setColor(Color.WHITE);
      g.fill(new Rectangle2D.Double(x - 1, WORDS + LANE - 2, width + 2, 5));
      g.setColor(PALE);
      g.drawString(length, x, WORDS + LANE + 4);
    }
  }

  /** A duration in its largest unit: {@code 45 m}, {@code 7 h}, {@code 12 d}, {@code 3 y}. */
  static String duration(long milliseconds) {
    long minutes = milliseconds / 60_000;
    if (minutes < 60) {
      return minutes + " m";
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return hours + " h";
    }
    return hours < 24 * 365 ? hours / 24 + " d" : hours / 24 / 365 + " y";
  }

  /**
   * What was typed, on the upper line where it is free, else on the lower one; no line to a word
   * runs through another, and the same words in a run stand once.
   */
  private static void words(Graphics2D g, List<Placed> events) {
    g.setFont(SMALL);
    FontMetrics metrics = g.getFontMetrics();
    double upper = 0;
    double lower = 0;
    String before = "";
    for (Placed placed : events) {
      String typed = Label.of(placed.event().query(), metrics, WORD_WIDTH);
      double end = placed.x() + metrics.stringWidth(typed) + 8;
      boolean shown = placed.event().search() && !typed.isEmpty() && !typed.equals(before);
      if (shown && lower <= placed.x() && end <= WIDTH - LEFT - MARGIN + 8) {
        boolean high = upper <= placed.x();
        word(g, typed, placed.x() + 1, high ? WORDS - 19 : WORDS - 6);
        upper = high ? end : upper;
        lower = high ? placed.x() + 2 : end;
        before = typed;
      }
    }
  }

  private static void word(Graphics2D g, String typed, double x, int baseline) {
    g.setColor(Style.GRID);
    g.draw(new Line2D.Double(x, baseline + 2, x, WORDS + 2));
    g.setColor(Style.INK);
    g.drawString(typed, (float) x, baseline);
  }

  /** Dates where sessions begin, or every twentieth position, where there is room. */
  private static void ticks(Graphics2D g, HistoryLine history, List<Placed> events) {
    g.setFont(SMALL);
    g.setColor(PALE);
    double freeFrom = 0;
    String before = "";
    for (Placed placed : events) {
      boolean tick = history.timed() ? placed.begins() : isTick(placed);
      String label = history.timed() ? date(placed.event()) : "" + placed.event().position();
      double end = placed.x() + g.getFontMetrics().stringWidth(label);
      boolean fits = placed.x() >= freeFrom && end <= WIDTH - LEFT - MARGIN;
      if (tick && fits && !label.equals(before)) {
        g.drawString(label, (float) placed.x() + 1, WORDS + 2 * LANE + 14);
        freeFrom = end + 10;
        before = label;
      }
    }
  }

  private static boolean isTick(Placed placed) {
    return placed.x() == 0 || placed.event().position() % POSITIONS_PER_TICK == 0;
  }

  private static String date(Event event) {
    return Instant.ofEpochMilli(event.time()).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static Color color(HistoryLine history, String category) {
    int index = history.categories().indexOf(category);
    return index < 0 ? OTHER : Style.category(index);
  }

  private static void legend(Graphics2D g, HistoryLine history, int top) {
    List<String> names = new ArrayList<>(history.categories());
    names.add(HistoryLine.OTHER);
    g.setFont(Style.TEXT);
    FontMetrics metrics = g.getFontMetrics();
    String kind = history.categories().isEmpty() ? "no attributes" : history.kind();
    int x = MARGIN;
    if (!kind.isEmpty()) {
      g.setColor(PALE);
      String title = Label.of(kind, metrics, WORD_WIDTH) + ":";
      g.drawString(title, x, top + 15);
      x += metrics.stringWidth(title) + 14;
    }
    int cell = (WIDTH - MARGIN - x) / names.size();
    for (String name : names) {
      g.setColor(color(history, name));
      g.fillRect(x, top + 4, 12, 12);
      g.setColor(Style.INK);
      String shown = Label.of(name, metrics, cell - 32);
      g.drawString(shown, x + 17, top + 15);
      x += Math.min(cell, metrics.stringWidth(shown) + 40);
    }
  }
}
