/**
 * The command line, {@code ./seminar}: one class for each command, below {@link seminar.cli.Main}.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong arguments. What went wrong is one sentence on standard
 * error.
 */
package seminar.cli;
