package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.recall.NormRecall.Curve;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Point;
import seminar.recall.NormRecall.Result;

/**
 * Figure 2: recall against K for each kind of retrieval, one panel for each result. Bars are 95 %
 * confidence intervals over sequences.
 *
 * <p>The paper states two numbers of its figure in words (§4.2.2): the cascade over HNSW at L =
 * 10000 finds .2719 at K = 32 and .7289 at K = 256. The group is not named; they are drawn as
 * separate markers in the first, same norms and same weights.
 */
public final class Fig2NormRecall {
  private static final List<Quoted> HNSW =
      List.of(new Quoted("ANN (HNSW)", 32, 0.2719), new Quoted("ANN (HNSW)", 256, 0.7289));
  private static final String PAPER = "HNSW cascade, quoted in the paper";

  /** Curves stand a little side by side, so that equal ones and their bars can be seen. */
  private static final double SHIFT = 0.05;

  /** Size of a panel's title that also names its setting. */
  private static final float LONG_TITLE = 12.5f;

  private Fig2NormRecall() {}

  /**
   * A number that the paper states.
   *
   * @param method in the paper's words
   * @param topK K
   * @param recall Recall@K
   */
  public record Quoted(String method, int topK, double recall) {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param panels in reading order
   * @param columns how many panels stand side by side
   * @param png the picture's file
   * @param provenance where the results came from: code version, command, machine
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if there is no panel or the name does not end in .png
   */
  public static void draw(List<Result> panels, int columns, Path png, Map<String, ?> provenance)
      throws IOException {
    List<Map<String, Object>> drawn = new ArrayList<>();
    for (Result panel : panels) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("options", panel.options());
      entry.put("curves", panel.curves());
      entry.put("paper", quoted(panel.options()));
      drawn.add(entry);
    }
    new FigureFile("Figure 2, arXiv 2407.10714")
        .with("provenance", provenance)
        .with("panels", drawn)
        .write(image(panels, columns), png);
  }

  /**
   * The picture alone.
   *
   * @throws IllegalArgumentException if there is no panel
   */
  public static BufferedImage image(List<Result> panels, int columns) {
    Checks.atLeast(1, "number of panels", panels.size());
    Checks.atLeast(1, "columns", columns);
    boolean alike = panels.stream().map(panel -> setting(panel.options())).distinct().count() == 1;
    Map<Method, Look> looks = looks(panels);
    List<XYChart> charts = panels.stream().map(panel -> chart(panel, alike, looks)).toList();
    List<Look> legend = new ArrayList<>(looks.values());
    if (panels.stream().anyMatch(panel -> !quoted(panel.options()).isEmpty())) {
      legend.add(Look.paper(PAPER));
    }
    String title = "Figure 2: recall of retrieval on synthetic sequences";
    String subtitle = alike ? setting(panels.getFirst().options()) + "; " : "";
    subtitle += "bars: 95 %% confidence over %s sequences".formatted(sequences(panels));
    return new Panels(title, subtitle, charts, Math.min(columns, charts.size()), legend).image();
  }

  /** What the paper says about the panel with these options; often nothing. */
  public static List<Quoted> quoted(Options options) {
    boolean panel =
        options.sequenceLength() == 10_000
            && options.norms() == NormLaw.SAME
            && options.weights().equals(Options.EQUAL);
    return panel
        ? HNSW.stream().filter(number -> options.topK().contains(number.topK())).toList()
        : List.of();
  }

  private static XYChart chart(Result panel, boolean alike, Map<Method, Look> looks) {
    String title = alike ? "" : panel.options().setting() + ": ";
    title += title(panel.options());
    XYChart chart = Style.chart(title, "K, events retrieved", "Recall@K");
    if (!alike) {
      chart.getStyler().setChartTitleFont(Style.PANEL.deriveFont(LONG_TITLE));
    }
    List<Method> order = List.copyOf(looks.keySet());
    for (Curve curve : panel.curves()) {
      List<Point> points = curve.points();
      double shift = SHIFT * (order.indexOf(curve.method()) - (order.size() - 1) / 2.0);
      double[] x = IntStream.range(0, points.size()).mapToDouble(slot -> slot + shift).toArray();
      double[] y = points.stream().mapToDouble(point -> point.recall().mean()).toArray();
      double[] error = points.stream().mapToDouble(point -> point.recall().halfWidth()).toArray();
      Look look = looks.get(curve.method());
      Style.apply(chart.addSeries(look.label(), x, y, error), look);
    }
    List<Quoted> quoted = quoted(panel.options());
    if (!quoted.isEmpty()) {
      List<Integer> topK = panel.options().topK();
      double[] x = quoted.stream().mapToDouble(number -> topK.indexOf(number.topK())).toArray();
      double[] y = quoted.stream().mapToDouble(Quoted::recall).toArray();
      Style.add(chart, Look.paper(PAPER), x, y);
    }
    axes(chart, panel.options().topK());
    return chart;
  }

  private static void axes(XYChart chart, List<Integer> topK) {
    chart.getStyler().setXAxisMin(-0.3);
    chart.getStyler().setXAxisMax(topK.size() - 0.7);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.05);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setYAxisDecimalPattern("0.0");
    // One tick for each K: a hint of one slot's pixels makes steps of 1.
    chart.getStyler().setXAxisTickMarkSpacingHint((int) (0.75 * Style.WIDTH / topK.size()));
    chart.setCustomXAxisTickLabelsFormatter(slot -> label(slot, topK));
  }

  /** K at its slot, else a blank; XChart draws no labels where both ends have the same. */
  private static String label(double slot, List<Integer> topK) {
    if (slot < 0) {
      return "";
    }
    return slot == Math.rint(slot) && slot < topK.size() ? topK.get((int) slot).toString() : " ";
  }

  private static String title(Options options) {
    return String.format(
        Locale.ROOT,
        "L = %d, %s norms, %s weights",
        options.sequenceLength(),
        options.norms() == NormLaw.SAME ? "same" : "different",
        options.weights().stream().distinct().count() == 1 ? "same" : "different");
  }

  /** How many sequences panels have: one number if all have as many. */
  private static String sequences(List<Result> panels) {
    return panels.stream()
        .map(panel -> Integer.toString(panel.options().sequences()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String setting(Options options) {
    return String.format(
        Locale.ROOT,
        "%s setting, d = %d, %d × %d centroids",
        options.setting(),
        options.dims(),
        options.subspaces(),
        options.centroids());
  }

  /** A look for each method that is drawn, in the order of {@link Method}. */
  private static Map<Method, Look> looks(List<Result> panels) {
    List<Method> drawn =
        panels.stream()
            .flatMap(panel -> panel.curves().stream())
            .map(Curve::method)
            .distinct()
            .sorted()
            .toList();
    Map<String, Look> byName = MethodLooks.of(drawn.stream().map(Method::label).toList());
    Map<Method, Look> looks = new EnumMap<>(Method.class);
    drawn.forEach(method -> looks.put(method, byName.get(method.label())));
    return looks;
  }
}
