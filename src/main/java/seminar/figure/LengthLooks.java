package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.experiment.LengthMethod;
import seminar.experiment.LengthResult.Point;
import seminar.figure.Style.Look;

/** How curves over lengths look: the same for a method in every picture. */
final class LengthLooks {
  private LengthLooks() {}

  /** Colour of the method, marker of K; the second of a colour is dashed and has other markers. */
  static Look of(Point point) {
    boolean second = second(point.method());
    Marker ofK =
        switch (point.topK()) {
          case "50" -> second ? SeriesMarkers.TRIANGLE_DOWN : SeriesMarkers.CIRCLE;
          case "L" -> second ? SeriesMarkers.TRAPEZOID : SeriesMarkers.DIAMOND;
          default -> second ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.SQUARE;
        };
    return new Look(
        point.curve(), color(point.method()), ofK, second ? broken(7) : new BasicStroke(2.2f));
  }

  private static Color color(LengthMethod method) {
    return switch (method) {
      case SEMINAR, NO_PRETRAINING -> Style.category(0);
      case TWIN -> Style.category(1);
      case STCA -> Style.category(2);
      case SIM_HARD, SIM_SOFT -> Style.category(3);
      case ETA, SDIM -> Style.category(4);
      case QIN -> Style.category(5);
      case LATEST -> Style.color(3);
    };
  }

  private static boolean second(LengthMethod method) {
    return method == LengthMethod.NO_PRETRAINING
        || method == LengthMethod.SIM_SOFT
        || method == LengthMethod.SDIM;
  }

  private static BasicStroke broken(float dash) {
    return new BasicStroke(
        2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {dash, 4}, 0);
  }

  /** The line of a level that is the same for all lengths. */
  static BasicStroke dotted() {
    return broken(2);
  }
}
