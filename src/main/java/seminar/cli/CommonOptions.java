package seminar.cli;

import picocli.CommandLine.Option;

/** Options that every working command has. */
final class CommonOptions {
  /** Shows the help and does nothing else. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  /** Every random choice follows from it. */
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of every random choice (default: ${DEFAULT-VALUE}).")
  long seed;

  /** Nothing but errors on the screen. */
  @Option(
      names = {"-q", "--quiet"},
      description = "Shows errors only, no progress.")
  boolean quiet;
}
