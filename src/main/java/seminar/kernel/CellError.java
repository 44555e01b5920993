package seminar.kernel;

import java.util.List;

/**
 * A cell that failed, told in the words of the cell: no frame of JShell or of the kernel.
 *
 * <p>Jupyter shows {@link #lines()}; {@link #kind()} and the message are the short form.
 */
final class CellError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final transient List<String> lines;

  /**
   * @param kind what failed, such as {@code CompilationError} or the name of an exception
   * @param message one line
   * @param lines the whole report
   */
  CellError(String kind, String message, List<String> lines) {
    super(message, null, false, false);
    this.kind = kind;
    this.lines = List.copyOf(lines);
  }

  /** A cell that was stopped from outside. */
  static CellError interrupted() {
    String message = "the cell was stopped";
    return new CellError("Interrupted", message, List.of("Interrupted: " + message));
  }

  /** Anything else that went wrong around a cell, such as a renderer that failed. */
  static CellError of(Throwable failure) {
    if (failure instanceof CellError error) {
      return error;
    }
    String message = String.valueOf(failure.getMessage());
    String kind = failure.getClass().getSimpleName();
    return new CellError(kind, message, List.of(failure.toString()));
  }

  String kind() {
    return kind;
  }

  List<String> lines() {
    return lines;
  }
}
