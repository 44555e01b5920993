package seminar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares {@code run} for the help; the launcher itself becomes the program. */
@Command(
    name = "run",
    description = "Runs a Java program of one file with Seminar on its class path.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} run docs/examples/Demo.java")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Parameters(index = "0", paramLabel = "FILE", description = "The program, such as Demo.java.")
  private Path file;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "Its arguments.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    throw new IllegalStateException("programs are started by the launcher: run ./seminar run");
  }
}
