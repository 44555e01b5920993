package seminar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import seminar.file.Provenance;

/** The command {@code ./seminar}. */
@Command(
    name = "seminar",
    description = "Search-enhanced multi-modal recommendation over lifelong histories (SEMINAR).",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReproduceCommand.class,
      LauncherCommand.Test.class,
      LabCommand.class,
      LauncherCommand.Program.class,
      LauncherCommand.Shell.class,
      ClassPathCommand.class,
      DocsCommand.class,
      BookCommand.class,
      CorpusCommand.class,
      WorldCommand.class,
      FeaturesCommand.class,
      PretrainCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      IndexCommand.class,
      SearchCommand.class,
      ExplainCommand.class,
      SweepCommand.class,
      CompareCommand.class,
      BenchCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} reproduce",
      "  ${sys:seminar.invocation} lab",
      "  ${sys:seminar.invocation} COMMAND --help"
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Shows where an error arose, for a report of it.")
  private boolean stacktrace;

  /** The version of this build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"seminar " + Provenance.programVersion(), "Java " + Runtime.version()};
    }
  }

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    StandardError.restore();
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with all its commands. */
  static CommandLine commandLine() {
    if (System.getProperty("seminar.invocation") == null) {
      System.setProperty("seminar.invocation", "./seminar");
    }
    CommandLine line = new CommandLine(new Main());
    line.setCommandName(System.getProperty("seminar.invocation"));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Failures::failed);
    line.setParameterExceptionHandler(Failures::wrongArguments);
    return line;
  }

  /** Without a command there is nothing to do. */
  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Whether errors are shown with the place where they arose. */
  boolean stacktrace() {
    return stacktrace;
  }
}
