package seminar.train;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import seminar.file.AtomicFiles;

/** Writes the checkpoint of one training when it is due. */
final class CheckpointKeeper {
  private final Checkpoints where;
  private final RunIdentity run;
  private final TrainState state;
  private final LongSupplier clock;
  private long written;

  CheckpointKeeper(Checkpoints where, TrainState state, LongSupplier clock) {
    this.where = where;
    this.state = state;
    this.clock = clock;
    run = where.run().with(state.options());
    written = clock.getAsLong();
  }

  /** Goes on from the file if it is there; takes away what a killed training left beside it. */
  void resume(int batches) throws IOException {
    AtomicFiles.sweep(where.file());
    if (Files.exists(where.file())) {
      Checkpoint.resume(where.file(), run, state, batches);
    }
  }

  /** Whether a checkpoint is due between two steps. */
  boolean due() {
    boolean steps = where.everySteps() > 0 && state.adam().steps() % where.everySteps() == 0;
    long waited = clock.getAsLong() - written;
    boolean seconds =
        where.everySeconds() > 0 && waited >= TimeUnit.SECONDS.toNanos(where.everySeconds());
    return steps || seconds;
  }

  void write() throws IOException {
    Checkpoint.write(where.file(), run, state);
    written = clock.getAsLong();
  }
}
