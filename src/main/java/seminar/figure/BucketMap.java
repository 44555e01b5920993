package seminar.figure;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seminar.experiment.BucketTable;
import seminar.math.Checks;

/**
 * How well every model does in groups of users: a line for each model, a column for each group, the
 * darker the nearer to the best of that group, whose number is framed.
 */
public final class BucketMap {
  private static final int CELL = 62;
  private static final int LINE = 27;
  private static final int HEAD = 128;
  private static final int FOOT = 14;
  private static final int MARGIN = 16;
  private static final int GAP = 26;
  private static final int LEAST_WIDTH = 620;
  private static final Color DARK = new Color(0x0072B2);

  private BucketMap() {}

  private record Panel(String title, List<List<BucketTable.Cell>> rows) {}

  /**
   * Draws the picture and writes it with its JSON twin.
   *
   * @param more what belongs to the figure and is not drawn, such as provenance, by name
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(BucketTable table, Map<String, ?> more, Path png) throws IOException {
    new FigureFile("NDCG@10 by " + table.title())
        .with("corpus", table.corpus())
        .with(more)
        .with("groups", table.groups())
        .with("users", table.users())
        .with("rows", table.rows().stream().map(BucketMap::told).toList())
        .write(image(table), png);
  }

  private static Map<String, Object> told(BucketTable.Row row) {
    return Map.of("model", row.name(), "few", numbers(row.few()), "all", numbers(row.all()));
  }

  private static List<Map<String, Double>> numbers(List<BucketTable.Cell> cells) {
    return cells.stream()
        .map(
            cell ->
                cell.halfWidth().isPresent()
                    ? Map.of("ndcg10", cell.ndcg10(), "halfWidth", cell.halfWidth().getAsDouble())
                    : Map.of("ndcg10", cell.ndcg10()))
        .toList();
  }

  /**
   * The picture alone.
   *
   * @throws IllegalArgumentException if there is no model
   */
  public static BufferedImage image(BucketTable table) {
    Checks.atLeast(1, "number of models", table.rows().size());
    List<Panel> panels = new ArrayList<>();
    panels.add(
        new Panel(
            "among few candidates", table.rows().stream().map(BucketTable.Row::few).toList()));
    if (table.rows().stream().anyMatch(row -> !row.all().isEmpty())) {
      panels.add(
          new Panel("among all items", table.rows().stream().map(BucketTable.Row::all).toList()));
    }
    int names = names(table) + 2 * MARGIN;
    int side = table.groups().size() * CELL + GAP;
    int width = Math.max(LEAST_WIDTH, names + panels.size() * side);
    int height = HEAD + table.rows().size() * LINE + FOOT;
    return new Drawing(
        width,
        height,
        g -> {
          heading(g, table);
          for (int p = 0; p < panels.size(); p++) {
            panel(g, table, panels.get(p), names + p * side);
          }
        });
  }

  private static int names(BucketTable table) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics text = g.getFontMetrics(Style.TEXT);
    g.dispose();
    return table.rows().stream().mapToInt(row -> text.stringWidth(row.name())).max().orElse(0);
  }

  private static void heading(Graphics2D g, BucketTable table) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    String corpus = Label.of(table.corpus(), Style.TITLE);
    g.drawString("NDCG@10 by %s on %s".formatted(table.title(), corpus), MARGIN, 28);
    g.setFont(Style.TEXT);
    g.drawString("dark: near the best of its column, which is framed", MARGIN, 50);
    for (int row = 0; row < table.rows().size(); row++) {
      g.drawString(table.rows().get(row).name(), MARGIN, HEAD + row * LINE + LINE / 2 + 5);
    }
    g.drawString("users", MARGIN, HEAD - 10);
  }

  private static void panel(Graphics2D g, BucketTable table, Panel panel, int left) {
    g.setColor(Style.INK);
    g.setFont(Style.PANEL);
    int columns = table.groups().size();
    centred(g, panel.title, left + columns * CELL / 2, 76);
    for (int c = 0; c < columns; c++) {
      g.setColor(Style.INK);
      g.setFont(Style.TEXT);
      centred(g, table.groups().get(c), left + c * CELL + CELL / 2, HEAD - 28);
      String users = String.format(Locale.ROOT, "%,d", table.users().get(c));
      centred(g, users, left + c * CELL + CELL / 2, HEAD - 10);
      column(g, panel, c, left + c * CELL);
    }
  }

  private static void column(Graphics2D g, Panel panel, int column, int x) {
    double best =
        panel.rows.stream()
            .filter(row -> !row.isEmpty())
            .mapToDouble(row -> row.get(column).ndcg10())
            .max()
            .orElse(0);
    for (int row = 0; row < panel.rows.size(); row++) {
      if (!panel.rows.get(row).isEmpty()) {
        cell(g, panel.rows.get(row).get(column).ndcg10(), best, x, HEAD + row * LINE);
      }
    }
  }

  /** The square of the share makes the best stand out: 90 % of it is visibly lighter. */
  private static void cell(Graphics2D g, double value, double best, int x, int y) {
    double share = best > 0 ? value / best : 0;
    double strength = 0.9 * share * share;
    g.setColor(Shades.mixed(DARK, strength));
    g.fillRect(x + 1, y + 1, CELL - 2, LINE - 2);
    if (value == best && best > 0) {
      g.setColor(Style.INK);
      g.drawRect(x + 1, y + 1, CELL - 3, LINE - 3);
    }
    g.setColor(strength > 0.6 ? Color.WHITE : Style.INK);
    centred(
        g,
        String.format(Locale.ROOT, "%.3f", value).replaceFirst("^0", ""),
        x + CELL / 2,
        y + LINE / 2 + 5);
  }

  private static void centred(Graphics2D g, String text, int x, int baseline) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, baseline);
  }
}
