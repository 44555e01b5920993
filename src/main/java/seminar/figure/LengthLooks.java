package seminar.figure;

import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.experiment.LengthResult.Point;
import seminar.figure.Style.Look;

/** How curves over lengths look: the same for a method in every picture. */
final class LengthLooks {
  private LengthLooks() {}

  /** The method's look, with a marker of K; one with a broken line has other markers. */
  static Look of(Point point) {
    Look look = MethodLooks.alone(point.method().title());
    boolean broken = look.line().getDashArray() != null;
    Marker ofK =
        switch (point.topK()) {
          case "50" -> broken ? SeriesMarkers.TRIANGLE_DOWN : SeriesMarkers.CIRCLE;
          case "L" -> broken ? SeriesMarkers.TRAPEZOID : SeriesMarkers.DIAMOND;
          default -> broken ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.SQUARE;
        };
    return new Look(point.curve(), look.color(), ofK, look.line());
  }
}
