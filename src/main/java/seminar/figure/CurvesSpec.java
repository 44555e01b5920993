package seminar.figure;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.figure.Curves.Form;
import seminar.figure.Style.Look;

/** How curves look in a specification of Vega-Lite: as in our pictures. */
final class CurvesSpec {
  private static final int MOST_MARKED = 60;
  private static final double MARGIN = 0.04;

  /** Markers by their names in Vega-Lite, or as paths in a square from −1 to 1. */
  private static final Map<Marker, String> SYMBOLS =
      Map.of(
          SeriesMarkers.CIRCLE,
          "circle",
          SeriesMarkers.SQUARE,
          "square",
          SeriesMarkers.DIAMOND,
          "diamond",
          SeriesMarkers.TRIANGLE_UP,
          "triangle-up",
          SeriesMarkers.TRIANGLE_DOWN,
          "triangle-down",
          SeriesMarkers.PLUS,
          "cross",
          SeriesMarkers.CROSS,
          "M-1,-.7L-.7,-1L0,-.3L.7,-1L1,-.7L.3,0L1,.7L.7,1L0,.3L-.7,1L-1,.7L-.3,0Z",
          SeriesMarkers.NONE,
          "M-1,-.2H1V.2H-1Z");

  private CurvesSpec() {}

  /**
   * An axis on which all values have room; from 0 on where they are positive and wide apart.
   *
   * @param values of all panels
   */
  static Map<String, Object> axis(
      String field, String title, boolean logarithmic, List<Double> values) {
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    Map<String, Object> scale = new LinkedHashMap<>();
    if (logarithmic) {
      scale.put("type", "log");
    } else {
      double margin = MARGIN * (high > low ? high - low : 1);
      low = low >= 0 && low < 0.5 * high ? 0 : low - margin;
      high = high + margin;
    }
    scale.put("domain", List.of(Numbers.rounded(low), Numbers.rounded(high)));
    scale.put("nice", logarithmic);
    scale.put("zero", false);
    if (logarithmic) {
      scale.remove("zero");
    }
    return ordered("field", field, "type", "quantitative", "title", title, "scale", scale);
  }

  /** The colours that the same panels have as pictures. */
  static Map<String, Object> color(Map<String, Look> looks) {
    return byName(looks, look -> hex(look.color()));
  }

  /** The markers that the same panels have as pictures. */
  static Map<String, Object> marker(Map<String, Look> looks) {
    return byName(looks, look -> SYMBOLS.getOrDefault(look.marker(), "circle"));
  }

  private static Map<String, Object> byName(Map<String, Look> looks, Function<Look, ?> range) {
    return ordered(
        "field",
        "name",
        "type",
        "nominal",
        "title",
        "",
        "scale",
        ordered(
            "domain", List.copyOf(looks.keySet()),
            "range", looks.values().stream().map(range).toList()),
        "legend",
        ordered("orient", "bottom", "columns", 2, "labelLimit", 260));
  }

  /** Lengths of the pieces of a line and of the gaps between them; a whole line has none. */
  static List<Integer> dash(Look look) {
    float[] pieces = look.line().getDashArray();
    return pieces == null ? List.of() : List.of((int) pieces[0], (int) pieces[1]);
  }

  /** As {@code #RRGGBB}. */
  static String hex(Color color) {
    return "#%06X".formatted(color.getRGB() & 0xFFFFFF);
  }

  /**
   * A mark.
   *
   * @param most points of the longest series: many points are a line alone
   */
  static Map<String, Object> shape(Form form, int most) {
    return switch (form) {
      case LINE -> {
        Map<String, Object> mark = ordered("type", "line", "strokeWidth", 2.2);
        if (most <= MOST_MARKED) {
          mark.put("point", ordered("filled", true, "size", 36));
        }
        yield mark;
      }
      case POINTS -> ordered("type", "point", "filled", true, "size", 42, "opacity", 0.9);
      case CROSSES -> ordered("type", "point", "shape", "cross", "filled", true, "size", 90);
    };
  }

  /** Fonts, inks and grids. */
  static Map<String, Object> config() {
    String ink = hex(Style.INK);
    return ordered(
        "font",
        "sans-serif",
        "view",
        ordered("stroke", hex(Style.GRID)),
        "axis",
        ordered(
            "gridColor",
            hex(Style.GRID),
            "labelColor",
            ink,
            "titleColor",
            ink,
            "labelFontSize",
            12,
            "titleFontSize",
            13,
            "titleFontWeight",
            "normal",
            "tickCount",
            6),
        "legend",
        ordered("labelFontSize", 12, "labelColor", ink, "labelLimit", 260),
        "title",
        ordered("fontSize", 15, "subtitleFontSize", 13, "color", ink, "subtitleColor", ink));
  }

  /** Names and values by turns, in this order. */
  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
