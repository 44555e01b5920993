package seminar.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import seminar.file.AtomicFiles;
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

  /** Writes the checkpoint of one training when it is due. */
  final class Keeper {
    private final TrainState state;
    private final LongSupplier clock;
    private final RunIdentity identity;
    private long written;

    Keeper(TrainState state, LongSupplier clock) {
      this.state = state;
      this.clock = clock;
      identity = run.with(state.options());
      written = clock.getAsLong();
    }

    /** Goes on from the file if it is there; takes away what a killed training left beside it. */
    void resume(int batches) throws IOException {
      AtomicFiles.sweep(file);
      if (Files.exists(file)) {
        Checkpoint.resume(file, identity, state, batches);
      }
    }

    /** Whether a checkpoint is due between two steps. */
    boolean due() {
      boolean steps = everySteps > 0 && state.adam().steps() % everySteps == 0;
      long waited = clock.getAsLong() - written;
      return steps || (everySeconds > 0 && waited >= TimeUnit.SECONDS.toNanos(everySeconds));
    }

    void write() throws IOException {
      Checkpoint.write(file, identity, state);
      written = clock.getAsLong();
    }
  }
}
