package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.figure.Style.Look;
import seminar.measure.Place;
import seminar.measure.RankingReport;

/**
 * Where the positives of the same users stand among all items and among a sample of them, a dot
 * each, beside what a uniform sample makes of a place on average (our eq. RANK-2):
 *
 * <pre>  E[r] = n R / (N − 1)</pre>
 *
 * with R of the N − 1 other items above the positive and n of them drawn. Both axes are logarithmic
 * and count places from 1, ties at their middle.
 */
public final class PlaceScatter {
  private static final int STEPS = 60;

  private PlaceScatter() {}

  /**
   * Places of one model.
   *
   * @param model its name
   * @param all ranks among all items
   * @param sampled ranks of the same positives in the same order among {@code candidates}
   * @param items N, how many candidates {@code all} ranked, at least on average
   * @param candidates n + 1
   */
  public record Places(
      String model, RankingReport all, RankingReport sampled, int items, int candidates) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the reports are of other users
     */
    public Places {
      if (!all.owners().equals(sampled.owners())) {
        throw new IllegalArgumentException(
            "%d positives among all and %d in the sample: rank the same"
                .formatted(all.positives(), sampled.positives()));
      }
      if (candidates < 2 || items < candidates) {
        throw new IllegalArgumentException(
            "items %d, candidates %d: a sample has at least 2 and at most all"
                .formatted(items, candidates));
      }
    }
  }

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param provenance what made the ranks
   * @throws IOException if a file cannot be written; the old ones are then untouched
   */
  public static void draw(Places places, Map<String, ?> provenance, Path png) throws IOException {
    new FigureFile("Places among all items and in a sample")
        .with("provenance", provenance)
        .with("model", places.model)
        .with("items", places.items)
        .with("candidates", places.candidates)
        .with("placesAmongAll", middles(places.all))
        .with("placesInSample", middles(places.sampled))
        .write(image(places), png);
  }

  /** The picture alone. */
  public static BufferedImage image(Places places) {
    XYChart chart =
        Style.chart(
            Label.of(places.model, Style.PANEL),
            "place among all " + places.items,
            "place among " + places.candidates);
    Style.logarithmic(chart, places.items, 1, places.candidates);
    Look users = new Look("a user", Style.color(1), SeriesMarkers.CIRCLE, Style.NO_LINE);
    Look mean = Look.reference("what a uniform sample makes of it on average");
    Style.apply(
        chart.addSeries(users.label(), middles(places.all), middles(places.sampled)), users);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double place = Math.pow(places.items, (double) i / STEPS);
      x.add(place);
      y.add(1 + (places.candidates - 1) * (place - 1) / (places.items - 1));
    }
    Style.apply(chart.addSeries(mean.label(), x, y), mean);
    return new Panels(
            "The same users, two rankings",
            "one dot for each of %d held-out items".formatted(places.all.positives()),
            List.of(chart),
            1,
            List.of(users, mean))
        .image();
  }

  private static List<Double> middles(RankingReport report) {
    return report.places().stream().map(PlaceScatter::middle).toList();
  }

  private static double middle(Place place) {
    return 1 + (place.first() + place.last()) / 2.0;
  }
}
