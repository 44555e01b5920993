package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class VegaLiteTest {
  private record Point(String name, double x, float y) {}

  private static final List<Point> POINTS =
      List.of(new Point("a", 1, 2), new Point("b", 2, Float.NaN));
  private static final String SPEC =
      """
      {"mark": "point", "encoding": {"x": {"field": "x", "type": "quantitative"}}}
      """;

  @Test
  void recordsMapsAndTablesAreRows() {
    Table table =
        Table.create(
            StringColumn.create("name", "a", "b"),
            DoubleColumn.create("x", 1, 2),
            DoubleColumn.create("y", 2, Double.NaN));
    List<Map<String, Object>> maps =
        List.of(Map.of("name", "a", "x", 1.0, "y", 2.0), Map.of("name", "b", "x", 2.0));
    Map<String, Object> expected = Map.of("values", maps);
    assertEquals(expected, VegaLite.of(SPEC, POINTS).spec().get("data"));
    assertEquals(expected, VegaLite.of(SPEC, maps).spec().get("data"));
    assertEquals(expected, VegaLite.of(SPEC, table).spec().get("data"));
    assertTrue(VegaLite.of(SPEC, table).json().contains("\"$schema\":\"https://vega.github.io"));
  }

  @Test
  void aMistakeIsASentence() {
    says("the specification is no JSON", "{");
    says("a chart needs one of", "{\"marks\": \"bar\"}");
    says("there is no mark 'lines': it is one of [arc, area", "{\"mark\": \"lines\"}");
    says("encoding: there is no channel 'colour'", encoded("colour", "x", "nominal"));
    says("encoding: x: there is no type 'number'", encoded("x", "x", "number"));
    says(
        "encoding: x: the data have no field 'z': they have [name, x, y]",
        encoded("x", "z", "nominal"));
    says(
        "data.url needs the network",
        "{\"layer\": [{\"mark\": \"bar\", \"data\": {\"url\": \"a\"}}]}");
    says("$schema is v4", "{\"$schema\": \"v4\", \"mark\": \"bar\"}");
    says("not from 3.0 to 3.0", slider("3", "3", "1", "3"));
    says("the step of a slider is above 0, not 0", slider("1", "3", "0", "2"));
    says("value 4.0 is outside of min 1.0 and max 3.0", slider("1", "3", "1", "4"));
    says("there is no input 'dial'", slider("1", "3", "1", "2").replace("range", "dial"));
    says("encoding must be an object", "{\"mark\": \"bar\", \"encoding\": []}");
    String noRows =
        assertThrows(IllegalArgumentException.class, () -> VegaLite.of(SPEC, List.of()))
            .getMessage();
    assertTrue(noRows.contains("data has no rows"), noRows);
    String noRecord =
        assertThrows(IllegalArgumentException.class, () -> VegaLite.of(SPEC, List.of(7)))
            .getMessage();
    assertEquals(
        "row 0 of the data is a java.lang.Integer: give records, maps or a table", noRecord);
  }

  @Test
  void fieldsMadeByTransformsAreKnown() {
    String made =
        """
        {"mark": "bar", "transform": [{"calculate": "2 * datum.x", "as": "z"}],
         "encoding": {"x": {"field": "z", "type": "quantitative"}}}
        """;
    VegaLite.of(made, POINTS);
    says("no field 'z'", made.replace("\"as\": \"z\"", "\"as\": \"w\""));
  }

  @Test
  void aSliderChoosesAmongPanelsOnTheSameAxes() {
    Slider slider = Slider.of("K", 1, 2, 4).startingAt(4);
    MovingCurves moving = MovingCurves.of("Title", slider, VegaLiteTest::panel);
    VegaLite chart = moving.chart();
    Map<?, ?> parameter = (Map<?, ?>) ((List<?>) chart.spec().get("params")).getFirst();
    assertEquals(3, parameter.get("value"));
    Map<?, ?> bind = (Map<?, ?>) parameter.get("bind");
    assertEquals(
        List.of("range", 1, 3, 1),
        List.of(bind.get("input"), bind.get("min"), bind.get("max"), bind.get("step")));
    List<?> rows = (List<?>) ((Map<?, ?>) chart.spec().get("data")).get("values");
    assertEquals(3 * 2 * 5, rows.size());
    assertTrue(chart.json().contains("\"domain\":[0.0,16.64]"), chart.json());
    assertTrue(
        chart.json().contains("[\\\"K = 1: one\\\",\\\"K = 2\\\",\\\"K = 4\\\"][slider - 1]"),
        chart.json());
    assertTrue(chart.still().isPresent());
    assertEquals("chart 'Title', Vega-Lite, 1 parameter", chart.toString());
  }

  @Test
  void evenValuesAreTheSlidersOwn() {
    Slider slider = Slider.of("noise", 0, 0.1, 0.2, 0.3);
    assertEquals("round((slider - 0) / 0.1)", slider.place());
    assertEquals(0.1, slider.parameter().get("value"));
    assertThrows(IllegalArgumentException.class, () -> Slider.of("one", 1));
    assertThrows(IllegalArgumentException.class, () -> Slider.of("falls", 2, 1));
    String none =
        assertThrows(IllegalArgumentException.class, () -> slider.startingAt(7)).getMessage();
    assertEquals("slider 'noise' cannot start at 7.0: it stands at [0.0, 0.1, 0.2, 0.3]", none);
  }

  @Test
  void whatIsNoNumberIsNotDrawn() {
    MovingCurves moving =
        MovingCurves.of(
            "",
            Slider.of("a", 1, 2),
            a -> Curves.of("", "x", "y").line("b", List.of(1), List.of(Double.NaN)));
    assertThrows(IllegalArgumentException.class, moving::chart);
  }

  private static Curves panel(double k) {
    List<Integer> x = IntStream.range(0, 5).boxed().toList();
    return Curves.of(k == 1 ? "one" : "", "x", "y")
        .line("line", x, x.stream().map(i -> k * i).toList())
        .points("points", x, x);
  }

  private static String encoded(String channel, String field, String type) {
    return "{\"mark\": \"bar\", \"encoding\": {\"%s\": {\"field\": \"%s\", \"type\": \"%s\"}}}"
        .formatted(channel, field, type);
  }

  private static String slider(String min, String max, String step, String value) {
    return """
    {"mark": "bar", "params": [{"name": "a", "value": %s,
      "bind": {"input": "range", "min": %s, "max": %s, "step": %s}}]}
    """
        .formatted(value, min, max, step);
  }

  private static void says(String part, String spec) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> VegaLite.of(spec, POINTS)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
