package seminar.notebook;

import java.util.function.LongFunction;
import seminar.train.TrainListener;

/** What cells of the course share: how large to compute, and how training shows itself. */
public final class Lab {
  private static final String VARIABLE = "SEMINAR_SCALE";

  private Lab() {}

  /**
   * One of two sizes: {@code quick} unless the environment variable SEMINAR_SCALE is FULL.
   *
   * @throws IllegalArgumentException if the variable is set to something else than QUICK or FULL
   */
  public static int size(int quick, int full) {
    return isFull(System.getenv(VARIABLE)) ? full : quick;
  }

  static boolean isFull(String scale) {
    if (scale == null || scale.isBlank() || scale.equalsIgnoreCase("quick")) {
      return false;
    }
    if (scale.equalsIgnoreCase("full")) {
      return true;
    }
    throw new IllegalArgumentException(
        "%s is '%s': it must be QUICK or FULL".formatted(VARIABLE, scale));
  }

  /**
   * A listener that shows training as one line below the cell, with the time left. Each training
   * has a line of its own.
   *
   * @param title what is trained
   * @param epochs how many epochs it takes
   */
  public static TrainListener progress(String title, int epochs) {
    return progress(steps -> CellProgress.of(title, steps), epochs);
  }

  static TrainListener progress(LongFunction<CellProgress> lines, int epochs) {
    return new TrainListener() {
      private CellProgress line;

      @Override
      public void step(Step step) {
        if (step.epoch() == 1 && step.batch() == 1) {
          // The training before may have ended without a word.
          done();
        }
        long before = (step.epoch() - 1L) * step.batches();
        if (line == null) {
          line = lines.apply((long) Math.max(epochs, step.epoch()) * step.batches());
        }
        line.reach(before + step.batch());
      }

      @Override
      public void epoch(Epoch result) {}

      @Override
      public void done() {
        if (line != null) {
          line.close();
          line = null;
        }
      }
    };
  }
}
