package seminar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that is declared for the help: the launcher itself becomes the program it names. */
abstract sealed class LauncherCommand extends SeminarCommand {
  private final String instead;

  private LauncherCommand(String instead) {
    this.instead = instead;
  }

  @Override
  final void run() {
    throw new IllegalStateException(instead);
  }

  /** Maven, which builds this class. */
  @Command(
      name = "test",
      description =
          "Builds, runs all tests and executes all notebooks through Jupyter, as CI does.",
      footerHeading = "%nExample:%n",
      footer = "  ${sys:seminar.invocation} test --format")
  static final class Test extends LauncherCommand {
    @Option(names = "--format", description = "Formats the Java sources first.")
    private boolean format;

    Test() {
      super("tests are started by the launcher: run ./seminar test");
    }
  }

  /** Java. */
  @Command(
      name = "run",
      description = "Runs a Java program of one file with Seminar on its class path.",
      footerHeading = "%nExample:%n",
      footer = "  ${sys:seminar.invocation} run docs/examples/Demo.java")
  static final class Program extends LauncherCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The program, such as Demo.java.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Its arguments.")
    private List<String> arguments = new ArrayList<>();

    Program() {
      super("programs are started by the launcher: run ./seminar run");
    }
  }

  /** JShell. */
  @Command(
      name = "jshell",
      description =
          "Opens JShell with Seminar on its class path, or runs a file of snippets in it.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ${sys:seminar.invocation} jshell",
        "  ${sys:seminar.invocation} jshell docs/examples/demo.jsh"
      })
  static final class Shell extends LauncherCommand {
    @Parameters(paramLabel = "FILE", description = "Snippets to be run, or options of JShell.")
    private List<Path> files = new ArrayList<>();

    Shell() {
      super("JShell is started by the launcher: run ./seminar jshell");
    }
  }
}
