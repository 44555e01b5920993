package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import seminar.figure.Style.Look;
import seminar.lesson.LossProbe.Result;
import seminar.lesson.ThreeLosses;
import seminar.math.Checks;

/**
 * What each pretraining loss fixes: a panel for each of the three things that can be wrong, a curve
 * for each search unit, and what chance or counting reach.
 */
public final class LossProbes {
  private LossProbes() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the corpus and the units
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if there is no curve or the name does not end in .png
   */
  public static void draw(ThreeLosses losses, Map<String, ?> provenance, Path png)
      throws IOException {
    new FigureFile("What each pretraining loss fixes")
        .with("provenance", provenance)
        .with("curves", losses.curves())
        .write(image(losses), png);
  }

  /** The picture alone. */
  public static BufferedImage image(ThreeLosses losses) {
    Checks.atLeast(1, "number of curves", losses.curves().size());
    List<String> names = losses.curves().stream().map(ThreeLosses.Curve::name).toList();
    List<Look> legend = new ArrayList<>(MethodLooks.of(names).values());
    Look reference = Look.reference("chance, or popularity");
    List<XYChart> charts =
        List.of(
            panel("Text finds picture", "recall@1 in a chunk", losses, legend, Result::recall),
            panel("Query finds item", "AUC, held-out queries", losses, legend, Result::auc),
            panel("Next pair", "L_next, held-out pairs, nats", losses, legend, Result::nextPair));
    Result first = losses.curves().getFirst().probes().getFirst();
    double[] levels = {first.chance(), 0.5, first.popularity()};
    double last = losses.curves().stream().mapToInt(c -> c.probes().size()).max().orElse(1) - 1.0;
    for (int i = 0; i < charts.size(); i++) {
      double[] ends = {0, Math.max(1, last)};
      double[] level = {levels[i], levels[i]};
      Style.add(charts.get(i), reference, ends, level);
      charts.get(i).getStyler().setYAxisMin(0.0);
      charts.get(i).getStyler().setMarkerSize(5);
    }
    charts.get(0).getStyler().setYAxisMax(1.0);
    charts.get(1).getStyler().setYAxisMax(1.0);
    legend.add(reference);
    String subtitle = "search units that differ in their losses alone; 0 is before training";
    return new Panels("What each pretraining loss fixes", subtitle, charts, 3, legend).image();
  }

  private static XYChart panel(
      String title,
      String axis,
      ThreeLosses losses,
      List<Look> looks,
      ToDoubleFunction<Result> value) {
    XYChart chart = Style.chart(title, "epoch", axis);
    for (int i = 0; i < losses.curves().size(); i++) {
      List<Result> probes = losses.curves().get(i).probes();
      double[] x = IntStream.range(0, probes.size()).asDoubleStream().toArray();
      double[] y = probes.stream().mapToDouble(value).toArray();
      Style.add(chart, looks.get(i), x, y);
    }
    return chart;
  }
}
