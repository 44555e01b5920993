package seminar.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.spi.SPIResolutionException;

/** Turns what went wrong in a snippet, or in a thread of one, into lines of the cell. */
final class CellFailures {
  private static final int MAX_FRAMES = 16;

  private final CellNames names;

  CellFailures(CellNames names) {
    this.names = names;
  }

  /** A snippet that the compiler refused: each line it names, marked, with its message. */
  CellError compilation(JShell shell, Snippet snippet, CellSource source) {
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag diagnostic : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
      String message = tidy(diagnostic);
      int position = (int) Math.max(0, diagnostic.getPosition());
      if (first.isEmpty()) {
        first =
            "line %d: %s"
                .formatted(source.lineAt(position), message.lines().findFirst().orElse(""));
      }
      lines.addAll(source.marked(position, message));
    }
    if (lines.isEmpty()) {
      first = "line %d: not a statement of Java".formatted(source.lineAt(0));
      lines.add(first);
    }
    return new CellError("CompilationError", first, lines);
  }

  /** Drops the compiler's remark that the place is JShell's wrapper class, and explains one. */
  static String tidy(Diag diagnostic) {
    String message = withoutLocation(diagnostic);
    return message.startsWith("invalid canonical constructor")
            && message.contains("stronger access privileges; was public")
        ? message + "\n(types of cells are public: write public before the constructor)"
        : message;
  }

  private static String withoutLocation(Diag diagnostic) {
    return CellNames.tidy(diagnostic.getMessage(Locale.ENGLISH))
        .lines()
        .filter(line -> !line.strip().equals("location: class"))
        .collect(Collectors.joining("\n"));
  }

  /** A snippet that threw: exception, message, the lines of cells it came through, causes. */
  CellError runtime(Throwable thrown) {
    String name = CellNames.of(thrown.getClass());
    String shortName = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    return new CellError(
        shortName, CellNames.tidy(String.valueOf(thrown.getMessage())), report(thrown));
  }

  /** A snippet that ran into a declaration which lacks something. */
  CellError undefined(JShell shell, DeclarationSnippet snippet) {
    String missing = missing(shell, snippet);
    String message =
        missing.isEmpty()
            ? "%s cannot be used: %s".formatted(snippet.name(), reason(shell, snippet))
            : snippet.name() + " cannot be used until this is defined: " + missing;
    return new CellError("UnresolvedReference", message, List.of(message));
  }

  private static String missing(JShell shell, DeclarationSnippet snippet) {
    return shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
  }

  /** Why a declaration does not compile, in one line. */
  static String reason(JShell shell, DeclarationSnippet snippet) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .findFirst()
        .map(CellFailures::tidy)
        .map(message -> message.lines().map(String::strip).collect(Collectors.joining(" ")))
        .orElseGet(() -> "not defined is " + missing(shell, snippet));
  }

  /** An exception with its message, the lines of cells it came through, and its causes. */
  List<String> report(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    String lead = "";
    for (Throwable t = thrown; t != null && told.add(t); t = t.getCause()) {
      lines.addAll((lead + headline(t)).lines().toList());
      lines.addAll(frames(t.getStackTrace()));
      lead = "Caused by: ";
    }
    return lines;
  }

  private static String headline(Throwable thrown) {
    if (thrown instanceof SPIResolutionException) {
      return "a declaration was used that needs something which is not defined";
    }
    String name = CellNames.of(thrown.getClass());
    return thrown.getMessage() == null ? name : name + ": " + CellNames.tidy(thrown.getMessage());
  }

  /**
   * What a thread died of that a cell has started, or a task.
   *
   * @param where such as the name of the thread
   */
  String beside(String where, Throwable thrown) {
    return "Exception in %s: %s".formatted(where, String.join("\n", report(thrown)));
  }

  /** Frames from the throw down to the last one in a cell, each of which shows its line. */
  private List<String> frames(StackTraceElement[] trace) {
    List<String> lines = new ArrayList<>();
    int inCells = 0;
    for (StackTraceElement frame : trace) {
      Optional<CellNames.Place> place = names.place(frame);
      if (place.isPresent()) {
        lines.add("--> " + place.get());
        inCells = lines.size();
      } else if (!ofTheKernel(frame)) {
        lines.add("    at " + CellNames.tidy(frame.toString()));
      }
      if (frame.getMethodName().startsWith("do_it$")) {
        break;
      }
    }
    return shortened(inCells == 0 ? lines : lines.subList(0, inCells));
  }

  /** The first and the last frames: a recursion can have thousands. */
  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= MAX_FRAMES) {
      return lines;
    }
    List<String> ends = new ArrayList<>(lines.subList(0, MAX_FRAMES / 2));
    ends.add("    (%d more)".formatted(lines.size() - MAX_FRAMES));
    ends.addAll(lines.subList(lines.size() - MAX_FRAMES / 2, lines.size()));
    return ends;
  }

  private static boolean ofTheKernel(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("jdk.jshell.")
        || name.startsWith("jdk.internal.reflect.")
        || name.startsWith(CellFailures.class.getPackageName() + ".");
  }
}
