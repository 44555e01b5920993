package seminar.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import seminar.math.Checks;
import seminar.model.Parameters;

/**
 * What a training was and how it went: what the file of a model says beside its parameters.
 *
 * @param run what was trained, with all options
 * @param epochs one row for each epoch that was done
 * @param steps how many steps the optimiser did
 */
public record TrainingRecord(RunIdentity run, List<TrainListener.Epoch> epochs, int steps) {
  /** Checks the number and copies the rows. */
  public TrainingRecord {
    if (run == null) {
      throw new IllegalArgumentException("a training has a run: there is none");
    }
    epochs = List.copyOf(epochs);
    Checks.atLeast(0, "steps", steps);
  }

  /** What the header of a file says. */
  public static TrainingRecord of(CheckpointHeader header) {
    return new TrainingRecord(header.run(), header.epochs(), header.steps());
  }

  /**
   * Writes the file of a model.
   *
   * @throws IOException if it cannot be written; an old file is then untouched
   */
  public void write(Path file, Parameters parameters) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s is a folder: name a file".formatted(file));
    }
    Checkpoint.write(file, this, parameters);
  }
}
