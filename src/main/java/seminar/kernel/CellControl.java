package seminar.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs snippets in this virtual machine and keeps the value of the last one, or what it threw, as
 * an object, where JShell itself hands on text only.
 *
 * <p>Each snippet has a thread of its own in a thread group of its own. {@link #stop()} makes the
 * checks throw that are woven into cells, and interrupts the group. A snippet that waits in
 * compiled code which heeds neither is left behind after {@value #GRACE_MILLIS} ms: its thread goes
 * on, the notebook goes on too.
 */
final class CellControl extends DirectExecutionControl {
  private static final long GRACE_MILLIS = 3_000;
  private static final long POLL_MILLIS = 100;

  /** Holds the threads of all cells, so that they can be found at the end. */
  private final ThreadGroup cells = new ThreadGroup("cells");

  private final Variables variables = new Variables();
  private volatile Run last = new Run(null, null);
  private volatile long stopAsked;
  private volatile boolean running;
  private volatile boolean leftBehind;
  private ClassLoader loader;

  /** One run of a snippet, so that one left behind cannot write over the result of another. */
  private static final class Run extends Thread {
    private final Method snippet;
    private volatile Object value;
    private volatile Throwable failure;

    Run(ThreadGroup group, Method snippet) {
      super(group, "cell");
      this.snippet = snippet;
    }

    @Override
    public void run() {
      try {
        // By a handle, which leaves no frames of its own in stack traces.
        value = (Object) MethodHandles.lookup().unreflect(snippet).invokeExact();
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(StopChecks.woven(classes, loader));
    for (ClassBytecodes one : classes) {
      try {
        Class<?> loaded = findClass(one.name());
        loader = loaded.getClassLoader();
        variables.add(loaded);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Gives loaded classes new code, which leaves the values of variables as they are. */
  @Override
  public void redefine(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    ClassBytecodes[] woven = StopChecks.woven(classes, loader);
    ClassDefinition[] definitions = new ClassDefinition[classes.length];
    boolean possible = true;
    try {
      for (int i = 0; i < classes.length; i++) {
        byte[] bytes = woven[i].bytecodes();
        possible &= Redefinition.keepsStatics(bytes(woven[i].name()), bytes);
        definitions[i] = new ClassDefinition(findClass(woven[i].name()), bytes);
      }
    } catch (ClassNotFoundException | IOException e) {
      throw new IllegalStateException(e);
    }
    if (!possible || !Redefinition.redefine(definitions)) {
      throw new ClassInstallException("cannot be redefined", new boolean[classes.length]);
    }
    classesRedefined(woven);
  }

  /** What a class was loaded or last redefined from. */
  private byte[] bytes(String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    refuseIfStopped();
    if (running) {
      return invokeInside(snippet);
    }
    ThreadGroup group = new ThreadGroup(cells, "cell");
    Run run = new Run(group, snippet);
    run.setDaemon(true);
    run.setContextClassLoader(loader);
    last = run;
    StopChecks.stop(false);
    running = true;
    try {
      run.start();
      await(run);
    } finally {
      running = false;
      last = run;
    }
    return outcome(run);
  }

  /** A snippet that a running one evaluates: on its thread, so that one stop reaches both. */
  private String invokeInside(Method snippet) throws Exception {
    Run run = new Run(last.getThreadGroup(), snippet);
    last = run;
    run.run();
    return outcome(run);
  }

  private String outcome(Run run) throws Exception {
    refuseIfStopped();
    if (run.failure instanceof SPIResolutionException) {
      throw new InvocationTargetException(run.failure);
    }
    if (run.failure != null) {
      // Only that it failed: the session takes the failure itself.
      throw new UserException("", run.failure.getClass().getName(), new StackTraceElement[0]);
    }
    return "";
  }

  private void await(Run run) throws InterruptedException, StoppedException {
    while (run.isAlive()) {
      run.join(POLL_MILLIS);
      if (stopAsked != 0) {
        // A stop that came before the thread was ready has touched nothing.
        stopRunning(run);
        if (run.isAlive() && System.nanoTime() - stopAsked > GRACE_MILLIS * 1_000_000) {
          leftBehind = true;
          throw new StoppedException();
        }
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
  public void stop() {
    stopAsked = Math.max(1, System.nanoTime());
    if (running) {
      stopRunning(last);
    }
  }

  private static void stopRunning(Run run) {
    StopChecks.stop(true);
    ThreadGroup group = run.getThreadGroup();
    if (group != null) {
      group.interrupt();
    }
  }

  /** The value of the snippet that ran last, null where it has none; forgets it. */
  Object takeValue() {
    Object value = last.value;
    last.value = null;
    return value;
  }

  /** What the snippet that ran last threw, null where it did not; forgets it. */
  Throwable takeFailure() {
    Throwable failure = last.failure;
    last.failure = null;
    return failure;
  }

  /** Whether the last stop had to leave a thread behind; forgets it. */
  boolean takeLeftBehind() {
    boolean left = leftBehind;
    leftBehind = false;
    return left;
  }

  /** The threads of cells: those that run them and those that these have started. */
  ThreadGroup threads() {
    return cells;
  }

  /** The variables of cells, with their values. */
  Variables variables() {
    return variables;
  }
}
