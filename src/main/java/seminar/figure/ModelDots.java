package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import seminar.experiment.ModelTable;
import seminar.experiment.ModelTable.Row;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.measure.PairedBootstrap;

/**
 * A table of models as a picture: a line for each, the level it reached with each seed on the left,
 * its difference to one of them with an interval on the right, and the paper's difference.
 */
public final class ModelDots {
  private static final int PANEL = 360;
  private static final int GAP = 60;
  private static final int LINE = 25;
  private static final int HEAD = 104;
  private static final int FOOT = 62;
  private static final Color ZERO = Style.color(3);
  private static final float THICK = 2.6f;
  private static final float THIN = 1;

  private ModelDots() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the runs
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(ModelTable table, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile(table.heading().title())
        .with("corpus", table.heading().corpus())
        .with("reference", table.heading().reference())
        .with("seeds", table.seeds())
        .with("provenance", provenance)
        .with("rows", table.rows().stream().map(ModelDots::timeless).toList())
        .write(image(table), png);
  }

  static Map<String, Object> timeless(Row row) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("model", row.name());
    row.missing().ifPresent(reason -> entry.put("missing", reason));
    if (row.missing().isEmpty()) {
      entry.put("ndcg5", row.ndcg5().orElseThrow());
      entry.put("ndcg10OfEachSeed", row.ndcg10());
      entry.put("hit10", row.hit10().orElseThrow());
      entry.put("mrr", row.mrr().orElseThrow());
      row.difference().ifPresent(difference -> entry.put("lessReference", difference));
      row.overSeeds().ifPresent(difference -> entry.put("lessReferenceOverSeeds", difference));
      entry.put("parameters", row.parameters());
      row.epochs().ifPresent(epochs -> entry.put("epochs", epochs));
      row.bestEpoch().ifPresent(epoch -> entry.put("bestEpoch", epoch));
    }
    row.paper().ifPresent(value -> entry.put("paperNdcg10", value));
    return entry;
  }

  /** The picture alone. */
  public static BufferedImage image(ModelTable table) {
    List<Row> rows = table.rows().stream().filter(row -> row.missing().isEmpty()).toList();
    Checks.atLeast(1, "number of models", rows.size());
    int names = widest(rows) + 32;
    int width = names + 2 * PANEL + GAP + 24;
    int height = HEAD + rows.size() * LINE + FOOT;
    return new Drawing(width, height, g -> draw(g, table, rows, names));
  }

  private static void draw(Graphics2D g, ModelTable table, List<Row> rows, int names) {
    heading(g, table, names + 2 * PANEL + GAP + 24);
    Axis levels = levels(rows, names);
    Axis differences = differences(table, rows, names + PANEL + GAP);
    levels.draw(g, rows.size());
    differences.draw(g, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      line(g, table, rows.get(i), HEAD + i * LINE + LINE / 2, levels, differences);
    }
  }

  private static int widest(List<Row> rows) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics text = g.getFontMetrics(Style.TEXT);
    g.dispose();
    return rows.stream().mapToInt(row -> text.stringWidth(row.name())).max().orElse(0);
  }

  /** The paper's difference to the reference, where it has numbers for both. */
  private static OptionalDouble published(ModelTable table, Row row) {
    OptionalDouble reference =
        table.row(table.heading().reference()).map(Row::paper).orElse(OptionalDouble.empty());
    boolean both = row.difference().isPresent() && row.paper().isPresent() && reference.isPresent();
    return both
        ? OptionalDouble.of(row.paper().getAsDouble() - reference.getAsDouble())
        : OptionalDouble.empty();
  }

  private static void heading(Graphics2D g, ModelTable table, int width) {
    g.setColor(Style.INK);
    g.setFont(Style.TITLE);
    ModelTable.Heading heading = table.heading();
    g.drawString(heading.title() + " on " + Label.of(heading.corpus(), Style.TITLE), 16, 28);
    g.setFont(Style.TEXT);
    int seeds = table.seeds().size();
    boolean crosses = table.rows().stream().anyMatch(row -> published(table, row).isPresent());
    String subtitle =
        "one held-out item among 99 uniform negatives; %s; bars are 95 %% intervals%s%s"
            .formatted(
                seeds == 1 ? "one seed" : seeds + " seeds, one light dot each",
                seeds == 1 ? "" : ", on the right over users, thin over seeds too",
                crosses ? "; × the paper's difference, on its own data" : "");
    float room = (float) (width - 32) / g.getFontMetrics().stringWidth(subtitle);
    g.setFont(Style.TEXT.deriveFont(Math.min(1, room) * Style.TEXT.getSize2D()));
    g.drawString(subtitle, 16, 50);
  }

  /** A numbered axis over all lines. */
  private record Axis(int left, double low, double high, double step, String title) {
    double x(double value) {
      return left + (value - low) / (high - low) * PANEL;
    }

    void draw(Graphics2D g, int lines) {
      g.setFont(Style.PANEL);
      g.setColor(Style.INK);
      FontMetrics title = g.getFontMetrics();
      g.drawString(this.title, left + (PANEL - title.stringWidth(this.title)) / 2, HEAD - 14);
      int bottom = HEAD + lines * LINE;
      g.setFont(Style.TEXT);
      for (long tick = Math.round(Math.ceil(low / step - 1e-9));
          tick * step <= high + 1e-9;
          tick++) {
        double at = x(tick * step);
        g.setColor(tick == 0 && low < 0 ? ZERO : Style.GRID);
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(at, HEAD - 4, at, bottom + 4));
        g.setColor(Style.INK);
        String label =
            String.format(Locale.ROOT, low < 0 && tick != 0 ? "%+.2f" : "%.2f", tick * step);
        g.drawString(label, (float) at - g.getFontMetrics().stringWidth(label) / 2f, bottom + 22);
      }
    }
  }

  private static Axis levels(List<Row> rows, int left) {
    double highest =
        rows.stream().flatMap(row -> row.ndcg10().stream()).mapToDouble(v -> v).max().orElse(1);
    return new Axis(left, 0, Math.min(1, Math.ceil(highest * 10 + 0.2) / 10), 0.1, "NDCG@10");
  }

  private static Axis differences(ModelTable table, List<Row> rows, int left) {
    double low = -0.02;
    double high = 0.02;
    for (Row row : rows) {
      for (PairedBootstrap each : intervals(row)) {
        low = Math.min(low, each.low());
        high = Math.max(high, each.high());
      }
      low = Math.min(low, published(table, row).orElse(low));
      high = Math.max(high, published(table, row).orElse(high));
    }
    double step = high - low > 0.5 ? 0.2 : high - low > 0.25 ? 0.1 : high - low > 0.1 ? 0.05 : 0.02;
    double from = Math.floor(low / step) * step;
    double to = Math.ceil(high / step) * step;
    String title = "Δ to %s, NDCG@10".formatted(table.heading().reference());
    return new Axis(left, from, to, step, title);
  }

  private static List<PairedBootstrap> intervals(Row row) {
    return Stream.of(row.difference(), row.overSeeds()).flatMap(Optional::stream).toList();
  }

  /** The method's colour; what has no name of its own is SEMINAR with something changed. */
  private static Color color(String name) {
    return MethodLooks.of(name).map(Look::color).orElse(MethodLooks.Family.SEMINAR.color());
  }

  private static void line(
      Graphics2D g, ModelTable table, Row row, int y, Axis levels, Axis differences) {
    Color color = color(row.name());
    g.setFont(Style.TEXT);
    g.setColor(Style.INK);
    g.drawString(row.name(), 16, y + 5);
    for (double seed : row.ndcg10()) {
      g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 90));
      dot(g, levels.x(seed), y, 7);
    }
    g.setColor(color);
    row.spread()
        .filter(spread -> spread.halfWidth() > 0)
        .ifPresent(
            spread ->
                bar(
                    g,
                    levels.x(Math.max(levels.low, spread.mean() - spread.halfWidth())),
                    levels.x(Math.min(levels.high, spread.mean() + spread.halfWidth())),
                    y,
                    THICK));
    dot(g, levels.x(row.mean().orElseThrow()), y, 9);
    row.overSeeds()
        .ifPresent(wide -> bar(g, differences.x(wide.low()), differences.x(wide.high()), y, THIN));
    if (row.difference().isPresent()) {
      PairedBootstrap difference = row.difference().get();
      bar(g, differences.x(difference.low()), differences.x(difference.high()), y, THICK);
      dot(g, differences.x(difference.difference()), y, 9);
    }
    published(table, row).ifPresent(paper -> cross(g, differences.x(paper), y));
  }

  private static void bar(Graphics2D g, double from, double to, int y, float width) {
    g.setStroke(new BasicStroke(width));
    g.draw(new Line2D.Double(from, y, to, y));
  }

  private static void cross(Graphics2D g, double x, double y) {
    g.setColor(Style.INK);
    g.setStroke(new BasicStroke(1.6f));
    g.draw(new Line2D.Double(x - 4, y - 4, x + 4, y + 4));
    g.draw(new Line2D.Double(x - 4, y + 4, x + 4, y - 4));
  }

  private static void dot(Graphics2D g, double x, double y, double size) {
    g.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
  }
}
