package seminar.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a Java of one's own needs to use the library. */
@Command(
    name = "classpath",
    description = "Prints the class path of Seminar, for a Java or JShell of your own.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jshell -R--add-modules=jdk.incubator.vector --class-path"
          + " \"$(${sys:seminar.invocation} classpath)\"",
      "  java $(${sys:seminar.invocation} classpath --options) -cp"
          + " \"$(${sys:seminar.invocation} classpath)\" Demo.java"
    })
final class ClassPathCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = "--options",
      description = "Prints the options that Java needs instead, in one line.")
  private boolean options;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        options
            ? String.join(" ", LabCommand.runtimeOptions())
            : System.getProperty("java.class.path"));
    out.flush();
    return 0;
  }
}
