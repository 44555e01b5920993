package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import seminar.search.PretrainingSearchUnit;
import seminar.train.TrainListener;
import seminar.train.TrainingRecord;

/**
 * A pretrained search unit.
 *
 * @param unit the unit with the parameters of the epoch that was kept
 * @param training what was trained and how it went
 * @param seconds wall time of all epochs with their validation; NaN if it was read from a file
 */
public record Pretrained(PretrainingSearchUnit unit, TrainingRecord training, double seconds) {
  /** Loss and validation NDCG@10 of each epoch. */
  public List<TrainListener.Epoch> epochs() {
    return training.epochs();
  }

  /**
   * Keeps the unit in a file, for {@link ModelFile} and {@code ./seminar train --psu}.
   *
   * @throws IOException if it cannot be written; an old file is then untouched
   */
  public void write(Path file) throws IOException {
    training.write(file, unit.parameters());
  }
}
