package seminar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Declares {@code test} for the help; the launcher itself starts Maven, which builds this class.
 */
@Command(
    name = "test",
    description = "Builds, runs all tests and executes all notebooks through Jupyter, as CI does.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} test --format")
final class TestCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(names = "--format", description = "Formats the Java sources first.")
  private boolean format;

  @Override
  public Integer call() {
    throw new IllegalStateException("tests are started by the launcher: run ./seminar test");
  }
}
