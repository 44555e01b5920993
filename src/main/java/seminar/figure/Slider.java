package seminar.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import seminar.file.Json;
import seminar.math.Checks;

/**
 * A control below a chart that stands at one of some values.
 *
 * <p>Where the values are equally far apart the control shows the value itself, else its place
 * among them, counted from 1.
 *
 * @param name what is set
 * @param values in the order of the control; at least two, ascending
 * @param start where it stands at first: the place of a value, from 0 on
 */
public record Slider(String name, List<Double> values, int start) {
  /** The name of its parameter in the expressions of a specification. */
  static final String PARAMETER = "slider";

  private static final double EVEN = 1e-9;

  /** Copies the values and checks them. */
  public Slider {
    values = List.copyOf(values);
    Checks.atLeast(2, "values of slider '" + name + "'", values.size());
    Checks.within(0, values.size() - 1, "start of slider '" + name + "'", start);
    for (int i = 1; i < values.size(); i++) {
      if (!(values.get(i - 1) < values.get(i))) {
        throw new IllegalArgumentException(
            "values of slider '%s' must ascend, but %s is followed by %s"
                .formatted(name, values.get(i - 1), values.get(i)));
      }
    }
  }

  /** At these values, first in the middle of them. */
  public static Slider of(String name, double... values) {
    return new Slider(name, DoubleStream.of(values).boxed().toList(), (values.length - 1) / 2);
  }

  /**
   * The same, first at this value.
   *
   * @throws IllegalArgumentException if it is none of the values
   */
  public Slider startingAt(double value) {
    int place = values.indexOf(value);
    if (place < 0) {
      throw new IllegalArgumentException(
          "slider '%s' cannot start at %s: it stands at %s".formatted(name, value, values));
    }
    return new Slider(name, values, place);
  }

  /** Its parameter in a specification of Vega-Lite. */
  Map<String, Object> parameter() {
    Map<String, Object> bind = new LinkedHashMap<>();
    bind.put("input", "range");
    bind.put("min", even() ? (Object) values.getFirst() : 1);
    bind.put("max", even() ? (Object) values.getLast() : values.size());
    bind.put("step", even() ? (Object) step() : 1);
    bind.put("name", even() ? name + " " : name + ", place in " + shown() + ": ");
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", PARAMETER);
    parameter.put("value", even() ? (Object) values.get(start) : start + 1);
    parameter.put("bind", bind);
    return parameter;
  }

  /** The expression of its place, from 0 on. */
  String place() {
    return even()
        ? "round((%s - %s) / %s)".formatted(PARAMETER, Numbers.text(values.getFirst()), step())
        : PARAMETER + " - 1";
  }

  /**
   * The expression that says in words where it stands.
   *
   * @param more what to say besides at each value; as many
   */
  String said(List<String> more) {
    List<String> texts =
        IntStream.range(0, values.size()).mapToObj(i -> said(i, more.get(i))).toList();
    return "%s[%s]".formatted(Json.text(texts), place());
  }

  /** The same at one value, given by its place. */
  String said(int place, String more) {
    String text = name + " = " + Numbers.text(values.get(place));
    return more.isEmpty() ? text : text + ": " + more;
  }

  private String shown() {
    return values.stream().map(Numbers::text).collect(Collectors.joining(", "));
  }

  private double step() {
    return Numbers.rounded((values.getLast() - values.getFirst()) / (values.size() - 1));
  }

  private boolean even() {
    double first = values.getFirst();
    double step = (values.getLast() - first) / (values.size() - 1);
    for (int i = 0; i < values.size(); i++) {
      if (Math.abs(first + i * step - values.get(i)) > EVEN * Math.abs(values.getLast() - first)) {
        return false;
      }
    }
    return true;
  }
}
