package seminar.figure;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.profile.ItemPopularity;
import seminar.profile.ItemPopularity.Point;
import seminar.profile.ItemPopularity.Zipf;

/**
 * How unequal items are: events against rank, both logarithmic, with the power law fitted to the
 * head and the share of events that the most frequent items have.
 */
public final class PopularityCurve {
  private PopularityCurve() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the corpus and the picture
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if no item occurs or the name does not end in .png
   */
  public static void draw(ItemPopularity popularity, Map<String, ?> provenance, Path png)
      throws IOException {
    FigureFile file =
        new FigureFile("Events against rank")
            .with("provenance", provenance)
            .with("corpus", popularity.corpus())
            .with("items", popularity.items())
            .with("occurring", popularity.occurring())
            .with("events", popularity.events())
            .with("shareOfTopPercent", popularity.topPercent())
            .with("shareOfTopTenth", popularity.topTenth());
    popularity.fit().ifPresent(zipf -> file.with("zipf", zipf));
    file.with("points", popularity.points()).write(image(popularity), png);
  }

  /** The picture alone. */
  public static BufferedImage image(ItemPopularity popularity) {
    List<Point> points = popularity.points();
    Checks.atLeast(1, "number of items that occur", points.size());
    XYChart chart = Style.chart("", "rank of the item", "events");
    double top = Math.max(10, 1.5 * points.getFirst().events());
    Style.logarithmic(chart, Math.max(10, 1.3 * points.getLast().rank()), 1, top);
    List<Look> legend = new ArrayList<>();
    Look curve = new Look("items", Style.color(1), SeriesMarkers.NONE, new BasicStroke(2.2f));
    legend.add(curve);
    Style.add(
        chart,
        curve,
        points.stream().mapToDouble(Point::rank).toArray(),
        points.stream().mapToDouble(Point::events).toArray());
    popularity.fit().ifPresent(zipf -> legend.add(law(chart, zipf)));
    String title = "Popularity of items: " + Label.of(popularity.corpus(), Style.TITLE);
    String subtitle =
        String.format(
            Locale.ROOT,
            "%,d of %,d items occur; top 1 %%: %.1f %% of the events, top 10 %%: %.1f %%",
            popularity.occurring(),
            popularity.items(),
            100 * popularity.topPercent(),
            100 * popularity.topTenth());
    return new Panels(title, subtitle, List.of(chart), 1, legend).image();
  }

  private static Look law(XYChart chart, Zipf zipf) {
    String name =
        String.format(
            Locale.ROOT,
            "rank^−%.2f, fitted to ranks %,d to %,d",
            zipf.exponent(),
            zipf.fromRank(),
            zipf.toRank());
    Look look = new Look(name, Style.color(0), SeriesMarkers.NONE, new BasicStroke(1.6f));
    double[] ranks = {zipf.fromRank(), zipf.toRank()};
    double[] events = {zipf.at(zipf.fromRank()), zipf.at(zipf.toRank())};
    Style.add(chart, look, ranks, events);
    return look;
  }
}
