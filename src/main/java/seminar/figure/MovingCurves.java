package seminar.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seminar.figure.Curves.Form;
import seminar.figure.Curves.Series;
import seminar.figure.Style.Look;
import seminar.file.Json;
import seminar.math.Checks;

/**
 * A panel of curves that changes with a slider: one {@link Curves} for each value of it. Axes and
 * colours are the same at all values, so that what moves is the curve. Immutable.
 *
 * @param heading above the panel
 * @param slider below it
 * @param panels one for each value of the slider; its title is said beside the value, and the axes
 *     are those of the first
 */
public record MovingCurves(String heading, Slider slider, List<Curves> panels) {
  /** Checks that there are as many panels as values, none of them empty. */
  public MovingCurves {
    panels = List.copyOf(panels);
    Checks.sameLength("values of the slider", slider.values().size(), "panels", panels.size());
    for (int i = 0; i < panels.size(); i++) {
      Checks.atLeast(
          1,
          "series at %s %s".formatted(slider.name(), slider.values().get(i)),
          panels.get(i).series().size());
    }
  }

  /** Makes the panel of each value of the slider. */
  public static MovingCurves of(String heading, Slider slider, DoubleFunction<Curves> panel) {
    return new MovingCurves(heading, slider, slider.values().stream().map(panel::apply).toList());
  }

  /** As a specification of Vega-Lite, with the first position of the slider as its picture. */
  public VegaLite chart() {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("title", title());
    spec.put("width", Style.WIDTH);
    spec.put("height", Style.HEIGHT * 4 / 5);
    spec.put("background", "white");
    spec.put("params", List.of(slider.parameter()));
    spec.put("data", Map.of("values", rows()));
    spec.put("transform", List.of(Map.of("filter", "datum.at == " + slider.place())));
    spec.put("encoding", encoding());
    spec.put("layer", layers());
    spec.put("config", CurvesSpec.config());
    spec.put("usermeta", Map.of("embedOptions", Map.of("actions", false)));
    Curves first = panels.get(slider.start());
    String said = slider.said(slider.start(), first.title());
    return new VegaLite(spec, Optional.of(untitled(first).image(heading, said)));
  }

  private static Curves untitled(Curves curves) {
    return new Curves(
        "",
        curves.xTitle(),
        curves.yTitle(),
        curves.logarithmic(),
        curves.places(),
        curves.series());
  }

  private Map<String, Object> title() {
    String said = slider.said(panels.stream().map(Curves::title).toList());
    return CurvesSpec.ordered(
        "text", heading, "subtitle", Map.of("expr", said), "anchor", "start", "offset", 12);
  }

  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int at = 0; at < panels.size(); at++) {
      for (Series series : panels.get(at).series()) {
        for (int i = 0; i < series.x().size(); i++) {
          rows.add(row(at, series, i));
        }
      }
    }
    return rows;
  }

  private static Map<String, Object> row(int at, Series series, int i) {
    Map<String, Object> row = CurvesSpec.ordered("at", at, "name", series.label());
    row.put("x", finite(series, series.x().get(i)));
    row.put("y", finite(series, series.y().get(i)));
    if (!series.error().isEmpty()) {
      row.put("low", Numbers.rounded(series.y().get(i) - series.error().get(i)));
      row.put("high", Numbers.rounded(series.y().get(i) + series.error().get(i)));
    }
    return row;
  }

  private static double finite(Series series, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "'%s' has a point at %s: leave out what is no number".formatted(series.label(), value));
    }
    return Numbers.rounded(value);
  }

  private Map<String, Object> encoding() {
    Curves first = panels.getFirst();
    Map<String, Object> x =
        CurvesSpec.axis("x", first.xTitle(), first.logarithmic(), xs().toList());
    if (!first.places().isEmpty()) {
      int n = first.places().size();
      x.put("scale", CurvesSpec.ordered("domain", List.of(-0.4, n - 0.6), "nice", false));
      List<Integer> values = IntStream.range(0, n).boxed().toList();
      String names = Json.text(first.places());
      x.put(
          "axis",
          CurvesSpec.ordered(
              "values", values, "grid", false, "labelExpr", names + "[datum.value]"));
    }
    Map<String, Object> encoding = new LinkedHashMap<>();
    encoding.put("x", x);
    encoding.put("y", CurvesSpec.axis("y", first.yTitle(), first.logarithmic(), ys().toList()));
    Map<String, Look> looks = Curves.looks(panels);
    if (looks.size() > 1) {
      encoding.put("color", CurvesSpec.color(looks));
    }
    encoding.put(
        "tooltip",
        List.of(
            CurvesSpec.ordered("field", "name", "title", "curve"),
            CurvesSpec.ordered("field", "x", "title", first.xTitle()),
            CurvesSpec.ordered("field", "y", "title", first.yTitle())));
    return encoding;
  }

  private List<Map<String, Object>> layers() {
    List<Map<String, Object>> layers = new ArrayList<>();
    if (series().anyMatch(series -> !series.error().isEmpty())) {
      Map<String, Object> bars =
          CurvesSpec.ordered("y", Map.of("field", "low"), "y2", Map.of("field", "high"));
      Map<String, Object> rule =
          CurvesSpec.ordered("mark", CurvesSpec.ordered("type", "rule", "strokeWidth", 1.4));
      rule.put("encoding", bars);
      layers.add(rule);
    }
    Map<String, Look> looks = Curves.looks(panels);
    for (Form form : Form.values()) {
      // A layer for each kind of dashes: as an encoding they would fray the markers of the legend.
      Map<List<Integer>, List<String>> alike =
          looks.values().stream()
              .filter(look -> form(look.label()) == form)
              .collect(
                  Collectors.groupingBy(
                      CurvesSpec::dash,
                      LinkedHashMap::new,
                      Collectors.mapping(Look::label, Collectors.toList())));
      alike.forEach((dash, names) -> layers.add(layer(form, dash, names, looks)));
    }
    return layers;
  }

  private Form form(String label) {
    return series().filter(one -> one.label().equals(label)).findFirst().orElseThrow().form();
  }

  private Map<String, Object> layer(
      Form form, List<Integer> dash, List<String> names, Map<String, Look> looks) {
    int most = series().mapToInt(series -> series.x().size()).max().orElse(0);
    Map<String, Object> mark = CurvesSpec.shape(form, most);
    mark.put("color", CurvesSpec.hex(looks.values().iterator().next().color()));
    if (form == Form.LINE && !dash.isEmpty()) {
      mark.put("strokeDash", dash);
    }
    String among = "indexof(%s, datum.name) >= 0".formatted(Json.text(names));
    Map<String, Object> layer =
        CurvesSpec.ordered("transform", List.of(Map.of("filter", among)), "mark", mark);
    if (looks.size() > 1 && form != Form.CROSSES) {
      layer.put("encoding", Map.of("shape", CurvesSpec.marker(looks)));
    }
    return layer;
  }

  private Stream<Series> series() {
    return panels.stream().flatMap(panel -> panel.series().stream());
  }

  private Stream<Double> xs() {
    return series().flatMap(series -> series.x().stream());
  }

  private Stream<Double> ys() {
    return series()
        .flatMap(
            series ->
                IntStream.range(0, series.y().size())
                    .boxed()
                    .flatMap(
                        i -> {
                          double y = series.y().get(i);
                          double error = series.error().isEmpty() ? 0 : series.error().get(i);
                          return Stream.of(y - error, y + error);
                        }));
  }
}
