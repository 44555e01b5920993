package seminar.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Ends the process without taking native libraries away from threads that compute in them.
 *
 * <p>A usual exit runs what libraries do when they are unloaded. A matrix product that nothing can
 * interrupt then works on memory that is no longer there, and the process crashes. Such threads
 * have {@value #PATIENCE_MILLIS} ms to end; after that the process leaves at once.
 */
final class Exit {
  private static final long PATIENCE_MILLIS = 1_000;
  private static final long POLL_MILLIS = 10;

  private Exit() {}

  /**
   * From now on the end of the process looks at these threads, however it comes about.
   *
   * @param cells the threads of cells
   */
  static void guard(ThreadGroup cells) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(cells), "exit"));
  }

  private static void await(ThreadGroup cells) {
    StopChecks.stop(true);
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    try {
      while (isBusy(cells)) {
        if (System.nanoTime() > end) {
          leave();
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      leave();
    }
  }

  /** Whether a thread of a cell computes; one in native code counts as runnable. */
  private static boolean isBusy(ThreadGroup cells) {
    ThreadGroup all = cells;
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] threads = new Thread[2 * all.activeCount() + 16];
    int count = all.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(one -> one.getState() == Thread.State.RUNNABLE)
        .anyMatch(one -> isOf(cells, one) || one instanceof ForkJoinWorkerThread);
  }

  private static boolean isOf(ThreadGroup cells, Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && cells.parentOf(group);
  }

  /** The exit of the operating system, where Java's own would unload libraries too. */
  @SuppressWarnings("restricted")
  private static void leave() {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle exit =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("_exit"),
              FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      exit.invokeExact(0);
    } catch (Throwable e) {
      Runtime.getRuntime().halt(0);
    }
  }
}
