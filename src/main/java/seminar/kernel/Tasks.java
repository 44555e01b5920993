package seminar.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

/**
 * Tasks that cells gave to a pool and whose result they threw away, so that nobody will ask how
 * they ended.
 */
public final class Tasks {
  private static final Queue<Future<?>> WATCHED = new ConcurrentLinkedQueue<>();

  private Tasks() {}

  /**
   * Called by the code of cells with a result that is thrown away.
   *
   * @param result may be anything
   */
  public static void watch(Object result) {
    if (result instanceof Future<?> task) {
      WATCHED.add(task);
    }
  }

  /** What tasks have thrown that ended since the last call. */
  static synchronized List<Throwable> takeFailures() {
    List<Throwable> failures = new ArrayList<>();
    for (Iterator<Future<?>> all = WATCHED.iterator(); all.hasNext(); ) {
      Future<?> task = all.next();
      if (task.isDone()) {
        all.remove();
        if (task.state() == Future.State.FAILED) {
          failures.add(task.exceptionNow());
        }
      }
    }
    return failures;
  }
}
