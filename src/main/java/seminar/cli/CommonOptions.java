package seminar.cli;

import picocli.CommandLine.Option;

/** Options of every command that works long. */
final class CommonOptions {
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
