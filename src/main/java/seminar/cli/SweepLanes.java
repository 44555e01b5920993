package seminar.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import seminar.compute.MachineMemory;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.RunMemory;
import seminar.terminal.Console;

/** How many runs of a grid go side by side. */
final class SweepLanes {
  private static final double GIB = 1L << 30;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Trains so many runs at once, each with its share of the threads, as far as they fit into"
              + " memory; no number depends on it (default: ${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--memory",
      paramLabel = "GIB",
      description =
          "The memory that all runs at once may take, by an estimate from the sizes of model, batch"
              + " and corpus; default: what Java may take.")
  private Double memory;

  /**
   * How many of these settings may be trained at once.
   *
   * @throws ParameterException if an option is out of bounds or a run does not fit alone
   */
  int of(List<Contender> settings, Comparison grid, Console console) {
    if (parallel < 1) {
      throw wrong("--parallel is %d: it must be at least 1".formatted(parallel));
    }
    if (memory != null && !(memory > 0 && memory <= Long.MAX_VALUE / GIB)) {
      throw wrong("--memory is %s: give the GiB that runs may take, such as 12".formatted(memory));
    }
    double budget = memory == null ? Runtime.getRuntime().maxMemory() : memory * GIB;
    List<Long> needs = settings.stream().map(grid::memory).toList();
    int fit = RunMemory.sideBySide(needs, (long) budget, parallel);
    if (fit == 0) {
      throw wrong(tooLarge(settings, needs, budget));
    }
    if (fit < parallel) {
      console.remark(
          "%d of %d runs at once fit into %s"
              .formatted(fit, parallel, MachineMemory.words(budget)));
    }
    return fit;
  }

  private String tooLarge(List<Contender> settings, List<Long> needs, double budget) {
    int largest = 0;
    for (int i = 0; i < needs.size(); i++) {
      largest = needs.get(i) > needs.get(largest) ? i : largest;
    }
    return "a run of '%s' takes about %s, and %s: %s, or set smaller batches or models"
        .formatted(
            settings.get(largest).name(),
            MachineMemory.words(needs.get(largest)),
            (memory == null ? "Java may take " : "--memory allows ") + MachineMemory.words(budget),
            memory == null ? "give more with SEMINAR_JAVA_OPTS=-Xmx16g" : "allow more");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
