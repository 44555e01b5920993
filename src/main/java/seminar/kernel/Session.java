package seminar.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/**
 * A notebook from its start to its shutdown: evaluates cells, one after the other, in one JShell.
 *
 * <p>Cells compile against the class path of this virtual machine and see its incubator modules.
 * {@link #interrupt()} may come from any thread; everything else from one thread at a time.
 */
final class Session implements AutoCloseable {
  private static final int MAX_TASKS = 3;

  private final CellControl control = new CellControl();
  private final Map<String, CellSource> sources = new ConcurrentHashMap<>();
  private final CellNames names = new CellNames(sources);
  private final CellFailures failures = new CellFailures(names);
  private final Consumer<String> notes;
  private final JShell shell;
  private final Changes changes;
  private final ClassPath classPath;
  private final Magics magics;

  /**
   * @param notes told what a person should know about a cell that did not fail
   */
  Session(Consumer<String> notes) {
    this.notes = notes;
    shell = Shells.running(control);
    names.use(shell);
    changes = new Changes(shell, control.variables());
    classPath = new ClassPath(shell, notes);
    // The output of cells as it is when a line prints, since it is exchanged after this.
    Consumer<String> output = text -> System.out.println(text);
    magics = new Magics(classPath, this::evaluateAll, control::isStopped, output);
  }

  /** What cells compile and run against. */
  ClassPath classPath() {
    return classPath;
  }

  /** Adds libraries with what they need. */
  void addLibraries(List<String> coordinates) {
    magics.add(coordinates);
  }

  /** What cells have declared so far. */
  VariableList variables() {
    return VariableList.of(shell, control.variables());
  }

  JShell shell() {
    return shell;
  }

  /** Output of a cell with the names and lines of cells in place of JShell's. */
  String tidy(String printed) {
    return names.printed(printed);
  }

  /** Tells what a thread died of that a cell has started. */
  void tellFailure(Thread thread, Throwable failure) {
    if (!(failure instanceof StopChecks.Stopped)) {
      String name = thread.getName().isEmpty() ? "a thread" : "thread " + thread.getName();
      notes.accept(failures.beside(name, failure));
    }
  }

  /** Tells what tasks died of that nobody will ask for: the first few, and how many more. */
  void tellFailedTasks() {
    List<Throwable> thrown = new ArrayList<>(Tasks.takeFailures());
    thrown.removeIf(StopChecks.Stopped.class::isInstance);
    thrown.stream()
        .limit(MAX_TASKS)
        .forEach(failure -> notes.accept(failures.beside("a task", failure)));
    if (thrown.size() > MAX_TASKS) {
      notes.accept("(%d more tasks failed)".formatted(thrown.size() - MAX_TASKS));
    }
  }

  /** The threads of cells. */
  ThreadGroup threads() {
    return control.threads();
  }

  /**
   * Evaluates a cell.
   *
   * @param number the cell's number, for error messages
   * @return the value of its last expression; null where there is none
   * @throws CellError if the cell does not compile, throws or is stopped
   */
  Object evaluate(int number, String cell) {
    return evaluate(number, cell, () -> false);
  }

  /**
   * Evaluates a cell.
   *
   * @param stopped whether the cell was stopped before it began
   */
  Object evaluate(int number, String cell, BooleanSupplier stopped) {
    control.begin();
    if (stopped.getAsBoolean()) {
      throw CellError.interrupted();
    }
    changes.begin();
    try {
      return evaluateAll(number, cell);
    } finally {
      tellFailedTasks();
      changes.notes().forEach(notes);
    }
  }

  /**
   * Evaluates code for a cell that runs, on that cell's thread.
   *
   * @return the value of its last expression; null where there is none
   * @throws IllegalArgumentException if it does not compile or throws, with the report as message
   */
  Object evaluateInside(int number, String code) {
    CellNames.Current around = names.current();
    try {
      return evaluateAll(number, code);
    } catch (CellError error) {
      throw new IllegalArgumentException(String.join("\n", error.lines()));
    } finally {
      names.resume(around);
    }
  }

  private Object evaluateAll(int number, String cell) {
    Magics.Result result = magics.cell(number, cell);
    if (result != null) {
      return result.value();
    }
    Object value = null;
    List<DeclarationSnippet> unfinished = new ArrayList<>();
    String rest = cell;
    boolean lines = MagicText.firstLine(cell) >= 0;
    while (!rest.isBlank()) {
      if (lines && MagicText.isFirst(rest)) {
        value = magics.line(number, rest).value();
        rest = CellText.afterLine(rest);
        continue;
      }
      CellText.Cut cut = CellText.firstSnippet(shell.sourceCodeAnalysis(), rest, lines);
      CompletionInfo info = cut.info();
      if (info.completeness() == Completeness.EMPTY) {
        rest = cut.remaining();
        continue;
      }
      boolean whole = info.completeness().isComplete();
      String snippet = whole ? info.source() : rest;
      // JShell counts the lines of a snippet from its first word on.
      String text = snippet.stripLeading();
      int offset = cell.length() - rest.length() + snippet.length() - text.length();
      value = run(text, new CellSource(number, cell, offset), unfinished);
      rest = whole ? cut.remaining() : "";
    }
    tellUnfinished(unfinished);
    return value;
  }

  private Object run(String snippet, CellSource source, List<DeclarationSnippet> unfinished) {
    if (control.isStopped()) {
      throw CellError.interrupted();
    }
    names.begin(snippet, source);
    List<SnippetEvent> events = shell.eval(snippet);
    events.stream()
        .filter(event -> event.causeSnippet() == null)
        .forEach(event -> sources.put("#" + event.snippet().id(), source));
    changes.see(events);
    if (control.isStopped()) {
      tellLeftBehind();
      throw CellError.interrupted();
    }
    Object value = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        value = outcome(event, source, unfinished);
      }
    }
    return value;
  }

  private Object outcome(
      SnippetEvent event, CellSource source, List<DeclarationSnippet> unfinished) {
    if (event.status() == Snippet.Status.REJECTED) {
      throw failures.compilation(shell, event.snippet(), source);
    }
    if (event.exception() != null) {
      throw failure(event.exception());
    }
    if (event.snippet() instanceof DeclarationSnippet declaration) {
      unfinished.add(declaration);
    }
    return switch (event.snippet().subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> control.takeValue();
      case TEMP_VAR_EXPRESSION_SUBKIND -> {
        Object value = control.takeValue();
        Tasks.watch(value);
        yield value;
      }
      default -> null;
    };
  }

  private CellError failure(JShellException exception) {
    return exception instanceof UnresolvedReferenceException unresolved
        ? failures.undefined(shell, unresolved.getSnippet())
        : failures.runtime(control.takeFailure());
  }

  /**
   * A sealed hierarchy, say, refers forward; only what the whole cell left open is worth a note.
   */
  private void tellUnfinished(List<DeclarationSnippet> declared) {
    for (DeclarationSnippet snippet : declared) {
      Snippet.Status status = shell.status(snippet);
      if (status == Snippet.Status.RECOVERABLE_DEFINED
          || status == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
        String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        notes.accept(
            "%s is declared; it can be used once this is defined: %s"
                .formatted(snippet.name(), missing));
      }
    }
  }

  private void tellLeftBehind() {
    if (control.takeLeftBehind()) {
      notes.accept(
          "The code heeds no interrupt: its thread goes on in the background until it is done.");
    }
  }

  /** Stops the cell that runs: threads that wait are interrupted, loops in cells end. */
  void interrupt() {
    shell.stop();
  }

  @Override
  public void close() {
    shell.close();
  }
}
