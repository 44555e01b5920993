package seminar.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Work beside the thread of a cell, which goes on when the cell is stopped. */
final class Background {
  private static final int POLL_MILLIS = 50;

  private Background() {}

  /**
   * Waits for work.
   *
   * @param stopped whether nobody wants it any more
   * @return what it gives
   * @throws CellError if it was stopped; its thread is interrupted
   * @throws Exception what it throws
   */
  static <T> T await(Callable<T> work, BooleanSupplier stopped) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("line").start(task);
    while (true) {
      try {
        return task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (stopped.getAsBoolean()) {
          task.cancel(true);
          throw CellError.interrupted();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
