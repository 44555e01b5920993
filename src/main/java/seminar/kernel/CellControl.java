package seminar.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import jdk.jshell.execution.LocalExecutionControl;

/**
 * Runs snippets in this virtual machine and keeps the value of the last one as an object, where
 * JShell itself hands back a printed form only.
 *
 * <p>{@link LocalExecutionControl} gives each snippet a thread group of its own, weaves a check
 * into every loop of a cell, and on {@link #stop()} makes these checks throw and interrupts the
 * group. A snippet that waits in compiled code which heeds neither is left behind after {@value
 * #GRACE_MILLIS} ms: its thread goes on, the notebook goes on too.
 */
public final class CellControl extends LocalExecutionControl {
  private static final long GRACE_MILLIS = 3_000;
  private static final long POLL_MILLIS = 100;
  private static final Method TRAMPOLINE = trampolineMethod();

  /** What the next trampoline call is to run; snippets run one at a time. */
  private static volatile Invocation next;

  private Invocation last = new Invocation(null, () -> true);
  private volatile long stopAsked;
  private volatile boolean leftBehind;

  /** One run of a snippet, so that one left behind cannot write over the result of another. */
  private static final class Invocation {
    private final Method snippet;
    private final BooleanSupplier stopped;
    private volatile Object value;

    Invocation(Method snippet, BooleanSupplier stopped) {
      this.snippet = snippet;
      this.stopped = stopped;
    }
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    refuseIfStopped();
    last = new Invocation(snippet, () -> stopAsked != 0);
    next = last;
    FutureTask<String> run = new FutureTask<>(() -> super.invoke(TRAMPOLINE));
    Thread.ofPlatform().daemon().name("snippet").start(run);
    while (true) {
      try {
        run.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        refuseIfStopped();
        return "";
      } catch (TimeoutException e) {
        if (stopAsked != 0 && System.nanoTime() - stopAsked > GRACE_MILLIS * 1_000_000) {
          leftBehind = true;
          throw new StoppedException();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  private void refuseIfStopped() throws StoppedException {
    if (stopAsked != 0) {
      throw new StoppedException();
    }
  }

  /** A cell begins: what was stopped until now does not concern it. */
  void begin() {
    stopAsked = 0;
  }

  /** Whether the cell was stopped since it began, be it between its snippets. */
  boolean isStopped() {
    return stopAsked != 0;
  }

  /** Stops the snippet that runs, and keeps the others of the cell from starting. */
  @Override
  public void stop() throws EngineTerminationException, InternalException {
    stopAsked = Math.max(1, System.nanoTime());
    super.stop();
  }

  /** The value of the snippet that ran last, null where it has none; forgets it. */
  Object takeValue() {
    Object value = last.value;
    last.value = null;
    return value;
  }

  /** Whether the last stop had to leave a thread behind; forgets it. */
  boolean takeLeftBehind() {
    boolean left = leftBehind;
    leftBehind = false;
    return left;
  }

  /**
   * Runs the pending snippet; public because it is called by reflection from JShell's module.
   *
   * <p>A stop that came before the snippet's thread was ready has touched nothing, so that it must
   * be looked for here; one that comes later finds the thread.
   *
   * @throws Throwable whatever the snippet throws
   */
  public static void trampoline() throws Throwable {
    Invocation invocation = next;
    if (invocation.stopped.getAsBoolean()) {
      return;
    }
    try {
      invocation.value = invocation.snippet.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Method trampolineMethod() {
    try {
      return CellControl.class.getDeclaredMethod("trampoline");
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
