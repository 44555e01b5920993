package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How all figures look: one place for colours, fonts and sizes.
 *
 * <p>Colours are those of Okabe and Ito, which people with any kind of colour vision can tell
 * apart; markers and dashes say the same once more, for print without colour.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe, Ito. Color universal design, 2008</a>
 */
final class Style {
  /** Pixels for each unit of length: pictures stay sharp on fine screens. */
  static final int SCALE = 2;

  /** Width of a panel. */
  static final int WIDTH = 440;

  /** Height of a panel. */
  static final int HEIGHT = 330;

  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
  static final Font PANEL = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Color INK = new Color(0x222222);
  static final Color GRID = new Color(0xE3E3E3);

  /** Width of a line. */
  static final float STROKE = 2.2f;

  private static final float GAP = 4;
  private static final Color GREY = new Color(0x6E6E6E);

  private Style() {}

  /**
   * How one series looks, and its name in the legend.
   *
   * @param label the name
   * @param color of line and marker
   * @param marker at each point
   * @param line between points; {@link #NO_LINE} for lone markers
   */
  record Look(String label, Color color, Marker marker, BasicStroke line) {
    /** The index-th look of names that are not of methods; there are {@link #COLOURS}. */
    static Look of(int index, String label) {
      return new Look(label, COLORS.get(index), MARKERS.get(index), new BasicStroke(STROKE));
    }

    /** Numbers that the paper states: black crosses without a line. */
    static Look paper(String label) {
      return new Look(label, Color.BLACK, SeriesMarkers.CROSS, NO_LINE);
    }

    /** A level to compare with: a grey dashed line without markers. */
    static Look reference(String label) {
      return new Look(label, GREY, SeriesMarkers.NONE, broken(7));
    }

    /** The same without a line. */
    Look alone() {
      return new Look(label, color, marker, NO_LINE);
    }

    /** The same with a line so wide, its dashes kept. */
    Look wide(float width) {
      return new Look(
          label,
          color,
          marker,
          new BasicStroke(
              width,
              line.getEndCap(),
              line.getLineJoin(),
              line.getMiterLimit(),
              line.getDashArray(),
              0));
    }

    /** Whether both look the same but for their names. */
    boolean isLike(Look other) {
      return color.equals(other.color) && marker == other.marker && line.equals(other.line);
    }
  }

  /** The line of a series that has none. */
  static final BasicStroke NO_LINE = new BasicStroke(0);

  private static final List<Color> COLORS =
      List.of(
          new Color(0xD55E00),
          new Color(0x0072B2),
          new Color(0x009E73),
          GREY,
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  /** How many names that are not of methods a figure can have. */
  static final int COLOURS = COLORS.size();

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE);

  /** An empty panel. */
  static XYChart chart(String title, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .theme(ChartTheme.XChart)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(GRID);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartFontColor(INK);
    styler.setChartTitleFont(PANEL);
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(TEXT);
    styler.setAxisTickLabelsFont(TEXT);
    styler.setAxisTickLabelsColor(INK);
    styler.setLegendVisible(false);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setMarkerSize(8);
    return chart;
  }

  /** Adds a series that looks so and is called so. */
  static void add(XYChart chart, Look look, double[] x, double[] y) {
    apply(chart.addSeries(look.label, x, y), look);
  }

  /** Gives a series its look. */
  static void apply(XYSeries series, Look look) {
    series.setLineColor(look.color);
    series.setMarkerColor(look.color);
    series.setMarker(look.marker);
    series.setLineStyle(look.line);
    if (look.line == NO_LINE) {
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }
  }

  /** A line in pieces so long. */
  static BasicStroke broken(float piece) {
    float[] pieces = {piece, GAP};
    return new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, pieces, 0);
  }

  /** The index-th colour; there are {@link #COLOURS}. */
  static Color color(int index) {
    return COLORS.get(index);
  }

  /** The index-th marker; there are as many as colours. */
  static Marker marker(int index) {
    return MARKERS.get(index);
  }

  /** The index-th colour of a category; there are six, none of them grey. */
  static Color category(int index) {
    return COLORS.get(index < COLORS.indexOf(GREY) ? index : index + 1);
  }

  /** Makes both axes logarithmic, x from 1 on. */
  static void logarithmic(XYChart chart, double xMax, double yMin, double yMax) {
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setXAxisMin(1.0);
    styler.setXAxisMax(xMax);
    styler.setYAxisMin(yMin);
    styler.setYAxisMax(yMax);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisDecimalPattern("0.#######");
  }

  /**
   * Names below x = 0, 1, 2 … instead of numbers. Between them stand blanks and before them
   * nothing, since XChart draws no labels where both ends have the same.
   *
   * @param share of the room of a name that it needs
   */
  static void names(XYChart chart, double share, List<String> names) {
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(-0.4);
    styler.setXAxisMax(names.size() - 0.6);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setXAxisTickMarkSpacingHint((int) (share * WIDTH / names.size()));
    chart.setCustomXAxisTickLabelsFormatter(
        x -> x < 0 ? "" : x == Math.rint(x) && x < names.size() ? names.get(x.intValue()) : " ");
  }

  /** Lines and letters without steps. */
  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }
}
