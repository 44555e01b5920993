package seminar.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** Turns what JShell reports about a failed snippet into lines of the cell. */
final class CellFailures {
  private static final int MAX_FRAMES = 16;

  /** The file name that JShell gives to the frames of snippet {@code id} is {@code #id}. */
  private final Map<String, CellSource> sources;

  CellFailures(Map<String, CellSource> sources) {
    this.sources = sources;
  }

  /** A snippet that the compiler refused: each line it names, marked, with its message. */
  CellError compilation(JShell shell, Snippet snippet, CellSource source) {
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag diagnostic : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
      String message = tidy(diagnostic.getMessage(Locale.ENGLISH));
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

  /** Drops the compiler's remark that the place is JShell's wrapper class. */
  private static String tidy(String message) {
    return message
        .lines()
        .filter(line -> !line.strip().equals("location: class"))
        .collect(Collectors.joining("\n"));
  }

  /** A snippet that threw: exception, message, the lines of cells it came through, causes. */
  CellError runtime(JShell shell, JShellException thrown) {
    if (thrown instanceof UnresolvedReferenceException unresolved) {
      return undefined(shell, unresolved.getSnippet());
    }
    if (!(thrown instanceof EvalException)) {
      return CellError.of(thrown);
    }
    List<String> lines = new ArrayList<>();
    String lead = "";
    for (Throwable t = thrown; t instanceof EvalException e; t = t.getCause()) {
      String message = e.getMessage() == null ? "" : ": " + e.getMessage();
      lines.addAll((lead + e.getExceptionClassName() + message).lines().toList());
      lines.addAll(frames(e.getStackTrace()));
      lead = "Caused by: ";
    }
    String name = ((EvalException) thrown).getExceptionClassName();
    return new CellError(
        name.substring(name.lastIndexOf('.') + 1), String.valueOf(thrown.getMessage()), lines);
  }

  private CellError undefined(JShell shell, DeclarationSnippet snippet) {
    String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
    String message = snippet.name() + " cannot be used until this is defined: " + missing;
    return new CellError("UnresolvedReference", message, List.of(message));
  }

  /** Frames from the throw down to the cell; a frame in a cell shows its line. */
  private List<String> frames(StackTraceElement[] trace) {
    List<String> lines = new ArrayList<>();
    for (StackTraceElement frame : trace) {
      CellSource source = sources.get(String.valueOf(frame.getFileName()));
      if (source != null) {
        int line = source.line(frame.getLineNumber());
        String text = source.textOf(line).strip();
        lines.add("--> cell [%d] line %d: %s".formatted(source.cell(), line, text));
      } else if (!ofTheKernel(frame)) {
        lines.add("    at " + frame);
      }
      if (frame.getMethodName().startsWith("do_it$")) {
        break;
      }
    }
    return shortened(lines);
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
