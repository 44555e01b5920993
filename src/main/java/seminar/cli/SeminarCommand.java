package seminar.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: its help, where it prints, and how it refuses arguments. */
abstract class SeminarCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  /**
   * Does what the command is for.
   *
   * @throws Exception if it cannot; {@link Failures} says so
   */
  abstract void run() throws Exception;

  /** Runs the command; what was printed is shown however it ends. */
  @Override
  public final Integer call() throws Exception {
    try {
      run();
    } finally {
      out().flush();
    }
    return 0;
  }

  /** Where results are printed. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints lines. */
  final void print(Object... lines) {
    for (Object line : lines) {
      out().println(line);
    }
  }

  /** The error of wrong arguments. */
  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What the arguments ask for; an illegal one among them is an error of the arguments. */
  final <R> R asked(Supplier<R> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The project's folder. */
  static Path home() {
    return Path.of(System.getProperty("seminar.home", ""));
  }
}
