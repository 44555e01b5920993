package seminar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class ClassPathCommand extends SeminarCommand {
  @Option(
      names = "--options",
      description = "Prints the options that Java needs instead, in one line.")
  private boolean options;

  @Override
  void run() {
    print(
        options
            ? String.join(" ", LabCommand.runtimeOptions())
            : System.getProperty("java.class.path"));
  }
}
