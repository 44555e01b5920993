package seminar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Commands that the plan has and this version has not: they take their arguments, explain
 * themselves, and say so in one sentence.
 */
enum PlannedCommand {
  SWEEP("Runs a grid of experiments as a resumable table.", "sweep grid.yaml --out table");

  private final String description;
  private final String example;

  PlannedCommand(String description, String example) {
    this.description = description;
    this.example = example;
  }

  /** The command as picocli knows it. */
  CommandLine command() {
    String name = name().toLowerCase(java.util.Locale.ROOT);
    Callable<Integer> refusal =
        () -> {
          throw new IllegalStateException("'%s' is not built yet".formatted(name));
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(refusal).name(name);
    spec.addMixin("common", CommandSpec.forAnnotatedObject(new CommonOptions()));
    spec.addOption(option("--data", "DIR", "What the command works on."));
    spec.addOption(option("--out", "DIR", "Where the result goes."));
    spec.addOption(option("--scale", "SIZE", "quick or full."));
    spec.addPositional(
        PositionalParamSpec.builder().arity("0..*").paramLabel("ARG").hidden(true).build());
    spec.usageMessage()
        .description(description + " Not built yet.")
        .footerHeading("%nExample:%n")
        .footer("  ${sys:seminar.invocation} " + example);
    return new CommandLine(spec);
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }
}
