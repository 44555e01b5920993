package seminar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares {@code jshell} for the help; the launcher itself becomes JShell. */
@Command(
    name = "jshell",
    description = "Opens JShell with Seminar on its class path, or runs a file of snippets in it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} jshell",
      "  ${sys:seminar.invocation} jshell docs/examples/demo.jsh"
    })
final class JshellCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Parameters(paramLabel = "FILE", description = "Snippets to be run, or options of JShell.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() {
    throw new IllegalStateException("JShell is started by the launcher: run ./seminar jshell");
  }
}
