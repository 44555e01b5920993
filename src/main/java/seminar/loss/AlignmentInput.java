package seminar.loss;

import java.util.Objects;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.math.Checks;

/**
 * What is to be aligned: the modalities of the distinct items of a batch, and the histories in
 * which they occur.
 *
 * <p>Shapes: M modalities, U distinct items, E events, d dims.
 *
 * @param channels M matrices [U, d], not normalised
 * @param present whether row u has modality m, at {@code [m][u]}
 * @param histories for each history, in time order, the row of each event
 * @param items which item each event is [E]; events of one item are no negatives of each other
 */
public record AlignmentInput(
    Matrix[] channels, boolean[][] present, Ragged histories, int[] items) {
  /** Checks that the lists belong together. */
  public AlignmentInput {
    Checks.atLeast(2, "modalities M", channels.length);
    Checks.sameLength("channels", channels.length, "present", present.length);
    for (int m = 0; m < channels.length; m++) {
      Checks.sameLength("rows of channel", channels[m].rows(), "present", present[m].length);
      Checks.sameLength("rows of channel", channels[m].rows(), "first", channels[0].rows());
      Checks.sameLength("columns of channel", channels[m].cols(), "first", channels[0].cols());
    }
    Checks.sameLength("items", items.length, "events", histories.ids().length);
    for (int row : histories.ids()) {
      Objects.checkIndex(row, channels[0].rows());
    }
  }

  /** Events of which each row is another item. */
  public static AlignmentInput ofDistinctItems(
      Matrix[] channels, boolean[][] present, Ragged histories) {
    return new AlignmentInput(channels, present, histories, histories.ids());
  }
}
