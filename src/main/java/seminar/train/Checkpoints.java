package seminar.train;

import java.nio.file.Path;
import seminar.math.Checks;

/**
 * Where a training keeps its checkpoint, and how often it renews it: after every epoch, and within
 * an epoch as said here. When is a matter of time, but what follows is not: a training that goes on
 * from any of its checkpoints ends with the same bits as one that was never disturbed.
 *
 * @param file the file; if it is there, training goes on from it
 * @param run what is trained
 * @param everySteps a checkpoint after so many steps; 0 for none
 * @param everySeconds a checkpoint after so many seconds without one; 0 for none
 */
public record Checkpoints(Path file, RunIdentity run, int everySteps, int everySeconds) {
  /** Checks the numbers. */
  public Checkpoints {
    Checks.atLeast(0, "everySteps", everySteps);
    Checks.atLeast(0, "everySeconds", everySeconds);
  }

  /** A checkpoint after every epoch and, in long epochs, after five minutes. */
  public static Checkpoints at(Path file, RunIdentity run) {
    return new Checkpoints(file, run, 0, 300);
  }
}
